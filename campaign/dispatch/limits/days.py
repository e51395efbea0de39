"""The counts of days, kept in the database as well: a warm-up must not begin again when Redis forgets."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.dispatch.limits.buckets import SharedBuckets
from campaign.models import SendingDay


def used_on(db: Session, day: date) -> dict[str, int]:
    """Messages counted on that day, by subject."""
    rows = select(SendingDay.subject, SendingDay.used).where(SendingDay.day == day)
    return {row[0]: row[1] for row in db.execute(rows)}


def counted(
    shared: SharedBuckets, day: date, subjects: Iterable[str], kept: dict[str, int]
) -> dict[str, int]:
    """The counts as they are now, by subject; a server that forgot them is told. RedisError."""
    return {subject: shared.keep_day(subject, day, kept.get(subject, 0)) for subject in subjects}


def keep(db: Session, day: date, counts: dict[str, int]) -> None:
    """Write them down. The caller is the one beat."""
    for subject, used in counts.items():
        db.merge(SendingDay(day=day, subject=subject, used=used))
