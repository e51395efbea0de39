"""What was agreed, held, noted and changed, in the time line."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaign.contacts.history import says_something
from campaign.models import Consent, ContactFact, ContactNote, Hold
from campaign.report.timeline.entry import Asked, Entry, Kind


def consents(db: Session, asked: Asked) -> list[Entry]:
    rows = (
        select(Consent)
        .where(Consent.contact_id == asked.contact_id, asked.behind(Consent.at, Consent.id))
        .order_by(Consent.at.desc(), Consent.id.desc())
        .limit(asked.limit)
    )
    return [
        Entry(
            place=asked.place(consent.at, consent.id),
            kind=Kind(f"consent-{consent.action.value}"),
            channel=consent.channel,
            text=consent.wording,
            detail={"purpose": consent.purpose.value, "source": consent.source},
        )
        for consent in db.scalars(rows)
    ]


def holds_placed(db: Session, asked: Asked) -> list[Entry]:
    rows = (
        select(Hold)
        .where(Hold.contact_id == asked.contact_id, asked.behind(Hold.starts_at, Hold.id))
        .order_by(Hold.starts_at.desc(), Hold.id.desc())
        .limit(asked.limit)
    )
    return [_held(asked, hold, hold.starts_at, Kind.HELD) for hold in db.scalars(rows)]


def holds_ended(db: Session, asked: Asked) -> list[Entry]:
    """Those that were lifted or ran out."""
    rows = (
        select(Hold)
        .where(
            Hold.contact_id == asked.contact_id,
            Hold.ends_at <= asked.now,
            asked.behind(Hold.ends_at, Hold.id),
        )
        .order_by(Hold.ends_at.desc(), Hold.id.desc())
        .limit(asked.limit)
    )
    return [_held(asked, hold, hold.ends_at, Kind.HOLD_ENDED) for hold in db.scalars(rows) if hold.ends_at]


def _held(asked: Asked, hold: Hold, at: datetime, kind: Kind) -> Entry:
    return Entry(
        place=asked.place(at, hold.id),
        kind=kind,
        text=hold.note if kind is Kind.HELD else "",
        account_id=hold.account_id,
        detail={"reason": hold.reason.value},
    )


def notes(db: Session, asked: Asked) -> list[Entry]:
    rows = (
        select(ContactNote)
        .where(
            ContactNote.contact_id == asked.contact_id,
            ContactNote.text != "",  # those of an erased person have no words
            asked.behind(ContactNote.at, ContactNote.id),
        )
        .order_by(ContactNote.at.desc(), ContactNote.id.desc())
        .limit(asked.limit)
    )
    return [
        Entry(
            place=asked.place(note.at, note.id), kind=Kind.NOTED, text=note.text, account_id=note.account_id
        )
        for note in db.scalars(rows)
    ]


def changes(db: Session, asked: Asked) -> list[Entry]:
    """What was written in one go is one line: a form, a row of a file."""
    mine = (ContactFact.contact_id == asked.contact_id) & says_something()
    if not asked.with_notes:
        mine &= ContactFact.field != "note"
    at, number = ContactFact.at, func.min(ContactFact.id)
    groups = (
        select(at, ContactFact.source, ContactFact.account_id, number)
        .where(mine)
        .group_by(at, ContactFact.source, ContactFact.account_id)
        .having(asked.behind(at, number))
        .order_by(at.desc(), number.desc())
        .limit(asked.limit)
    )
    found = db.execute(groups).all()
    if not found:
        return []
    oldest, newest = found[-1][0], found[0][0]
    of: defaultdict[tuple[datetime, str, int | None], list[ContactFact]] = defaultdict(list)
    for fact in db.scalars(
        select(ContactFact).where(mine, at.between(oldest, newest)).order_by(ContactFact.id)
    ):
        of[(fact.at, fact.source, fact.account_id)].append(fact)
    return [
        Entry(
            place=asked.place(moment, first),
            kind=Kind.CHANGED,
            account_id=account_id,
            times=len(of[(moment, source, account_id)]),
            detail={
                "source": source,
                "changes": [(fact.field, fact.old, fact.new) for fact in of[(moment, source, account_id)]],
            },
        )
        for moment, source, account_id, first in found
    ]
