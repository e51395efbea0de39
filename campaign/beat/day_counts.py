"""What was sent today against its limits, between Redis, which counts, and the database, which remembers."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from campaign.config import Settings
from campaign.db import Database
from campaign.dispatch import manners
from campaign.dispatch.limits import days
from campaign.dispatch.limits.buckets import SharedBuckets
from campaign.dispatch.limits.opening import ahead_of_utc
from campaign.queue import Queues


def keep(settings: Settings, database: Database, queues: Queues, now: datetime) -> None:
    """Write the counts down where they have changed, and tell a server that forgot them. RedisError."""
    day = now.astimezone(ZoneInfo(settings.time_zone)).date()
    with database.read() as db:
        wanted = manners.read(db).limits.by_day()
        kept = days.used_on(db, day) if wanted else {}
    if not wanted:
        return
    shared = SharedBuckets(queues.connection, settings.rq_prefix, ahead_of_utc(settings, now))
    counts = days.counted(shared, day, wanted, kept)
    if counts != {subject: kept.get(subject) for subject in wanted}:
        with database.write() as db:
            days.keep(db, day, counts)
