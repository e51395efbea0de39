"""The nightly digest of who is in each segment: taken once a night, kept 100 days.

A digest holds all of a small segment and 2,048 people of a larger one, so a million cost what 2,048 do.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime, timedelta

import structlog
from sqlalchemy import delete, func, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from campaign.db import Database
from campaign.errors import InvalidInput
from campaign.models import Contact, Segment, SegmentDigest
from campaign.segments.compile import HOUSE_ZONE, today
from campaign.segments.exam import sampling
from campaign.segments.exam.people import members
from campaign.segments.rule import Rule, parse, to_json

log = structlog.get_logger()

# ten more than the longest comparison, for nights on which no beat ran
KEPT_DAYS = 100
# the hour of the house's clock from which the night's digests are taken: few work, and yesterday is over
FROM_HOUR = 2
# in PostgreSQL a rule that takes longer is left out that night: the beat also rings for what is sent
LIMIT_MS = 5000
_CANCELLED = "57014"  # PostgreSQL's query_canceled


class Nightly:
    """The digests of the night, one segment a round, so that nothing else of the round waits for long."""

    def __init__(self) -> None:
        self._done_on: date | None = None
        self._left_out: set[int] = set()

    def go_on(self, database: Database, now: datetime) -> bool:
        """Take one digest that is missing today; whether there was one."""
        day = today(now)
        if self._done_on == day or now.astimezone(HOUSE_ZONE).hour < FROM_HOUR:
            return False
        with database.read() as db:
            segment = next_missing(db, day, self._left_out)
            taken = self._take(db, segment, now) if segment else None
        if segment is None:
            with database.write() as db:
                forget(db, day)
            self._done_on, self._left_out = day, set()
            return False
        if taken is not None:
            with database.write() as db:
                keep(db, taken)
        return True

    def _take(self, db: Session, segment: Segment, now: datetime) -> SegmentDigest | None:
        try:
            return take(db, segment, now)
        except InvalidInput as error:
            log.warning("digest_without_rule", segment=segment.id, why=error.key)
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", None) != _CANCELLED:
                raise
            log.warning("digest_took_too_long", segment=segment.id, limit_ms=LIMIT_MS)
        self._left_out.add(segment.id)
        return None


def next_missing(db: Session, day: date, left_out: set[int]) -> Segment | None:
    """A segment without a digest of that day."""
    there = select(SegmentDigest.segment_id).where(SegmentDigest.day == day)
    missing = select(Segment).where(Segment.id.not_in(there), Segment.id.not_in(sorted(left_out)))
    return db.scalars(missing.order_by(Segment.id).limit(1)).first()


def take(db: Session, segment: Segment, now: datetime) -> SegmentDigest:
    """The segment's digest of this moment, not kept yet."""
    if db.get_bind().dialect.name == "postgresql":
        db.execute(text(f"SET LOCAL statement_timeout = {LIMIT_MS}"))
    rule = parse(segment.rule)
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
    # the lock keeps the segment from being removed before the row that names it is there, and two beats apart
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
    """The same for rules that say the same in the same words."""
    said = json.dumps(to_json(rule), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()
