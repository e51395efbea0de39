"""Writes what a chunk made of people: new rows, changed columns, tags and the history of their facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from campaign.contacts import suppression
from campaign.contacts.csv_import import lookups
from campaign.contacts.csv_import.person import BLANK, INSERTED, Person, row_of
from campaign.contacts.csv_import.silent_places import SilentPlaces
from campaign.contacts.csv_import.writing import Value, insert_rows, new_ids, stamp
from campaign.contacts.search.bulk import adding
from campaign.models import (
    Account,
    Base,
    Channel,
    Consent,
    ConsentAction,
    Contact,
    ContactFact,
    ContactKind,
    ContactTag,
    Suppression,
    SuppressionReason,
)

# a no of the person's own; a bounce says only that the address was wrong
OWN_WILL = (SuppressionReason.UNSUBSCRIBED, SuppressionReason.COMPLAINED, SuppressionReason.REQUESTED)
ID_BLOCK = 2_000
_FACTS = ("contact_id", "field", "old", "new", "source", "account_id", "at")


class Keeper:
    """Collects the people of a chunk and writes them in a few statements."""

    def __init__(self, db: Session, source: str, now: datetime, account: Account | None) -> None:
        self._db, self._source, self._now = db, source, now
        self._account_id = account.id if account else None
        self._stamp = stamp(db, now)
        self.by: dict[str, Any] = {"source": source, "now": now, "account": account}
        self._new: list[Person] = []
        self._changed: dict[int, Person] = {}
        self._ids: list[int] = []
        self._last_id = 0
        self._silent = SilentPlaces(db)
        self._blank = BLANK | {"created_at": self._stamp, "updated_at": self._stamp}

    def blank(self) -> dict[str, Any]:
        """The values of somebody of whom nothing is known."""
        return dict(self._blank)

    def next_id(self) -> int:
        """The id of the next new person."""
        if not self._ids:
            self._ids = new_ids(self._db, ID_BLOCK, self._last_id)[::-1]
        self._last_id = self._ids.pop()
        return self._last_id

    def add(self, person: Person) -> None:
        self._new.append(person)

    def changed(self, person: Person, email_key_before: str) -> None:
        """The person has news, perhaps another e-mail address."""
        if not person.is_new:
            self._changed[person.id] = person
        if email_key_before and person.values["email_key"] != email_key_before:
            new_key = person.values["email_key"]
            leave_address(self._db, person.id, email_key_before, new_key, source=self._source, now=self._now)

    def write(self) -> None:
        """Everything collected so far."""
        self._db.flush()
        self._insert()
        self._update()
        people = [*self._new, *self._changed.values()]
        self._keep_silent(people)
        rows: list[list[Value]] = []
        tags: list[list[Value]] = []
        for person in people:
            tail = (self._source, self._account_id, self._stamp)
            rows += [[person.id, *change, *tail] for change in person.changes]
            tags += [[person.id, tag] for tag in person.tags_added]
            person.changes, person.tags_added, person.is_new, person.dirty = [], [], False, set()
        insert_rows(self._db, ContactFact, _FACTS, rows)
        insert_rows(self._db, ContactTag, ("contact_id", "tag"), tags)
        if self._changed:
            self._db.expire_all()  # what the session holds of them is old
        self._new.clear()
        self._changed.clear()
        if self._db.get_bind().dialect.name == "sqlite":
            self._ids.clear()  # there only the rows themselves keep an id from others

    def never_write_to(self, addresses: Mapping[str, SuppressionReason]) -> int:
        """Suppress e-mail addresses; how many were not yet. The first reason stays."""
        known = lookups.suppressed(self._db, Channel.EMAIL.value, set(addresses))
        rows = [
            {
                "channel": Channel.EMAIL, "address_key": key, "reason": reason, "source": self._source,
                "at": self._now,
            }
            for key, reason in addresses.items()
            if key not in known
        ]  # fmt: skip
        if rows:
            is_sqlite = self._db.get_bind().dialect.name == "sqlite"
            insert = sqlite_insert if is_sqlite else postgresql_insert
            # somebody may click "unsubscribe" at this very moment
            self._db.execute(insert(Suppression).on_conflict_do_nothing(), rows)
        return len(rows)

    def _keep_silent(self, people: Iterable[Person]) -> None:
        """A no to letters holds at the same place in another writing, too."""
        for person in people:
            if "letter_key" in person.dirty and person.values["kind"] is ContactKind.PERSON:
                key = person.values["letter_key"]
                if reason := self._silent.no_at(key, is_new=person.is_new):
                    suppression.suppress(
                        self._db, Channel.LETTER, key, reason, source=self._source, now=self._now
                    )

    def _insert(self) -> None:
        if not self._new:
            return
        ids = [person.id for person in self._new]
        with adding(self._db, min(ids), max(ids)):
            insert_rows(self._db, Contact, INSERTED, [row_of(person) for person in self._new])

    def _update(self) -> None:
        """One statement for all whose same columns changed."""
        by_columns: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
        for person in self._changed.values():
            columns = tuple(sorted(person.dirty))
            values = {name: person.values[name] for name in columns}
            by_columns[columns].append(values | {"updated_at": self._now, "its_id": person.id})
        table = Base.metadata.tables["contact"]
        for columns, rows in by_columns.items():
            given: dict[str, Any] = {name: bindparam(name) for name in (*columns, "updated_at")}
            statement = update(table).where(table.c.id == bindparam("its_id")).values(given)
            self._db.connection().execute(statement, rows)


def leave_address(
    db: Session, contact_id: int, old_key: str, new_key: str, *, source: str, now: datetime
) -> None:
    """A person's e-mail address becomes another one: a no of theirs holds at both.

    Who said no at the old address has said no: a newer one does not undo it. And the old one, which nobody
    may have now, is not free for a file that has somebody else there.
    """
    entry = suppression.find(db, Channel.EMAIL, old_key)
    if entry is not None and entry.reason in OWN_WILL and new_key:
        suppression.suppress(db, Channel.EMAIL, new_key, entry.reason, source=source, now=now)
    withdrawn = select(Consent.id).where(
        Consent.contact_id == contact_id, Consent.action == ConsentAction.WITHDRAWN
    )
    if entry is None and db.scalar(withdrawn.limit(1)) is not None:
        reason = SuppressionReason.UNSUBSCRIBED
        suppression.suppress(db, Channel.EMAIL, old_key, reason, source=source, now=now)
