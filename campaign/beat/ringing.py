"""What the beat rings for: rows that wait for a job, and what is done once a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.approval import notices
from campaign.campaigns import checking
from campaign.care import retention
from campaign.config import Settings
from campaign.contacts.csv_import import running
from campaign.contacts.opt_in import waiting
from campaign.db import Database
from campaign.dispatch import sweep
from campaign.dispatch.breaker import Breaker
from campaign.dispatch.transports.relay import read_relays
from campaign.models import Channel, InboundMail, InboundState
from campaign.queue import Job, Queues
from campaign.segments.exam import digest

# how often tonight's digests are asked for: that of a rule that cannot be read stays missing
DIGESTS_EVERY = timedelta(minutes=10)
# how often it is asked whether the daily clearing is due
RETENTION_EVERY = timedelta(minutes=10)
# the intake rings for a mail itself; what still waits after this was not heard
UNHEARD_AFTER = timedelta(seconds=5)
# mails rung for in one round
INBOUND_AT_ONCE = 100


class Ringing:
    """Of one beat. Its methods raise RedisError; the next round rings again."""

    def __init__(self, settings: Settings, database: Database, queues: Queues) -> None:
        self._database = database
        self._queues = queues
        self._lanes = settings.email_workers
        self._tells = settings.notices
        self._breakers = [
            Breaker(queues.connection, relay.name, prefix=settings.rq_prefix)
            for relay in read_relays(settings.smtp_url)
        ]
        self._digests_at: datetime | None = None
        self._retention_at: datetime | None = None

    def ring(self, now: datetime) -> None:
        """For everything that waits."""
        with self._database.read() as db:
            work = list(self._work(db, now))
        for job, at_most, numbers in work:
            for number in numbers:
                self._queues.ring_up_to(at_most, job, number)
        with self._database.read() as db:
            rounds = {Job.SEGMENT_DIGESTS: self._undigested(db, now), Job.RETENTION: self._kept_long(db, now)}
        for job, is_time in rounds.items():
            if is_time:
                self._queues.ring_up_to(1, job)

    def ring_lanes(self) -> None:
        """For mailings with e-mail to send, whatever the breakers say."""
        with self._database.read() as db:
            numbers = sweep.to_ring(db)
        for number in numbers:
            self._queues.ring_up_to(self._lanes, Job.EMAIL_LANE, number)

    def _work(self, db: Session, now: datetime) -> Iterator[tuple[Job, int, Sequence[int]]]:
        """Jobs with how many of each may stand in the queue, and the numbers they are about. While every
        relay is left alone nothing is rung that would only find it so and be rung again in the next round."""
        if not all(breaker.is_open for breaker in self._breakers):
            yield Job.EMAIL_LANE, self._lanes, sweep.to_ring(db)
            yield Job.CONFIRMATION, 1, waiting.due(db, now)
            if self._tells:
                yield Job.NOTICE, 1, notices.unsent(db, now)
        yield Job.PRINT_RUN, 1, sweep.to_ring(db, Channel.LETTER)
        yield Job.IMPORT, 1, running.waiting(db, now)
        yield Job.AUDIENCE_CHECK, 1, checking.open_ones(db)
        yield Job.INBOUND, 1, _unheard(db, now)

    def _kept_long(self, db: Session, now: datetime) -> bool:
        """Whether it is time to clear what has been kept long enough."""
        if self._retention_at and now - self._retention_at < RETENTION_EVERY:
            return False
        self._retention_at = now
        return retention.is_due(db, now)

    def _undigested(self, db: Session, now: datetime) -> bool:
        """Whether it is time to note who is in each segment."""
        if self._digests_at and now - self._digests_at < DIGESTS_EVERY:
            return False
        self._digests_at = now
        return digest.is_due(db, now)


def _unheard(db: Session, now: datetime) -> list[int]:
    """Stored mails that nobody has read."""
    waiting = select(InboundMail.id).where(
        InboundMail.state == InboundState.NEW, InboundMail.received_at < now - UNHEARD_AFTER
    )
    return list(db.scalars(waiting.order_by(InboundMail.id).limit(INBOUND_AT_ONCE)))
