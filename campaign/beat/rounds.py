"""A round, and who goes it.

One beat is enough and two do no harm: a lock in Redis lets one of them work, and on PostgreSQL an advisory
lock says so again (`upkeep`), for the Redis lock is lost with Redis. Everything a round does may be done
twice.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import structlog
from redis.exceptions import LockError, RedisError

from campaign.beat import day_counts
from campaign.beat.ringing import Ringing
from campaign.beat.upkeep import Upkeep
from campaign.config import Settings
from campaign.db import Database
from campaign.dispatch import recovery
from campaign.dispatch.host import this_host
from campaign.queue import Queues, key

log = structlog.get_logger()

# a beat that died holds the lock no longer than this
LOCK_SECONDS = 10
LOCK_NAME = key("beat")


class Beat:
    """Rounds over one database and one queue server."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        queues: Queues,
        should_stop: Callable[[], bool] = lambda: False,
    ) -> None:
        self._settings = settings
        self._database = database
        self._queues = queues
        self._host = this_host(settings.state_dir)
        self._upkeep = Upkeep(settings, database, should_stop)
        self._ringing = Ringing(settings, database, queues)
        self.has_more = False
        """Whether there was more to plan, or to wake, than the last round had time for."""

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
                day_counts.keep(self._settings, self._database, self._queues, now)
                self._ringing.ring(now)
        except RedisError as error:
            log.warning("no_queue_server", why=str(error))
        finally:
            _let_go(mutex.release)
        return True

    def _in_database(self, now: datetime) -> bool:
        """Whether what waits may be rung for."""
        may_ring, self.has_more = self._upkeep.round(now)
        return may_ring

    def hasten(self, now: datetime) -> bool:
        """Wake what rests when limits were changed, without waiting for the next round; whether they were.
        Once a change: the round goes on with what is more than a chunk."""
        if not self._upkeep.hasten(now):
            return False
        try:
            self._ringing.ring_lanes()
        except RedisError as error:
            log.warning("no_queue_server", why=str(error))
        return True


def _let_go(release: Callable[[], None]) -> None:
    try:
        release()
    except (LockError, RedisError) as error:
        log.info("beat_lock_lost", why=str(error))
