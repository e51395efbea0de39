"""Saved segments: make, change, remove; what rows are called in their sentences."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaign import audit
from campaign.contacts.names import clean
from campaign.errors import InvalidInput, Refused
from campaign.models import Account, Campaign, ContactImport, CustomField, Segment, Sender
from campaign.segments import bound
from campaign.segments.rule import Rule, to_json
from campaign.segments.wording import Names

NAME_LIMIT = 120
DESCRIPTION_LIMIT = 1000


def save(
    db: Session,
    segment: Segment | None,
    *,
    name: str,
    description: str,
    rule: Rule,
    account: Account,
    now: datetime,
) -> Segment:
    """Make a segment, or change the given one. A frozen audience does not follow."""
    name = _checked_name(db, segment, name)
    description = clean(description)
    if len(description) > DESCRIPTION_LIMIT:
        raise InvalidInput("segments-error-long", field="description", limit=DESCRIPTION_LIMIT)
    bound.bind(db, rule, segment.id if segment else None)  # what it names is there, and it is not in itself
    if segment is None:
        segment = Segment(account_id=account.id, created_at=now)
        db.add(segment)
    segment.name, segment.description, segment.rule, segment.updated_at = (
        name,
        description,
        to_json(rule),
        now,
    )
    db.flush()
    audit.record(db, account, "save", "segment", segment.id, now, name=name, rule=segment.rule)
    return segment


def remove(db: Session, segment: Segment, *, account: Account, now: datetime) -> None:
    """Forget the segment; Refused while a campaign uses it or another segment asks it."""
    used = db.scalar(select(func.count()).select_from(Campaign).where(Campaign.segment_id == segment.id))
    if used:
        raise Refused("segments-error-used", campaigns=used)
    if users := bound.users_of(db, segment.id):
        names = ", ".join(f"“{one.name}”" for one in users)
        raise Refused("segments-error-asked-by", segments=len(users), names=names)
    audit.record(db, account, "remove", "segment", segment.id, now, name=segment.name)
    db.delete(segment)
    db.flush()


def names_for(db: Session, day: date | None = None) -> Names:
    """What a rule may name is called now; `day` is the day on which it is asked, to explain relative days."""
    return Names(
        day=day,
        segments=_called(db, Segment.id, Segment.name),
        campaigns=_called(db, Campaign.id, Campaign.name),
        imports=_called(db, ContactImport.id, ContactImport.file_name),
        senders={sender.id: sender.name for sender in db.scalars(select(Sender))},
        owners=_called(db, Account.id, Account.name),
        custom={field.key: field.label for field in db.scalars(select(CustomField))},
    )


def _called(db: Session, number: Any, name: Any) -> dict[int, str]:
    return {row[0]: row[1] for row in db.execute(select(number, name))}


def _checked_name(db: Session, segment: Segment | None, name: str) -> str:
    name = clean(name)
    if not name:
        raise InvalidInput("segments-error-no-name", field="name")
    if len(name) > NAME_LIMIT:
        raise InvalidInput("segments-error-long", field="name", limit=NAME_LIMIT)
    known = db.scalar(select(Segment.id).where(Segment.name == name))
    if known is not None and (segment is None or known != segment.id):
        raise InvalidInput("segments-error-name-taken", field="name", name=name)
    return name
