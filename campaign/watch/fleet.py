"""Who works: queues, workers and hosts as RQ's registry knows them, and the relays' breakers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from redis import Redis
from rq import Worker
from rq.serializers import JSONSerializer
from rq.worker import BaseWorker

from campaign.config import Settings
from campaign.queue import QueueName, Queues
from campaign.watch import relays
from campaign.watch.relays import RelayState

# workers say every 2 s during a job, every 15 s between jobs, that they live
SILENT_AFTER = timedelta(seconds=60)


@dataclass(frozen=True)
class Line:
    """One queue: what waits, what failed in the last week, how many workers take from it."""

    name: QueueName
    waiting: int
    failed: int
    workers: int


@dataclass(frozen=True)
class Hand:
    """One worker process."""

    name: str
    host: str
    pid: int
    queues: tuple[str, ...]
    state: str
    """`idle`, `busy`, `started`, `suspended` or `?`."""
    seen: datetime | None
    alive: bool


@dataclass(frozen=True)
class Fleet:
    """All of it, at one moment."""

    lines: Sequence[Line]
    hands: Sequence[Hand]
    relays: Sequence[RelayState]

    @property
    def alive(self) -> list[Hand]:
        return [hand for hand in self.hands if hand.alive]

    @property
    def hosts(self) -> list[str]:
        """Hosts with a living worker."""
        return sorted({hand.host for hand in self.alive})


def look(settings: Settings, redis: Redis, now: datetime) -> Fleet:
    """Ask the queue server; RedisError when it does not answer."""
    hands = [_hand(worker, now) for worker in Worker.all(connection=redis, serializer=JSONSerializer)]
    queues = Queues(redis)
    lines = []
    for name in QueueName:
        queue = queues.queue(name)
        workers = sum(hand.alive and name.value in hand.queues for hand in hands)
        lines.append(Line(name, queue.count, queue.failed_job_registry.count, workers))
    return Fleet(
        lines,
        sorted(hands, key=lambda hand: (hand.host, hand.queues, hand.pid)),
        relays.breakers(settings, redis),
    )


def _hand(worker: BaseWorker, now: datetime) -> Hand:
    seen = worker.last_heartbeat
    if seen is not None and seen.tzinfo is None:
        seen = seen.replace(tzinfo=UTC)
    state = worker.get_state()
    return Hand(
        name=worker.name,
        host=worker.hostname or "?",
        pid=int(worker.pid or 0),
        queues=tuple(worker.queue_names()),
        state=getattr(state, "value", str(state)),
        seen=seen,
        alive=seen is not None and now - seen < SILENT_AFTER,
    )
