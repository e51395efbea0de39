"""What imports hold of a person beside their profile: rows that were refused, the first rows of a preview,
the uploaded file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from campaign.contacts.addresses import phone_key
from campaign.models import (
    Contact,
    ContactFact,
    ContactImport,
    ImportRefusal,
    ImportTouch,
    Order,
    OrderTouch,
)

ROWS_AT_ONCE = 2_000
# a shorter cell is no telephone number, and most cells are shorter
LEAST_PHONE = 8
# what an address may not go on with: `an@example.com` stands neither in `lan@example.com` nor in
# `an@example.com.vn`
_BEFORE, _BEHIND = r"(?<![\w.+%-])", r"(?![\w-]|\.\w)"


def refused(db: Session, contact: Contact) -> Iterator[ImportRefusal]:
    """Refused rows with an e-mail address or telephone number in whatever writing that the person has or
    had."""
    emails, phones = _had(db, contact)
    if not emails and not phones:
        return
    any_email = re.compile(f"{_BEFORE}({'|'.join(map(re.escape, sorted(emails)))}){_BEHIND}")

    def names(cell: str) -> bool:
        if emails and "@" in cell and any_email.search(cell.lower()):
            return True
        return bool(phones) and len(cell) >= LEAST_PHONE and phone_key(cell) in phones

    rows = select(ImportRefusal).order_by(ImportRefusal.import_id, ImportRefusal.row)
    for row in db.scalars(rows.execution_options(yield_per=ROWS_AT_ONCE)):
        if any(names(str(cell)) for cell in row.cells):
            yield row


def _had(db: Session, contact: Contact) -> tuple[set[str], set[str]]:
    """The keys of the person's e-mail addresses and telephone numbers, those of before as well."""
    emails, phones = {contact.email_key}, {contact.phone_key}
    former = select(ContactFact.field, ContactFact.old, ContactFact.new).where(
        ContactFact.contact_id == contact.id, ContactFact.field.in_(("email", "phone"))
    )
    for field, *texts in db.execute(former):
        if field == "email":
            emails.update(text.lower() for text in texts)
        else:
            phones.update(phone_key(text) for text in texts)
    return emails - {""}, phones - {""}


def forget(db: Session, contact: Contact) -> None:
    """Delete those rows, and previews and files of the imports that brought something of the person or an
    order of theirs: the files go with the next clearing (`campaign.care.retention`), once this is committed.
    Before the profile is emptied. A file that was never taken in is not searched; it goes by the rule for
    uploads."""
    found = [(row.import_id, row.row) for row in refused(db, contact)]
    for import_id, row in found:
        db.execute(
            delete(ImportRefusal).where(ImportRefusal.import_id == import_id, ImportRefusal.row == row)
        )
    touched = select(ImportTouch.import_id).where(ImportTouch.contact_id == contact.id)
    bought = select(OrderTouch.import_id).join(Order, Order.id == OrderTouch.order_id)
    held = ContactImport.id.in_(touched) | ContactImport.id.in_({import_id for import_id, _ in found})
    held |= ContactImport.id.in_(bought.where(Order.contact_id == contact.id))
    has_file = ContactImport.file_key != ""
    db.execute(update(ContactImport).where(held, has_file).values(file_forgotten=True, preview=[]))
