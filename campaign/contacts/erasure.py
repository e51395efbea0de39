"""Emptying a profile: the row stays, for its id is used elsewhere, and nothing in it tells who it was."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from campaign.contacts import erased, facts, profile
from campaign.errors import Refused
from campaign.models import (
    BirthCalendar,
    Contact,
    ContactFact,
    ContactKind,
    ContactNote,
    Hold,
    LeavingReason,
    MailRhythm,
    OptIn,
    ProposalAnswer,
    RelationshipLevel,
)

# what `facts` does not list as text, or where empty is another word
_EMPTY: dict[str, object] = {
    "email": "",
    "phone": "",
    "postal_code": "",
    "note": "",
    "country": "VN",
    "language": "vi",
    "time_zone": "Asia/Ho_Chi_Minh",
    "birth_year": None,
    "birth_month": None,
    "birth_day": None,
    "birth_calendar": BirthCalendar.SOLAR,
    "founded_on": None,
    "organisation_id": None,
    "owner_id": None,
    "traits": {},
    "satisfaction": None,
    "satisfaction_said": "",
    "satisfaction_on": None,
    "relationship_level": RelationshipLevel.UNKNOWN,
    "leaving_reason": LeavingReason.UNKNOWN,
    "left_on": None,
    "died_on": None,
}


def empty(db: Session, contact: Contact, now: datetime) -> None:
    """Kept are the code and a keyed hash of each address, so that no file brings the person back to life,
    orders, and the ledger of consents, which is our proof. Refused when it was done before."""
    if contact.erased_at is not None:
        raise Refused("contacts-error-erased")
    erased.remember(db, contact, now)
    for column in {*facts.TEXT_FIELDS, "full_name"} - {"code"}:
        setattr(contact, column, "")
    for column, value in _EMPTY.items():
        setattr(contact, column, value)
    contact.organisation = None
    contact.tag_rows = []
    contact.custom = {}
    contact.erased_at = contact.updated_at = now
    profile.refresh_keys(contact)
    contact.letter_key = contact.place_key = ""
    if contact.kind is ContactKind.ORGANISATION:
        for person in contact.contact_persons:
            profile.refresh_keys(person)  # they were found by its name
    db.execute(update(ContactFact).where(ContactFact.contact_id == contact.id).values(old="", new=""))
    said = update(ProposalAnswer).where(ProposalAnswer.contact_id == contact.id)
    db.execute(said.values(evidence={}, before={}, after={}))
    theirs = OptIn.contact_id == contact.id
    db.execute(update(OptIn).where(theirs).values(email="", email_key="", full_name=""))
    db.execute(delete(MailRhythm).where(MailRhythm.contact_id == contact.id))
    db.execute(update(Hold).where(Hold.contact_id == contact.id).values(note=""))
    db.execute(update(ContactNote).where(ContactNote.contact_id == contact.id).values(text=""))
    db.flush()
