"""The dated history of a profile's facts: who wrote what, when, from where. Nothing in it is ever changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, insert, or_, select
from sqlalchemy.orm import Session

from campaign.contacts.batch import Change, fact_rows
from campaign.contacts.names import clean
from campaign.errors import InvalidInput
from campaign.models import Account, Contact, ContactFact

SOURCE_LIMIT = 200
# a card shows where its facts come from; of somebody who was changed more often than this only the newest
CARD_LIMIT = 400


def write(
    db: Session,
    contact: Contact,
    changes: Sequence[Change],
    *,
    source: str,
    now: datetime,
    account: Account | None = None,
) -> None:
    """Keep what was changed on the row; InvalidInput for an erased profile."""
    if contact.erased_at is not None:
        raise InvalidInput("contacts-error-erased")
    if not changes:
        return
    contact.updated_at = now
    db.flush()
    db.execute(insert(ContactFact), fact_rows(contact, changes, source, now, account))


def said_by(source: str) -> str:
    """Where a fact comes from, as somebody typed it; InvalidInput when they did not."""
    said = clean(source)[:SOURCE_LIMIT]
    if not said:
        raise InvalidInput("profile-error-no-source", field="source")
    return said


def says_something() -> ColumnElement[bool]:
    """The condition that a change still has words; those of an erased person have none."""
    return or_(ContactFact.old != "", ContactFact.new != "")


def of_contact(db: Session, contact: Contact) -> dict[str, list[ContactFact]]:
    """The newest changes by field, each field's newest first."""
    newest = (
        select(ContactFact)
        .where(ContactFact.contact_id == contact.id, says_something())
        .order_by(ContactFact.at.desc(), ContactFact.id.desc())
        .limit(CARD_LIMIT)
    )
    found: dict[str, list[ContactFact]] = defaultdict(list)
    for fact in db.scalars(newest):
        found[fact.field].append(fact)
    return dict(found)
