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
from typing import Any

import structlog
from redis import Redis
from redis.exceptions import RedisError

from campaign.dispatch.waits import waits

log = structlog.get_logger()

# seconds until the next probe; the last one repeats
WAITS = tuple(wait.total_seconds() for wait in waits("CAMPAIGN_BREAKER_SECONDS", 5, 15, 30, 60))
# failures are counted together when they are no further apart than this
MEMORY_SECONDS = 600
# a probe that says nothing for this long has died, or another may try beside it: connecting takes 20 s
PROBE_SECONDS = 30
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
            return bool(self._run("ask") == 1)
        except RedisError as error:
            log.warning("breaker_unknown", relay=self._relay, why=str(error))
            return True

    def trip(self, why: str = "") -> None:
        """The server did not answer: nobody tries it for a while."""
        self._run("trip", why)

    def close(self) -> None:
        """The server took a message, or refused one in words."""
        self._run("close")

    def leave(self) -> None:
        """The probe ended without trying: another one may begin."""
        self._run("leave")

    def read(self) -> Reading:
        """What all workers see now."""
        return self._look()[0]

    @property
    def is_open(self) -> bool:
        """Whether to ring nobody: no probe is due, or one is under way."""
        reading, now = self._look()
        if reading.state is BreakerState.CLOSED:
            return False
        return reading.next_probe is None or reading.next_probe > now

    def _look(self) -> tuple[Reading, datetime]:
        """The breaker, and the moment by the server's clock."""
        now, since, next_probe, probe_until, failures, why = self._run("read")
        if not since:
            return Reading(BreakerState.CLOSED), _moment(now)
        probing = float(probe_until) > float(now)
        reading = Reading(
            BreakerState.HALF_OPEN if probing else BreakerState.OPEN,
            _moment(since),
            why.decode("utf-8", "replace"),
            int(failures),
            None if probing else _moment(next_probe),
        )
        return reading, _moment(now)

    def _run(self, act: str, why: str = "") -> Any:
        arguments: list[str | int | float] = [
            act,
            self._owner,
            why[:300],
            PROBE_SECONDS,
            MEMORY_SECONDS,
            *WAITS,
        ]
        return self._script(keys=[self._key], args=arguments)


def _moment(text: bytes) -> datetime:
    return datetime.fromtimestamp(float(text), UTC)
