"""The last result of an exam: kept until somebody asks anew, or it is another question."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from campaign.models import ConsentPurpose, Segment, SegmentExam, Sender
from campaign.segments.bound import rule_of
from campaign.segments.exam import settings
from campaign.segments.exam.digest import rule_hash
from campaign.segments.exam.resting import rests

# an exam asks some twenty questions where a count asks four: each may take longer
EXAM_TIMES = 4
Key = tuple[int, int, str]


def key(segment: Segment, sender: Sender | None, purpose: ConsentPurpose) -> Key:
    return segment.id, sender.id if sender else 0, purpose.value


def fingerprint(db: Session, segment: Segment, now: datetime) -> str:
    """Of the rule, of when it was saved, of what it asks of the house, and of the house's sizes and costs."""
    rule = rule_of(db, segment)
    rests_on = [one.to_json() for one in rests(db, segment, rule, now)]
    saved = segment.updated_at.isoformat()
    asked = json.dumps([rule_hash(rule), saved, rests_on, asdict(settings.read(db))], sort_keys=True)
    return hashlib.sha256(asked.encode()).hexdigest()


def find(db: Session, key: Key) -> SegmentExam | None:
    """The last result, of whatever rule."""
    return db.get(SegmentExam, key)


def keep(db: Session, key: Key, mark: str, said: dict[str, Any], now: datetime) -> None:
    """In place of the one before; nothing when the segment is gone meanwhile."""
    # the lock keeps the segment there until the row that names it is, and two writers apart
    if db.get(Segment, key[0], with_for_update=True) is None:
        return
    row = db.get(SegmentExam, key)
    if row is None:
        segment_id, sender_id, purpose = key
        row = SegmentExam(segment_id=segment_id, sender_id=sender_id, purpose=purpose)
        db.add(row)
    row.at, row.fingerprint, row.said = now, mark, said
    db.flush()
