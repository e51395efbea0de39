"""Notes about a contact: dated, signed, added and never changed. No letter holds a word of them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from campaign.contacts.names import clean
from campaign.errors import InvalidInput
from campaign.models import Account, Contact, ContactNote

LIMIT = 5000


def add(
    db: Session, contact: Contact, text: str, *, now: datetime, account: Account | None = None
) -> ContactNote:
    """Write something down; InvalidInput when it is empty or too long, or the profile was erased."""
    if contact.erased_at is not None:
        raise InvalidInput("contacts-error-erased")
    said = "\n".join(clean(line) for line in text.splitlines()).strip()
    if not said:
        raise InvalidInput("profile-error-no-note", field="text")
    if len(said) > LIMIT:
        raise InvalidInput("contacts-error-too-long", field="text", limit=LIMIT)
    note = ContactNote(contact_id=contact.id, text=said, account_id=account.id if account else None, at=now)
    db.add(note)
    db.flush()
    return note
