"""What pages say of somebody whose data were erased."""

from __future__ import annotations

from sqlalchemy.orm import Session

from campaign.contacts.erased import remembered
from campaign.models import Contact
from campaign.web import formats
from campaign.web.language import t


def words(db: Session, contact: Contact) -> str:
    """One sentence with the day; empty for everybody else."""
    if contact.erased_at is None:
        return ""
    # whoever left with an import that was taken back has no hash: the right file may bring them again
    key = "gone-erased" if remembered(db, contact.id) else "gone-with-import"
    return t(key, day=formats.day(contact.erased_at))
