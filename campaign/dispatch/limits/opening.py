"""From the house's limits to the gate of a lane."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from redis import Redis

from campaign.config import Settings
from campaign.dispatch.limits.buckets import Bucket, SharedBuckets
from campaign.dispatch.limits.gate import SharedGate, holder
from campaign.dispatch.limits.local import LocalBuckets
from campaign.dispatch.limits.slots import Slots
from campaign.dispatch.limits.terms import EVERY_OTHER, PERIODS, Limit, Limits, rate
from campaign.queue import connect_briefly

# a lane does not stand still for a server of limits that is slow: it keeps to its own part instead
SERVER_SECONDS = 1.0


@dataclass(frozen=True)
class Lane:
    """What a gate must know of its lane: the relays it may use, the domain it sends from, and how many
    connections it holds where none are limited."""

    relays: Sequence[str]
    sender_domain: str
    connections: int


def make_gate(
    redis: Redis, settings: Settings, limits: Limits, processes: int, lane: Lane, now: datetime
) -> SharedGate:
    """A gate over a connection of the caller's; the caller closes both.

    With one relay a message is asked for in one call. With several it turns out late which one takes it, so
    each relay is asked by itself.
    """
    today = now.astimezone(ZoneInfo(settings.time_zone)).date()
    lines = {name: _line(limits.relays, name) for name in lane.relays}
    relays = {name: _buckets(f"relay/{name}", limit, today) for name, limit in lines.items()}
    several = len(relays) > 1
    always = [] if several else [bucket for buckets in relays.values() for bucket in buckets]
    always += _buckets(f"from/{lane.sender_domain}", _line(limits.senders, lane.sender_domain), today)

    def buckets_of(provider: str) -> list[Bucket]:
        return always + _buckets(f"to/{provider}", _line(limits.recipients, provider), today)

    me = holder()

    def at_once(provider: str) -> Slots | None:
        most = _line(limits.recipients, provider).connections
        return None if most is None else Slots(redis, settings.rq_prefix, f"to/{provider}", me, most)

    limited = any(limit.connections is not None for limit in limits.recipients.values())
    return SharedGate(
        buckets_of,
        SharedBuckets(redis, settings.rq_prefix, ahead_of_utc(settings, now)),
        LocalBuckets(processes),
        {
            name: Slots(redis, settings.rq_prefix, name, me, limit.connections)
            if limit.connections is not None
            else None
            for name, limit in lines.items()
        },
        lane.connections,
        processes,
        relays if several else None,
        at_once if limited else None,
    )


def impatient(settings: Settings) -> Redis:
    """A client for a gate: it gives up soon."""
    return connect_briefly(settings, SERVER_SECONDS)


def ahead_of_utc(settings: Settings, now: datetime) -> int:
    """Seconds that the house's clock is ahead of UTC."""
    offset = now.astimezone(ZoneInfo(settings.time_zone)).utcoffset()
    assert offset is not None
    return int(offset.total_seconds())


def _line(lines: Mapping[str, Limit], name: str) -> Limit:
    """The line of that name, or that of all others."""
    return lines.get(name) or lines.get(EVERY_OTHER) or Limit()


def _buckets(subject: str, limit: Limit, today: date) -> list[Bucket]:
    """One for each period that is limited."""
    found = [
        Bucket(subject, period, rate(count, seconds))
        for period, seconds in PERIODS.items()
        if (count := getattr(limit, period)) is not None
    ]
    allowed = limit.on(today)
    if allowed is not None:
        found.append(Bucket(subject, "day", None, allowed))
    return found
