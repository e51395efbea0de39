"""What a limit is: so many messages a second, minute, hour and day, so many connections; and warm-up.

Everything here is arithmetic; nothing asks a clock or a server.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

# periods in seconds; a day is counted otherwise, see `Limit.on`
PERIODS = {"second": 1.0, "minute": 60.0, "hour": 3600.0}
# the part of a limit that may leave at once, and the longest part of a period that a token may lie unused
BURST_SHARE = 0.05
# a lane keeps tokens no longer than this many seconds, whatever the period
CREDIT_SECONDS = 2.0
# stands for every relay, domain or provider that has no line of its own
EVERY_OTHER = "*"


@dataclass(frozen=True)
class WarmUp:
    """A new relay or domain: `start` messages on the first day, `growth` per cent more each day after."""

    began_on: date
    start: int
    growth: int

    def allowance(self, day: date, full: int) -> int:
        """How many on that day: at least one more than on the day before, at most `full`."""
        allowed = min(self.start, full)
        for _ in range((day - self.began_on).days):
            if allowed >= full:
                break
            allowed = self._next(allowed, full)
        return allowed

    def schedule(self, full: int) -> list[int]:
        """All days from the first to that of the full limit."""
        allowed = [min(self.start, full)]
        while allowed[-1] < full:
            allowed.append(self._next(allowed[-1], full))
        return allowed

    def _next(self, allowed: int, full: int) -> int:
        return min(full, allowed + max(1, allowed * self.growth // 100))


@dataclass(frozen=True)
class Limit:
    """None means without limit. `day` counts by the house's calendar day; warm-up needs it."""

    second: int | None = None
    minute: int | None = None
    hour: int | None = None
    day: int | None = None
    connections: int | None = None
    warm_up: WarmUp | None = None

    def __bool__(self) -> bool:
        return any(value is not None for value in vars(self).values())

    def on(self, day: date) -> int | None:
        """Messages allowed on that day."""
        if self.day is None or self.warm_up is None:
            return self.day
        return self.warm_up.allowance(day, self.day)


@dataclass(frozen=True)
class Limits:
    """By relay name, by the domain we send from, and by provider or domain we send to."""

    relays: Mapping[str, Limit] = field(default_factory=dict)
    senders: Mapping[str, Limit] = field(default_factory=dict)
    recipients: Mapping[str, Limit] = field(default_factory=dict)

    def by_day(self) -> dict[str, Limit]:
        """Those with a limit a day that the beat can name in advance, by their subject."""
        kinds = {"relay": self.relays, "from": self.senders, "to": self.recipients}
        return {
            f"{kind}/{name}": limit
            for kind, named in kinds.items()
            for name, limit in named.items()
            if limit.day is not None and name != EVERY_OTHER
        }


@dataclass(frozen=True)
class Rate:
    """A token bucket: one token every `interval` seconds, `capacity` of them at most; a token taken may be
    used up to `life` seconds later. In no `period` are more than `limit` used (`rate` says why)."""

    limit: int
    period: float
    interval: float
    capacity: int
    life: float


def rate(limit: int, period: float) -> Rate:
    """The bucket for `limit` messages in any `period` seconds.

    Whoever takes k tokens within s seconds found k <= capacity + s / interval. Tokens used within one period
    were taken within less than period + life seconds. With
    interval = (period + life) / (limit + 1 - capacity) that makes k < limit + 1: never more than `limit`.
    """
    capacity = max(1, int(limit * BURST_SHARE))
    life = min(CREDIT_SECONDS, period * BURST_SHARE)
    return Rate(limit, period, (period + life) / (limit + 1 - capacity), capacity, life)


def limit_from(value: Mapping[str, Any]) -> Limit:
    """From the JSON of a house's setting."""
    warm = value.get("warm_up")
    plan = WarmUp(date.fromisoformat(warm["began_on"]), warm["start"], warm["growth"]) if warm else None
    return Limit(**{name: value.get(name) for name in (*PERIODS, "day", "connections")}, warm_up=plan)


def limit_as(limit: Limit) -> dict[str, Any]:
    """As JSON, without what is not limited."""
    kept: dict[str, Any] = {name: value for name, value in vars(limit).items() if value is not None}
    if limit.warm_up:
        warm = limit.warm_up
        kept["warm_up"] = {"began_on": warm.began_on.isoformat(), "start": warm.start, "growth": warm.growth}
    return kept
