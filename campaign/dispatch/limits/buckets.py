"""Buckets in Redis or Valkey: one script call takes from all that a message needs, by the server's clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Protocol, cast

from redis import Redis

from campaign.dispatch.limits.terms import Rate

_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Bucket:
    """Of one subject and one period: a `rate`, or `allowed` messages on the house's day."""

    subject: str
    period: str
    rate: Rate | None
    allowed: int = 0

    @property
    def name(self) -> str:
        return f"{self.subject}/{self.period}"


@dataclass(frozen=True)
class Taken:
    """Tokens taken; with none, seconds until it is worth asking again. `day`: days since 1970-01-01."""

    tokens: int
    wait: float
    day: int


class Buckets(Protocol):
    """Where tokens are counted."""

    def take(
        self, buckets: Sequence[Bucket], wanted: int, returned: int = 0, returned_day: int = -1
    ) -> Taken: ...


class SharedBuckets:
    """Shared by all workers. RedisError when the server is away.

    Keys begin with `prefix`; a hash tag in it (`{rq}`) keeps them in one slot of a cluster.
    `ahead`: seconds that the house's clock is ahead of UTC today.
    """

    def __init__(self, redis: Redis, prefix: str, ahead: int) -> None:
        self._prefix = f"{prefix}:limit:"
        self._ahead = ahead
        self._take = redis.register_script(script("take"))
        self._keep_day = redis.register_script(script("keep_day"))

    def take(
        self, buckets: Sequence[Bucket], wanted: int, returned: int = 0, returned_day: int = -1
    ) -> Taken:
        """Up to `wanted` tokens of each bucket, or none; `returned` ones go back first."""
        keys = [self._prefix + bucket.name for bucket in buckets]
        arguments: list[Any] = [wanted, returned, returned_day, self._ahead]
        for bucket in buckets:
            if bucket.rate is None:
                arguments += ["day", bucket.allowed, 0]
            else:
                arguments += ["rate", repr(bucket.rate.interval * 1e6), bucket.rate.capacity]
        tokens, wait, day = cast("list[int]", self._take(keys=keys, args=arguments))
        return Taken(tokens, wait / 1e6, day)

    def keep_day(self, subject: str, day: date, known: int) -> int:
        """The day's count of a subject; `known` is what the database has of it."""
        key = f"{self._prefix}{subject}/day"
        return cast("int", self._keep_day(keys=[key], args=[day_number(day), known]))


def script(name: str) -> str:
    """The Lua text of that name beside this file."""
    return Path(__file__).with_name(f"{name}.lua").read_text(encoding="utf-8")


def day_number(day: date) -> int:
    return (day - _EPOCH) // timedelta(days=1)
