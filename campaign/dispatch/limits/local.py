"""Without Redis: each process keeps to its part of every limit, by its own clock.

The part is the limit divided by the number of sending processes that the house states. A limit smaller than
that number becomes one message in a longer time. Every bucket begins empty, for what the others and this
process itself took a moment ago is not known.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from campaign.dispatch.limits.buckets import Bucket, Taken
from campaign.dispatch.limits.terms import Rate


class LocalBuckets:
    """For one process out of `processes`."""

    def __init__(self, processes: int, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._processes = max(1, processes)
        self._monotonic = monotonic
        self._next_at: dict[str, float] = {}
        self._used: dict[str, int] = {}

    def take(
        self, buckets: Sequence[Bucket], wanted: int, returned: int = 0, returned_day: int = -1
    ) -> Taken:
        """One token or none: there is no round trip to save."""
        now = self._monotonic()
        wait = max((self._wait(bucket, now) for bucket in buckets), default=0.0)
        if wait > 0 or wanted < 1:
            return Taken(0, wait, -1)
        for bucket in buckets:
            if bucket.rate is None:
                self._used[bucket.name] = self._used.get(bucket.name, 0) + 1
            else:
                self._next_at[bucket.name] = now + self._interval(bucket.rate)
        return Taken(1, 0.0, -1)

    def _wait(self, bucket: Bucket, now: float) -> float:
        if bucket.rate is None:
            # nobody knows what the others have used of the day: this process takes no more than its part
            left = bucket.allowed // self._processes - self._used.get(bucket.name, 0)
            return 0.0 if left > 0 else float("inf")
        interval = self._interval(bucket.rate)
        return max(0.0, self._next_at.setdefault(bucket.name, now + interval) - now)

    def _interval(self, rate: Rate) -> float:
        """Seconds a token, one at a time: no more than this process's part of the limit in any period."""
        part = rate.limit // self._processes
        return rate.period / part if part else rate.period * self._processes / rate.limit
