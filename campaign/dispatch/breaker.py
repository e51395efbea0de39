"""A server that is down is left alone for a while, and then probed by one lane.

The memory of it is in Redis: losing it costs one more probe.
"""

from __future__ import annotations

from redis import Redis

from campaign.dispatch.waits import waits

# seconds until the next probe; the last one repeats
WAITS = waits("CAMPAIGN_BREAKER_SECONDS", 5, 15, 30, 60)
# failures are counted together when they are no further apart than this
MEMORY_SECONDS = 600


class Breaker:
    """One per relay, shared by all workers."""

    def __init__(self, redis: Redis, relay_name: str) -> None:
        self._redis = redis
        self._open = f"campaign:relay:{relay_name}:down"
        self._failures = f"campaign:relay:{relay_name}:failures"

    def trip(self) -> None:
        """The server did not answer: nobody rings lanes for a while."""
        failures = int(self._redis.incr(self._failures))
        self._redis.expire(self._failures, MEMORY_SECONDS)
        self._redis.set(self._open, failures, px=WAITS[min(failures, len(WAITS)) - 1])

    def close(self) -> None:
        """The server took a message."""
        self._redis.delete(self._open, self._failures)

    @property
    def is_open(self) -> bool:
        """Whether to wait."""
        return bool(self._redis.exists(self._open))
