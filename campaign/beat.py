"""The clock: sweeps, starts what is due, rings what waits. One round every two seconds.

One beat is enough and two do no harm: a lock in Redis lets one of them work, and on PostgreSQL an advisory
lock says so again, for the Redis lock is lost with Redis. Everything a round does may be done twice.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog
from redis.exceptions import LockError, RedisError
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from campaign.approval import notices
from campaign.campaigns import checking, health, life, trials
from campaign.care import due, erasure_list, retention
from campaign.clock import utc_now
from campaign.config import Settings
from campaign.contacts.csv_import import running
from campaign.contacts.opt_in import waiting
from campaign.db import Database
from campaign.dispatch import lock, manners, pauses, recovery, sweep
from campaign.dispatch.breaker import Breaker
from campaign.dispatch.host import this_host
from campaign.dispatch.limits import days
from campaign.dispatch.limits.buckets import SharedBuckets
from campaign.dispatch.limits.opening import ahead_of_utc
from campaign.dispatch.sweep import Swept
from campaign.dispatch.transports.relay import read_relays
from campaign.models import Channel, InboundMail, InboundState
from campaign.queue import Job, Queues, connect, key
from campaign.segments.exam import digest
from campaign.watch import counts, signs, waking

log = structlog.get_logger()

EVERY_SECONDS = 2.0
# between two rounds it looks this often whether limits were changed: what rests for them is woken within
# SETTLE_SECONDS and this
LOOK_SECONDS = 0.25
# a beat that died holds the lock no longer than this
LOCK_SECONDS = 10
LOCK_NAME = key("beat")
# how often bounces and complaints of running mailings are counted
HEALTH_EVERY = timedelta(seconds=10)
# how often tonight's digests are asked for: that of a rule that cannot be read stays missing
DIGESTS_EVERY = timedelta(minutes=10)
# how often it is asked whether the daily clearing is due
RETENTION_EVERY = timedelta(minutes=10)
# pg_try_advisory_xact_lock key
DATABASE_LOCK = 0x42454154
# the intake rings for a mail itself; what still waits after this was not heard
UNHEARD_AFTER = timedelta(seconds=5)
# rows of a large mailing are made for so long in a round; then whatever else waits has its turn
CHUNKS_SECONDS = 2.0
# between two chunks on SQLite: who waits for its lock looks again within 100 ms (its own busy handler)
GIVE_WAY_SECONDS = 0.15
# mails rung for in one round
INBOUND_AT_ONCE = 100


class Beat:
    """Rounds over one database and one queue server."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        queues: Queues,
        should_stop: Callable[[], bool] = lambda: False,
    ) -> None:
        self._should_stop = should_stop
        self._settings = settings
        self._database = database
        self._was_locked = False
        self._hastened_for = 0
        self.has_more = False
        """Whether there was more to plan, or to wake, than the last round had time for."""
        self._queues = queues
        self._lanes = settings.email_workers
        self._tells = settings.notices
        self._looked_at: datetime | None = None
        self._breakers = [
            Breaker(queues.connection, relay.name, prefix=settings.rq_prefix)
            for relay in read_relays(settings.smtp_url)
        ]
        self._host = this_host(settings.state_dir)
        self._watch = sweep.Watch()
        self._digests_at: datetime | None = None
        self._retention_at: datetime | None = None
        self._erasures = erasure_list.Kept(settings.erasures_file)
        self._host_away = timedelta(minutes=settings.host_away_minutes)
        self._missed_after = timedelta(hours=settings.missed_after_hours)

    def round(self, now: datetime) -> bool:
        """One round; False when another beat has the lock. What lanes left on this host is decided by every
        beat, for no other host can."""
        self.has_more = False
        recovered = recovery.recover(self._database, self._host, now)
        if recovered:
            log.info("recovered", **vars(recovered))
        mutex = self._queues.connection.lock(LOCK_NAME, timeout=LOCK_SECONDS)
        try:
            if not mutex.acquire(blocking=False):
                return False
        except RedisError as error:
            log.warning("no_queue_server", why=str(error))
            self._in_database(now)  # rows move on without it; lanes are rung when it is back
            return True
        try:
            if self._in_database(now):
                self._keep_days(now)
                self._ring(now)
        except RedisError as error:
            log.warning("no_queue_server", why=str(error))
        finally:
            _let_go(mutex.release)
        return True

    def _in_database(self, now: datetime) -> bool:
        """Mend and start; False when nothing may be rung for: another beat works, or sending is locked."""
        with self._database.write() as db:
            if not _alone(db):
                return False
            signs.note(db, signs.BEAT, now)
            locked = self._is_locked(db, now)
            overdue = [] if locked else life.pause_overdue(db, now, self._missed_after)
            swept = Swept() if locked else sweep.sweep(db, now, self._host_away, self._watch)
            wakes = not locked and waking.go_on(db, now)
        counts.keep(self._database, now)
        with self._database.read() as db:
            self._erasures.follow(db)
        if swept.planned:
            self.has_more = self._in_turns(lambda db: sweep.plan_on(db, swept))
        if wakes:
            self.has_more |= self._in_turns(lambda db: waking.go_on(db, now))
        if locked:
            return False
        if overdue:
            log.warning("hours_missed", campaigns=[campaign.id for campaign in overdue])
        self._due(now)
        self._look_after(now)
        if swept:
            log.info("swept", **{name: value for name, value in vars(swept).items() if value})
        return True

    def _in_turns(self, chunk: Callable[[Session], bool]) -> bool:
        """Work that goes by chunks, a transaction each, while there is time; whether more is left."""
        until = time.monotonic() + CHUNKS_SECONDS
        while time.monotonic() < until and not self._should_stop():
            if self._database.is_sqlite:
                time.sleep(GIVE_WAY_SECONDS)
            with self._database.write() as db:
                if not (_alone(db) and chunk(db)):
                    return False
        return True

    def hasten(self, now: datetime) -> bool:
        """Wake what rests when limits were changed, without waiting for the next round; whether they were.
        Once a change: the round goes on with what is more than a chunk."""
        with self._database.read() as db:
            changed = waking.unheard(db, now)
        if changed is None or changed == self._hastened_for:
            return False
        self._hastened_for = changed
        with self._database.write() as db:
            if not _alone(db) or self._is_locked(db, now):
                return False
            waking.go_on(db, now)
        with self._database.read() as db:
            waiting_ones = sweep.to_ring(db)
        try:
            for number in waiting_ones:
                self._queues.ring_up_to(self._lanes, Job.EMAIL_LANE, number)
        except RedisError as error:
            log.warning("no_queue_server", why=str(error))
        return True

    def _is_locked(self, db: Session, now: datetime) -> bool:
        """Whether this database is not ours to send from; said once, when it begins."""
        locked = lock.check(db, self._settings, now)
        if locked and not self._was_locked:
            log.error("sending_locked", why=locked.sentence)
        self._was_locked = locked is not None
        return self._was_locked

    def _due(self, now: datetime) -> None:
        """Start the campaigns and greetings whose hour has come; note the campaigns that are done."""
        with self._database.write() as db:
            started = life.start_due(db, now, self._missed_after)
            trials.go_on(db, now)
            life.go_on(db, now)
            health.follow_paused(db, now)
            finished = life.finish_done(db, now)
            greeted = due.start_due(db, now)
            waiting.tidy(db, now)
        if started or finished or greeted:
            log.info("due", started=len(started), finished=len(finished), greeted=len(greeted))

    def _look_after(self, now: datetime) -> None:
        """Pause what has too many bounces or complaints; counting is not for every round."""
        if self._looked_at and now - self._looked_at < HEALTH_EVERY:
            return
        self._looked_at = now
        with self._database.read() as db:
            if not pauses.ailing(db):
                return
        with self._database.write() as db:
            for mailing in health.pause_ailing(db, now):
                log.warning("paused_itself", mailing=mailing.id)

    def _keep_days(self, now: datetime) -> None:
        """What was sent today against its limits, between Redis and the database."""
        day = now.astimezone(ZoneInfo(self._settings.time_zone)).date()
        with self._database.read() as db:
            wanted = manners.read(db).limits.by_day()
            kept = days.used_on(db, day) if wanted else {}
        if not wanted:
            return
        ahead = ahead_of_utc(self._settings, now)
        shared = SharedBuckets(self._queues.connection, self._settings.rq_prefix, ahead)
        counts = days.counted(shared, day, wanted, kept)
        if counts != {subject: kept.get(subject) for subject in wanted}:
            with self._database.write() as db:
                days.keep(db, day, counts)

    def _ring(self, now: datetime) -> None:
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


def _alone(db: Session) -> bool:
    """On PostgreSQL, whether this transaction is the only beat's; SQLite has one writer at a time anyway."""
    if db.get_bind().dialect.name != "postgresql":
        return True
    return bool(db.scalar(select(func.pg_try_advisory_xact_lock(DATABASE_LOCK))))


def _unheard(db: Session, now: datetime) -> list[int]:
    """Stored mails that nobody has read."""
    waiting = select(InboundMail.id).where(
        InboundMail.state == InboundState.NEW, InboundMail.received_at < now - UNHEARD_AFTER
    )
    return list(db.scalars(waiting.order_by(InboundMail.id).limit(INBOUND_AT_ONCE)))


def _let_go(release: Callable[[], None]) -> None:
    try:
        release()
    except (LockError, RedisError) as error:
        log.info("beat_lock_lost", why=str(error))


def run(settings: Settings) -> None:
    """Rounds until SIGTERM or SIGINT."""
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda _number, _frame: stop.set())
    database = Database(settings.database_url)
    beat = Beat(settings, database, Queues(connect(settings)), stop.is_set)
    while not stop.is_set():
        try:
            beat.round(utc_now())
        except OperationalError as error:
            log.warning("no_database", why=str(error.orig))
        if not beat.has_more:
            rest(beat, stop)
    database.close()


def rest(beat: Beat, stop: threading.Event) -> None:
    """Until the next round is due; changed limits do not wait for it."""
    until = time.monotonic() + EVERY_SECONDS
    while time.monotonic() < until and not stop.wait(LOOK_SECONDS):
        try:
            beat.hasten(utc_now())
        except OperationalError:  # the round will say so
            continue
