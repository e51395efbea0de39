"""What a round does in the database: mends what crashes left, moves on what waits, starts what is due, looks
after what goes wrong. It needs no queue server."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

import structlog
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaign.campaigns import health, life, trials
from campaign.care import due, erasure_list
from campaign.config import Settings
from campaign.contacts.opt_in import waiting
from campaign.db import Database
from campaign.dispatch import lock, pauses, sweep
from campaign.dispatch.sweep import Swept
from campaign.watch import counts, signs, waking

log = structlog.get_logger()

# how often bounces and complaints of running mailings are counted
HEALTH_EVERY = timedelta(seconds=10)
# pg_try_advisory_xact_lock key
DATABASE_LOCK = 0x42454154
# rows of a large mailing are made for so long in a round; then whatever else waits has its turn
CHUNKS_SECONDS = 2.0
# between two chunks on SQLite: who waits for its lock looks again within 100 ms (its own busy handler)
GIVE_WAY_SECONDS = 0.15


class Kept(NamedTuple):
    """`may_ring`: not when another beat works, or sending is locked. `has_more`: to plan, or to wake, than
    there was time for."""

    may_ring: bool
    has_more: bool


class Upkeep:
    """Of one beat."""

    def __init__(self, settings: Settings, database: Database, should_stop: Callable[[], bool]) -> None:
        self._settings = settings
        self._database = database
        self._should_stop = should_stop
        self._was_locked = False
        self._hastened_for = 0
        self._looked_at: datetime | None = None
        self._watch = sweep.Watch()
        self._erasures = erasure_list.Kept(settings.erasures_file)
        self._host_away = timedelta(minutes=settings.host_away_minutes)
        self._missed_after = timedelta(hours=settings.missed_after_hours)

    def round(self, now: datetime) -> Kept:
        """Mend and start. Commits."""
        with self._database.write() as db:
            if not _alone(db):
                return Kept(may_ring=False, has_more=False)
            signs.note(db, signs.BEAT, now)
            locked = self._is_locked(db, now)
            overdue = [] if locked else life.pause_overdue(db, now, self._missed_after)
            swept = Swept() if locked else sweep.sweep(db, now, self._host_away, self._watch)
            wakes = not locked and waking.go_on(db, now)
        counts.keep(self._database, now)
        with self._database.read() as db:
            self._erasures.follow(db)
        has_more = bool(swept.planned) and self._in_turns(lambda db: sweep.plan_on(db, swept))
        if wakes:
            has_more |= self._in_turns(lambda db: waking.go_on(db, now))
        if locked:
            return Kept(may_ring=False, has_more=has_more)
        if overdue:
            log.warning("hours_missed", campaigns=[campaign.id for campaign in overdue])
        self._due(now)
        self._look_after(now)
        if swept:
            log.info("swept", **{name: value for name, value in vars(swept).items() if value})
        return Kept(may_ring=True, has_more=has_more)

    def hasten(self, now: datetime) -> bool:
        """Wake a chunk of what rests, if limits were changed since the last time; whether that was done."""
        with self._database.read() as db:
            changed = waking.unheard(db, now)
        if changed is None or changed == self._hastened_for:
            return False
        self._hastened_for = changed
        with self._database.write() as db:
            if not _alone(db) or self._is_locked(db, now):
                return False
            waking.go_on(db, now)
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


def _alone(db: Session) -> bool:
    """On PostgreSQL, whether this transaction is the only beat's; SQLite has one writer at a time anyway."""
    if db.get_bind().dialect.name != "postgresql":
        return True
    return bool(db.scalar(select(func.pg_try_advisory_xact_lock(DATABASE_LOCK))))
