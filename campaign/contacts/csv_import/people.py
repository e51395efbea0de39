"""Contacts of a file into the tables: new ones created, known ones changed, the same file twice nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.contacts import profile, suppression
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
from campaign.contacts.names import search_key
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
    outcome = Outcome()
    houses = _Organisations(db, plan.source, now, account)
    for chunk in _chunks(table.rows):
        read = list(_read(table, plan, chunk, outcome))
        index = Index(db, [facts for _, _, facts in read])
        taken: list[Contact] = []
        for row, given, facts in read:
            try:
                contact = _take(db, row, given, facts, index, houses, plan, now, account, outcome)
            except InvalidInput as error:
                outcome.refuse(row, error)
                continue
            if cells.agreed(given):
                taken.append(contact)
        if plan.consent is not None:
            written, silent = consents.record(db, taken, plan.consent, plan.source)
            outcome.counts["consents"] += written
            outcome.counts["kept_silent"] += silent
        outcome.counts["rows"] += len(chunk)
        progress(len(chunk))
    return outcome


def _chunks(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    for start in range(0, len(rows), CHUNK):
        yield rows[start : start + CHUNK]


def _read(
    table: Table, plan: Plan, rows: Sequence[Row], outcome: Outcome
) -> Iterator[tuple[Row, dict[str, str], dict[str, Any]]]:
    for row in rows:
        try:
            given = cells_by_field(table, plan.mapping, row)
            facts = cells.contact_facts(given)
            if "full_name" not in facts:
                raise InvalidInput("contacts-error-no-name", field="full_name")
        except InvalidInput as error:
            outcome.refuse(row, error)
        else:
            yield row, given, facts


def _take(
    db: Session,
    row: Row,
    given: Mapping[str, str],
    facts: dict[str, Any],
    index: Index,
    houses: _Organisations,
    plan: Plan,
    now: datetime,
    account: Account | None,
    outcome: Outcome,
) -> Contact:
    contact = index.find(facts)
    if organisation := given.get("organisation", "").strip():
        facts["organisation_id"] = houses.named(organisation).id
    if contact is None:
        contact = profile.create(db, facts, source=plan.source, now=now, account=account)
        became = CREATED
    else:
        if "tags" in facts:  # a file adds tags; it does not know the others
            facts["tags"] = {*contact.tags, *facts["tags"]}
        before = contact.email_key
        changed = profile.change(db, contact, facts, source=plan.source, now=now, account=account)
        if contact.email_key != before:
            _carry_refusal(db, before, contact, plan.source, now)
        became = CHANGED if changed else UNCHANGED
    index.add(contact)
    outcome.counts[became] += 1
    outcome.done.append((row, became, contact.id))
    return contact


def _carry_refusal(db: Session, old_key: str, contact: Contact, source: str, now: datetime) -> None:
    """Who said no at the old address has said no: a file with a newer address does not undo it."""
    entry = suppression.find(db, Channel.EMAIL, old_key) if old_key else None
    if entry is not None and entry.reason in OWN_WILL and contact.email_key:
        suppression.suppress(db, Channel.EMAIL, contact.email_key, entry.reason, source=source, now=now)


class _Organisations:
    """Organisations named in a column of their people: found by code or name, else created."""

    def __init__(self, db: Session, source: str, now: datetime, account: Account | None) -> None:
        self._db, self._source, self._now, self._account = db, source, now, account
        self._known: dict[str, Contact] = {}

    def named(self, name: str) -> Contact:
        key = search_key(name)
        if key not in self._known:
            self._known[key] = self._find(name, key) or profile.create(
                self._db,
                {"full_name": name, "kind": ContactKind.ORGANISATION},
                source=self._source, now=self._now, account=self._account,
            )  # fmt: skip
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
