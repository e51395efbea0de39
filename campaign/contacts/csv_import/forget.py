"""What imports hold of a person beside their profile: rows that were refused, the first rows of a preview,
the uploaded file."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from campaign.contacts.addresses import phone_key
from campaign.models import Contact, ContactImport, ImportRefusal, ImportTouch

ROWS_AT_ONCE = 2_000
# a shorter cell is no telephone number, and most cells are shorter
LEAST_PHONE = 8


def refused(db: Session, contact: Contact) -> Iterator[ImportRefusal]:
    """Refused rows with the person's e-mail address or telephone number in whatever writing."""
    if not contact.email_key and not contact.phone_key:
        return
    rows = select(ImportRefusal).order_by(ImportRefusal.import_id, ImportRefusal.row)
    for row in db.scalars(rows.execution_options(yield_per=ROWS_AT_ONCE)):
        if any(_names(str(cell), contact) for cell in row.cells):
            yield row


def _names(cell: str, contact: Contact) -> bool:
    if contact.email_key and contact.email_key in cell.casefold():
        return True
    return bool(contact.phone_key) and len(cell) >= LEAST_PHONE and phone_key(cell) == contact.phone_key


def forget(db: Session, contact: Contact) -> None:
    """Delete those rows, and previews and files of the imports that brought something of the person: the
    files go with the next clearing (`campaign.care.retention`), once this is committed. Before the profile is
    emptied. A file that was never taken in is not searched; it goes by the rule for uploads."""
    found = [(row.import_id, row.row) for row in refused(db, contact)]
    for import_id, row in found:
        db.execute(
            delete(ImportRefusal).where(ImportRefusal.import_id == import_id, ImportRefusal.row == row)
        )
    touched = select(ImportTouch.import_id).where(ImportTouch.contact_id == contact.id)
    held = ContactImport.id.in_(touched) | ContactImport.id.in_({import_id for import_id, _ in found})
    has_file = ContactImport.file_key != ""
    db.execute(update(ContactImport).where(held, has_file).values(file_forgotten=True, preview=[]))
