"""From the house's limits to the gate of a lane."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from redis import Redis

from campaign.config import Settings
from campaign.dispatch.gate import Gate, OpenGate
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


@contextmanager
def opened(settings: Settings, limits: Limits, processes: int, lane: Lane, now: datetime) -> Iterator[Gate]:
    """The gate of one lane; what it holds goes back at the end."""
    if not (limits.relays or limits.senders or limits.recipients):
        yield OpenGate(lane.connections)
        return
    redis = impatient(settings)
    gate = make_gate(redis, settings, limits, processes, lane, now)
    try:
        yield gate
    finally:
        gate.close()
        redis.close()


def make_gate(
    redis: Redis, settings: Settings, limits: Limits, processes: int, lane: Lane, now: datetime
) -> SharedGate:
    """The same over a connection of the caller's; the caller closes both.

    A lane with several relays does not say which one a message takes, so each message counts against the
    limits of all of them: none is ever passed.
    """
    today = now.astimezone(ZoneInfo(settings.time_zone)).date()
    relays = {name: _line(limits.relays, name) for name in lane.relays}
    always = [bucket for name, limit in relays.items() for bucket in _buckets(f"relay/{name}", limit, today)]
    always += _buckets(f"from/{lane.sender_domain}", _line(limits.senders, lane.sender_domain), today)

    def buckets_of(provider: str) -> list[Bucket]:
        return always + _buckets(f"to/{provider}", _line(limits.recipients, provider), today)

    me = holder()
    return SharedGate(
        buckets_of,
        SharedBuckets(redis, settings.rq_prefix, ahead_of_utc(settings, now)),
        LocalBuckets(processes),
        [
            Slots(redis, settings.rq_prefix, name, me, limit.connections)
            for name, limit in relays.items()
            if limit.connections is not None
        ],
        lane.connections,
        processes,
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
