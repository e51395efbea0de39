"""Contacts of a file into the tables: new ones created, known ones changed, the same file twice nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.contacts import profile, suppression
from campaign.contacts.batch import Batch
from campaign.contacts.codes import Codes
from campaign.contacts.csv_import import cells, consents, mapping
from campaign.contacts.csv_import.matching import Index
from campaign.contacts.csv_import.outcome import (
    CHANGED,
    CREATED,
    UNCHANGED,
    Outcome,
    Progress,
    cells_by_field,
)
from campaign.contacts.csv_import.reading import Row, Table
from campaign.contacts.names import clean, search_key
from campaign.errors import InvalidInput
from campaign.models import Account, Channel, Contact, ContactKind, ImportKind, SuppressionReason

CHUNK = 500
# a no of the person's own; a bounce says only that the address was wrong
OWN_WILL = (SuppressionReason.UNSUBSCRIBED, SuppressionReason.COMPLAINED, SuppressionReason.REQUESTED)


@dataclass(frozen=True)
class Plan:
    """How to read a file: what its columns mean, where it comes from, and the consent that came with it."""

    mapping: Mapping[str, str]
    source: str
    consent: consents.Collected | None = None


def run(
    db: Session,
    table: Table,
    plan: Plan,
    *,
    now: datetime,
    account: Account | None = None,
    progress: Progress = lambda done: None,
) -> Outcome:
    """Take in all rows; who is refused is in the outcome with the reason."""
    mapping.check(dict(plan.mapping), table.headings, ImportKind.CONTACTS, profile.custom_keys(db))
    taker = _Taker(db, table, plan, now, account)
    for start in range(0, len(table.rows), CHUNK):
        chunk = table.rows[start : start + CHUNK]
        taker.take(chunk)
        progress(len(chunk))
    return taker.outcome


class _Taker:
    """Takes in one chunk of rows after the other; profiles of a chunk are written together."""

    def __init__(self, db: Session, table: Table, plan: Plan, now: datetime, account: Account | None) -> None:
        self._db, self._table, self._plan = db, table, plan
        self._by: dict[str, Any] = {"source": plan.source, "now": now, "account": account}
        self._batch = Batch(Codes(db, _codes(table, plan)))
        self._houses = _Organisations(db, self._by)
        self._touched: set[Contact] = set()
        self.outcome = Outcome()

    def take(self, rows: Sequence[Row]) -> None:
        """One chunk."""
        read = list(self._read(rows))
        index = Index(self._db, [facts for _, _, facts in read])
        done: list[tuple[Row, str, Contact]] = []
        agreed: list[Contact] = []
        for row, given, facts in read:
            try:
                became, contact = self._take(given, facts, index)
            except InvalidInput as error:
                self.outcome.refuse(row, error)
                continue
            done.append((row, became, contact))
            if cells.agreed(given):
                agreed.append(contact)
        self._write()
        self.outcome.done += [(row, became, contact.id) for row, became, contact in done]
        self.outcome.counts += Counter(became for _, became, _ in done)
        self.outcome.counts["rows"] += len(rows)
        if self._plan.consent is not None:
            written, silent = consents.record(self._db, agreed, self._plan.consent, self._plan.source)
            self.outcome.counts += Counter(consents=written, kept_silent=silent)

    def _read(self, rows: Sequence[Row]) -> Iterator[tuple[Row, dict[str, str], dict[str, Any]]]:
        for row in rows:
            try:
                given = cells_by_field(self._table, self._plan.mapping, row)
                facts = cells.contact_facts(given)
                if "full_name" not in facts:
                    raise InvalidInput("contacts-error-no-name", field="full_name")
            except InvalidInput as error:
                self.outcome.refuse(row, error)
            else:
                yield row, given, facts

    def _take(self, given: Mapping[str, str], facts: dict[str, Any], index: Index) -> tuple[str, Contact]:
        contact = index.find(facts)
        if organisation := given.get("organisation", "").strip():
            facts["organisation_id"] = self._houses.named(organisation).id
        if contact is None:
            contact = profile.create(self._db, facts, **self._by, batch=self._batch)
            became = CREATED
        else:
            became = CHANGED if self._change(contact, facts) else UNCHANGED
        if became != UNCHANGED:
            self._touched.add(contact)
        index.add(contact)
        return became, contact

    def _change(self, contact: Contact, facts: dict[str, Any]) -> bool:
        if contact in self._touched:
            self._write()  # a change that is refused goes back to what is written
        if "tags" in facts:  # a file adds tags; it does not know the others
            facts["tags"] = {*contact.tags, *facts["tags"]}
        before = contact.email_key
        changed = profile.change(self._db, contact, facts, **self._by, batch=self._batch)
        if contact.email_key != before:
            _carry_refusal(self._db, before, contact, self._by["source"], self._by["now"])
        return bool(changed)

    def _write(self) -> None:
        self._batch.flush(self._db, **self._by)
        self._touched.clear()


def _codes(table: Table, plan: Plan) -> set[str]:
    """The codes that the file brings along: ours must not run into them."""
    place = next(
        (at for at, heading in enumerate(table.headings) if plan.mapping.get(heading) == "code"), None
    )
    return set() if place is None else {clean(row.cells[place]) for row in table.rows}


def _carry_refusal(db: Session, old_key: str, contact: Contact, source: str, now: datetime) -> None:
    """Who said no at the old address has said no: a file with a newer address does not undo it."""
    entry = suppression.find(db, Channel.EMAIL, old_key) if old_key else None
    if entry is not None and entry.reason in OWN_WILL and contact.email_key:
        suppression.suppress(db, Channel.EMAIL, contact.email_key, entry.reason, source=source, now=now)


class _Organisations:
    """Organisations named in a column of their people: found by code or name, else created."""

    def __init__(self, db: Session, by: Mapping[str, Any]) -> None:
        self._db, self._by = db, by
        self._known: dict[str, Contact] = {}

    def named(self, name: str) -> Contact:
        key = search_key(name)
        if key not in self._known:
            self._known[key] = self._find(name, key) or profile.create(
                self._db, {"full_name": name, "kind": ContactKind.ORGANISATION}, **self._by
            )
        return self._known[key]

    def _find(self, name: str, key: str) -> Contact | None:
        return self._db.scalar(
            select(Contact)
            .where(
                Contact.kind == ContactKind.ORGANISATION,
                Contact.erased_at.is_(None),
                (Contact.name_key == key) | (Contact.code == name),
            )
            .order_by(Contact.id)
            .limit(1)
        )
