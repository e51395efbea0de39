"""What there is about a person, by kind: rows as plain values, read a few at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import Table, or_, select
from sqlalchemy.orm import Session

from campaign.contacts import in_charge, suppression
from campaign.contacts.csv_import import forget
from campaign.models import (
    Account,
    AudienceMember,
    AuditEntry,
    Base,
    Channel,
    Consent,
    Contact,
    ContactFact,
    ContactImport,
    ContactNote,
    CustomField,
    Delivery,
    Event,
    Greeting,
    Hold,
    ImportTouch,
    Link,
    Mailing,
    Message,
    Order,
    OrderStatistics,
    ProposalAnswer,
    Reply,
    Sender,
    Suppression,
)

Row = dict[str, Any]
# how facts name the import that they came with
_IMPORT = re.compile(r"import:(\d{1,18})\b")
ROWS_AT_ONCE = 500

# columns that are numbers of ours, keys derived from facts that are told, or how our programs work
OURS = frozenset(
    {
        "id", "contact_id", "sender_id", "account_id", "owner_id", "organisation_id", "mailing_id",
        "message_id", "audience_member_id", "audience_id", "variant_id", "delivery_id", "link_id",
        "inbound_mail_id", "answer_mailing_id", "assigned_to", "print_run_id", "import_id", "batch_id",
        "name_key", "province_key", "search_words",
        "email_key", "letter_key", "place_key", "phone_key", "address_key", "fence", "lease_owner",
        "lease_until", "next_attempt_at", "attempt", "nonce",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Section:
    """`name` is the JSON file and the key of its words; `rows` reads them anew with each call."""

    name: str
    rows: Callable[[], Iterator[Row]]


# tables with rows of a person -> the section that tells them
TOLD = {
    "contact": "profile", "contact_tag": "profile", "contact_fact": "facts", "consent": "consents",
    "suppression": "suppressions", "hold": "holds", "customer_order": "orders",
    "order_statistics": "statistics", "audience_member": "messages", "delivery": "messages",
    "event": "events", "reply": "replies", "greeting": "greetings", "import_touch": "imports",
    "contact_note": "notes", "proposal_answer": "proposals", "audit_entry": "log",
}  # fmt: skip


MORE = "more"
"""The section of every other table that refers to a contact: nothing is left out by being forgotten."""


def untold() -> list[tuple[Table, list[Any]]]:
    """Those tables, with the columns by which they name a person."""
    found = []
    for table in Base.metadata.sorted_tables:
        named = [key.parent for key in table.foreign_keys if key.column.table.name == "contact"]
        if named and table.name not in TOLD:
            found.append((table, sorted(named, key=lambda column: column.name)))
    return found


def of(db: Session, contact: Contact) -> list[Section]:
    """All of them, in the order in which they are read."""
    readers = _Readers(db, contact)
    names = [*dict.fromkeys(TOLD.values()), MORE]
    return [Section(name, getattr(readers, name)) for name in names]


class _Readers:
    """One method a section."""

    def __init__(self, db: Session, contact: Contact) -> None:
        self._db, self._contact, self._id = db, contact, contact.id

    def profile(self) -> Iterator[Row]:
        contact = self._contact
        labels = {field.key: field.label for field in self._db.scalars(select(CustomField))}
        custom = {labels.get(key, key): value for key, value in contact.custom.items()}
        owner = self._db.get(Account, contact.owner_id) if contact.owner_id else None
        yield _row(contact, "custom") | {
            "tags": contact.tags,
            "custom": custom,
            "organisation": contact.organisation.full_name if contact.organisation else "",
            "person_in_charge": owner.name if owner else "",
        }

    def facts(self) -> Iterator[Row]:
        """Colleagues by their names: their numbers are ours."""
        names = {str(number): name for number, name in self._db.execute(select(Account.id, Account.name))}
        for row in self._rows(ContactFact, ContactFact.at):
            if row["field"] == in_charge.FIELD:
                row |= {side: names.get(row[side], row[side]) for side in ("old", "new")}
            yield row

    def consents(self) -> Iterator[Row]:
        query = select(Consent, Sender.name).join(Sender, Sender.id == Consent.sender_id)
        query = query.where(Consent.contact_id == self._id).order_by(Consent.at, Consent.id)
        for entry, sender in self._db.execute(query.execution_options(yield_per=ROWS_AT_ONCE)):
            yield {"sender": sender, **_row(entry)}

    def suppressions(self) -> Iterator[Row]:
        keys = suppression.keys_of(self._contact)
        for channel in Channel:
            if channel in keys:
                found = select(Suppression).where(
                    Suppression.channel == channel, Suppression.address_key == keys[channel]
                )
                yield from (_row(entry) for entry in self._db.scalars(found))

    def holds(self) -> Iterator[Row]:
        return self._rows(Hold, Hold.starts_at)

    def notes(self) -> Iterator[Row]:
        return self._rows(ContactNote, ContactNote.at)

    def proposals(self) -> Iterator[Row]:
        return self._rows(ProposalAnswer, ProposalAnswer.batch_id)

    def orders(self) -> Iterator[Row]:
        return self._rows(Order, Order.ordered_on)

    def statistics(self) -> Iterator[Row]:
        return self._rows(OrderStatistics, OrderStatistics.currency)

    def greetings(self) -> Iterator[Row]:
        return self._rows(Greeting, Greeting.id)

    def messages(self) -> Iterator[Row]:
        query = (
            select(Delivery, Message.name, Message.kind, AudienceMember.values)
            .join(Mailing, Mailing.id == Delivery.mailing_id)
            .join(Message, Message.id == Mailing.message_id)
            .join(AudienceMember, AudienceMember.id == Delivery.audience_member_id)
            .where(Delivery.contact_id == self._id)
            .order_by(Delivery.id)
        )
        for delivery, name, kind, values in self._db.execute(query.execution_options(yield_per=ROWS_AT_ONCE)):
            words = {"message_number": delivery.id, "message": name, "kind": plain(kind)}
            yield words | _row(delivery) | {"values": values}

    def events(self) -> Iterator[Row]:
        query = (
            select(Event, Link.url)
            .join(Delivery, Delivery.id == Event.delivery_id)
            .outerjoin(Link, Link.id == Event.link_id)
            .where(Delivery.contact_id == self._id)
            .order_by(Event.at, Event.id)
        )
        for event, url in self._db.execute(query.execution_options(yield_per=ROWS_AT_ONCE)):
            yield {"message_number": event.delivery_id, **_row(event), "link": url or ""}

    def replies(self) -> Iterator[Row]:
        theirs = select(Delivery.id).where(Delivery.contact_id == self._id)
        query = select(Reply).where(or_(Reply.contact_id == self._id, Reply.delivery_id.in_(theirs)))
        for reply in self._db.scalars(query.order_by(Reply.id).execution_options(yield_per=ROWS_AT_ONCE)):
            yield {"reply_number": reply.id, "message_number": reply.delivery_id, **_row(reply)}

    def imports(self) -> Iterator[Row]:
        """Files that brought the person, or a fact of theirs; and rows of any file that were refused."""
        touched = select(ImportTouch.import_id).where(ImportTouch.contact_id == self._id)
        ids = set(self._db.scalars(touched))
        sources = select(ContactFact.source).where(ContactFact.contact_id == self._id).distinct()
        ids |= {int(found[1]) for source in self._db.scalars(sources) if (found := _IMPORT.match(source))}
        query = select(ContactImport).where(ContactImport.id.in_(ids))
        for one in self._db.scalars(query.order_by(ContactImport.id)):
            yield {
                "file": one.file_name,
                "at": plain(one.created_at),
                "source": one.options.get("source", ""),
                "sha256": one.sha256,
            }
        for row in forget.refused(self._db, self._contact):
            begun = self._db.get_one(ContactImport, row.import_id)
            yield {"file": begun.file_name, "row": row.row, "refused": row.cells}

    def log(self) -> Iterator[Row]:
        """What was done with the profile; who of us did it is no datum about the person."""
        query = select(AuditEntry).where(AuditEntry.noun == "contact", AuditEntry.noun_id == str(self._id))
        for entry in self._db.scalars(
            query.order_by(AuditEntry.id).execution_options(yield_per=ROWS_AT_ONCE)
        ):
            detail = {key: value for key, value in entry.detail.items() if not key.endswith("_id")}
            yield {"at": plain(entry.at), "action": entry.action, "detail": detail}

    def more(self) -> Iterator[Row]:
        for table, named in untold():
            query = select(table).where(or_(*(column == self._id for column in named)))
            for row in self._db.execute(query.execution_options(yield_per=ROWS_AT_ONCE)).mappings():
                facts = {name: plain(value) for name, value in row.items() if name not in OURS}
                yield {"table": table.name, "facts": facts}

    def _rows(self, table: type[Any], order: Any) -> Iterator[Row]:
        query = select(table).where(table.contact_id == self._id).order_by(order)
        for one in self._db.scalars(query.execution_options(yield_per=ROWS_AT_ONCE)):
            yield _row(one)


def _row(one: Base, *without: str) -> Row:
    """The columns of a row that say something about the person."""
    return {
        column.name: plain(getattr(one, column.name))
        for column in one.__table__.columns
        if column.name not in OURS and column.name not in without
    }


def plain(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, datetime | date) else value
