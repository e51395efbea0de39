"""Writes what a chunk made of people: new rows, changed columns, tags and the history of their facts."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, update
from sqlalchemy.orm import Session

from campaign.contacts import suppression
from campaign.contacts.csv_import.person import BLANK, INSERTED, Person, row_of
from campaign.contacts.csv_import.writing import Value, insert_rows, new_ids, stamp
from campaign.models import Account, Base, Channel, Contact, ContactFact, ContactTag, SuppressionReason

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
        self._blank = BLANK | {"created_at": self._stamp, "updated_at": self._stamp}

    def blank(self) -> dict[str, Any]:
        """The values of somebody of whom nothing is known."""
        return dict(self._blank)

    def next_id(self) -> int:
        """The id of the next new person."""
        if not self._ids:
            self._ids = new_ids(self._db, ID_BLOCK)[::-1]
        return self._ids.pop()

    def add(self, person: Person) -> None:
        self._new.append(person)

    def changed(self, person: Person, email_key_before: str) -> None:
        """The person has news. Who said no at an old address has said no: a newer one does not undo it."""
        if not person.is_new:
            self._changed[person.id] = person
        if email_key_before and person.values["email_key"] != email_key_before:
            self._carry_refusal(email_key_before, person.values["email_key"])

    def write(self) -> None:
        """Everything collected so far."""
        self._db.flush()
        self._insert()
        self._update()
        people = [*self._new, *self._changed.values()]
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

    def _insert(self) -> None:
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

    def _carry_refusal(self, old_key: str, new_key: str) -> None:
        entry = suppression.find(self._db, Channel.EMAIL, old_key)
        if entry is not None and entry.reason in OWN_WILL and new_key:
            suppression.suppress(
                self._db, Channel.EMAIL, new_key, entry.reason, source=self._source, now=self._now
            )
