"""The nightly digest of who is in each segment: taken once a night, kept 100 days.

The beat says when (`is_due`), a worker takes them (`take_all`): of a million people one takes seconds.

A digest holds all of a small segment and 2,048 people of a larger one, so a million cost what 2,048 do.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Set
from datetime import date, datetime, timedelta

import structlog
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from campaign.db import Database
from campaign.errors import InvalidInput
from campaign.models import Contact, Segment, SegmentDigest
from campaign.segments.bound import rule_of
from campaign.segments.compile import HOUSE_ZONE, today
from campaign.segments.exam import sampling
from campaign.segments.exam.people import members
from campaign.segments.room import give_room
from campaign.segments.rule import Rule, to_json_whole

log = structlog.get_logger()

# ten more than the longest comparison, for nights on which no beat ran
KEPT_DAYS = 100
# the hour of the house's clock from which the night's digests are taken: few work, and yesterday is over
FROM_HOUR = 2


def is_due(db: Session, now: datetime) -> bool:
    """Whether the night has come and a segment has no digest of it yet."""
    return now.astimezone(HOUSE_ZONE).hour >= FROM_HOUR and next_missing(db, today(now)) is not None


def take_all(
    database: Database, clock: Callable[[], datetime], stopping: Callable[[], bool] = lambda: False
) -> int:
    """Take what is missing of today, each segment in a transaction of its own, and forget what is too old.

    Returns how many were taken. What is left when it is stopped is taken the next time.
    """
    taken = 0
    tried: set[int] = set()
    while not stopping():
        now = clock()
        with database.read() as db:
            segment = next_missing(db, today(now), tried)
            made = _try(db, segment, now) if segment else None
        if segment is None:
            break
        tried.add(segment.id)
        if made is not None:
            with database.write() as db:
                taken += keep(db, made)
    with database.write() as db:
        forget(db, today(clock()))
    return taken


def _try(db: Session, segment: Segment, now: datetime) -> SegmentDigest | None:
    try:
        return take(db, segment, now)
    except InvalidInput as error:
        log.warning("digest_without_rule", segment=segment.id, why=error.key)
        return None


def next_missing(db: Session, day: date, tried: Set[int] = frozenset()) -> Segment | None:
    """A segment without a digest of that day, and not among those that were tried."""
    there = select(SegmentDigest.segment_id).where(SegmentDigest.day == day)
    missing = select(Segment).where(Segment.id.not_in(there), Segment.id.not_in(sorted(tried)))
    return db.scalars(missing.order_by(Segment.id).limit(1)).first()


def take(db: Session, segment: Segment, now: datetime) -> SegmentDigest:
    """The segment's digest of this moment, not kept yet."""
    rule = rule_of(db, segment)
    give_room(db)
    who = members(rule, now)
    sample = sampling.draw(db, who)
    people = len(sample)
    if people == sampling.SAMPLE:
        counted = db.scalar(select(func.count()).select_from(Contact).where(who)) or 0
        people = max(people, counted)  # who left between both statements
    return SegmentDigest(
        segment_id=segment.id, day=today(now), rule_sha256=rule_hash(rule), people=people, sample=sample
    )


def keep(db: Session, digest: SegmentDigest) -> bool:
    """Store it, unless there is one of that day or the segment is gone; whether it was stored."""
    # the lock keeps the segment there until the row that names it is, and two writers apart
    held = db.get(Segment, digest.segment_id, with_for_update={"key_share": True})
    if held is None or db.get(SegmentDigest, (digest.segment_id, digest.day)) is not None:
        return False
    db.add(digest)
    db.flush()
    return True


def forget(db: Session, day: date) -> None:
    """Delete what is older than is kept."""
    db.execute(delete(SegmentDigest).where(SegmentDigest.day < day - timedelta(days=KEPT_DAYS)))


def rule_hash(rule: Rule) -> str:
    """The same for rules that say the same in the same words, those that they are bound to included."""
    said = json.dumps(to_json_whole(rule), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()
