"""Tokens in the hands of one lane: taken in batches, used for a moment, given back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from campaign.dispatch.limits.buckets import Bucket, Taken
from campaign.dispatch.limits.terms import BURST_SHARE, CREDIT_SECONDS

# more tokens than this are never kept by one lane
MOST_TOKENS = 512


class Laid(NamedTuple):
    """A token that waits for its message."""

    good_until: float
    day: int


class Account:
    """The tokens that a lane keeps for one set of buckets."""

    def __init__(self, buckets: Sequence[Bucket]) -> None:
        self.buckets = buckets
        rates = [bucket.rate for bucket in buckets if bucket.rate]
        self.life = min((rate.life for rate in rates), default=CREDIT_SECONDS)
        self.most = min(
            MOST_TOKENS,
            *(rate.capacity for rate in rates),
            *(max(1, int(bucket.allowed * BURST_SHARE)) for bucket in buckets if bucket.rate is None),
        )
        self.tokens = 0
        self.good_until = 0.0
        self.wait_until = 0.0
        self.day = -1
        self._granted = 0
        self._batch = 1

    def wanted(self) -> int:
        """Twice as many as before, until some grow too old to be used."""
        self._batch = max(1, self._granted - self.tokens) if self.tokens else min(self.most, self._batch * 2)
        return self._batch

    def note(self, taken: Taken, asked_at: float) -> None:
        self.tokens, self.day = taken.tokens, taken.day
        self._granted = taken.tokens
        # counted from before the question: a token is never older than it seems
        self.good_until = asked_at + self.life
        self.wait_until = asked_at + taken.wait

    def lay_aside(self) -> Laid:
        """The token that was just drawn, kept for later."""
        return Laid(self.good_until, self.day)

    def put_back(self, laid: Laid, now: float) -> bool:
        """A token that was laid aside and is not needed; False when it is too old, and counts as used."""
        if now >= laid.good_until or laid.day != self.day:
            return False
        self.good_until = min(self.good_until, laid.good_until)
        self.tokens += 1
        return True
