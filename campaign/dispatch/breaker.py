"""A relay that is down is left alone for a while, and then probed by one lane at a time.

The breaker is closed while all is well, open after a failure until a moment, and half open while one lane
probes: all workers see the same one, in Redis. No delivery uses up an attempt while it is not closed, for
nothing is tried. Losing Redis costs one more probe a lane.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import cast

import structlog
from redis import Redis
from redis.exceptions import RedisError

log = structlog.get_logger()

# seconds until the next probe; the last one repeats
WAITS = (5, 15, 30, 60)
# failures are counted together when they are no further apart than this
MEMORY_SECONDS = 600
# a probe that says nothing for this long has died; longer than a server's silence that ends a connection
PROBE_SECONDS = 90
_SCRIPT = Path(__file__).with_name("breaker.lua").read_text(encoding="utf-8")


class BreakerState(StrEnum):
    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"  # one lane probes


@dataclass(frozen=True)
class Reading:
    """For the operations page. `next_probe`: from when on a lane may try again; None while one does."""

    state: BreakerState
    since: datetime | None = None
    why: str = ""
    failures: int = 0
    next_probe: datetime | None = None


class Breaker:
    """One per relay, by `Relay.name`. `owner` names the lane that asks."""

    def __init__(self, redis: Redis, relay_name: str, owner: str = "", prefix: str = "rq") -> None:
        self._redis = redis
        self._key = f"{prefix}:breaker:{relay_name}"
        self._relay = relay_name
        self._owner = owner
        self._script = redis.register_script(_SCRIPT)

    def may_try(self) -> bool:
        """Whether this lane may try the relay: always while closed; as the only probe when its time has come.
        A silent Redis stops nobody."""
        try:
            return self._act("ask") == 1
        except RedisError as error:
            log.warning("breaker_unknown", relay=self._relay, why=str(error))
            return True

    def trip(self, why: str = "") -> None:
        """The server did not answer: nobody tries it for a while."""
        self._act("trip", why)

    def close(self) -> None:
        """The server took a message, or refused one in words."""
        self._act("close")

    def leave(self) -> None:
        """The probe ended without trying: another one may begin."""
        self._act("leave")

    def read(self) -> Reading:
        """What all workers see now."""
        kept = cast("dict[bytes, bytes]", self._redis.hgetall(self._key))
        if b"since" not in kept:
            return Reading(BreakerState.CLOSED)
        now = self._now()
        probing = float(kept.get(b"probe_until", b"0")) > now
        return Reading(
            BreakerState.HALF_OPEN if probing else BreakerState.OPEN,
            _moment(kept[b"since"]),
            kept[b"why"].decode("utf-8", "replace"),
            int(kept[b"failures"]),
            None if probing else _moment(kept[b"next"]),
        )

    @property
    def is_open(self) -> bool:
        """Whether to ring nobody: it is open and no probe is due, or one is under way."""
        reading = self.read()
        if reading.state is BreakerState.OPEN:
            return reading.next_probe is not None and reading.next_probe.timestamp() > self._now()
        return reading.state is BreakerState.HALF_OPEN

    def _act(self, act: str, why: str = "") -> int:
        arguments: list[str | int] = [act, self._owner, why[:300], PROBE_SECONDS, MEMORY_SECONDS, *WAITS]
        return cast("int", self._script(keys=[self._key], args=arguments))

    def _now(self) -> float:
        """The server's clock, as the script reads it."""
        seconds, micros = self._redis.time()
        return seconds + micros / 1e6


def _moment(text: bytes) -> datetime:
    return datetime.fromtimestamp(float(text), UTC)
