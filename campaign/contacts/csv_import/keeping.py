"""Writes what a chunk made of people: new rows, changed columns, tags and the history of their facts."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from campaign.contacts import carried, suppression
from campaign.contacts.carried import Reached
from campaign.contacts.csv_import import lookups
from campaign.contacts.csv_import.person import BLANK, INSERTED, Person, row_of
from campaign.contacts.csv_import.silent_places import SilentPlaces
from campaign.contacts.csv_import.writing import Value, insert_rows, new_ids, stamp
from campaign.contacts.search.bulk import adding
from campaign.db import texts
from campaign.models import (
    Account,
    Base,
    Channel,
    Contact,
    ContactFact,
    ContactTag,
    Suppression,
    SuppressionReason,
)

ID_BLOCK = 2_000
_FACTS = ("contact_id", "field", "old", "new", "source", "account_id", "at")


class Keeper:
    """Collects the people of a chunk and writes them in a few statements."""

    def __init__(self, db: Session, source: str, now: datetime, account: Account | None) -> None:
        self._db, self._source, self.now = db, source, now
        self._account_id = account.id if account else None
        self._stamp = stamp(db, now)
        self.by: dict[str, Any] = {"source": source, "now": now, "account": account}
        self._new: list[Person] = []
        self._changed: dict[int, Person] = {}
        self._ids: list[int] = []
        self._last_id = 0
        self._silent = SilentPlaces(db)
        self._blank = BLANK | {"created_at": self._stamp, "updated_at": self._stamp}

    def refresh(self) -> None:
        """Others may have said no meanwhile; once a chunk."""
        self._silent.refresh()

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

    def changed(self, person: Person, before: Reached) -> None:
        """The person has news, perhaps another address."""
        if not person.is_new:
            self._changed[person.id] = person
        email = person.values["email_key"]
        if email != before.email:
            by: dict[str, Any] = {"source": self._source, "now": self.now}
            carried.leave(self._db, person.id, Channel.EMAIL, before.email, email, **by)
            if not person.is_new:
                carried.take_over(self._db, person.id, Channel.EMAIL, email, **by)
        if (place := person.values["place_key"]) != before.place:
            self._silent.lives_at(person.id, place)
            if before.place:
                self._leave(person, before.place)

    def _leave(self, person: Person, place: str) -> None:
        """A no to letters goes along, and holds where they lived."""
        if reason := self._silent.own_will_at(place):
            if new := person.values["place_key"]:
                self._close(new, reason)
        elif self._silent.withdrew(person.id):
            self._close(place, SuppressionReason.UNSUBSCRIBED)

    def _close(self, place: str, reason: SuppressionReason) -> None:
        suppression.suppress(self._db, Channel.LETTER, place, reason, source=self._source, now=self.now)
        self._silent.close(place, reason)

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

    def never_write_to(self, addresses: Mapping[str, Sequence[SuppressionReason]]) -> int:
        """Suppress e-mail addresses, each for one reason or more; how many were not yet."""
        known = lookups.suppressed(self._db, Channel.EMAIL.value, set(addresses))
        rows = [
            {
                "channel": Channel.EMAIL, "address_key": key, "reason": suppression.strongest(reasons),
                "source": self._source, "at": self.now,
                "also_dead": suppression.are_mixed(reasons),
            }
            for key, reasons in addresses.items()
            if key not in known
        ]  # fmt: skip
        if rows:
            is_sqlite = self._db.get_bind().dialect.name == "sqlite"
            insert = sqlite_insert if is_sqlite else postgresql_insert
            # somebody may click "unsubscribe" at this very moment
            self._db.execute(insert(Suppression).on_conflict_do_nothing(), rows)
        self._add_reasons({key: addresses[key] for key in known})
        return len(rows)

    def _add_reasons(self, addresses: Mapping[str, Sequence[SuppressionReason]]) -> None:
        """To entries that stand there; mostly they say so already."""
        if not addresses:
            return
        given = texts(self._db.get_bind().dialect.name, "keys")
        entries = select(Suppression).join(given, given.c.text == Suppression.address_key)
        entries = entries.where(Suppression.channel == Channel.EMAIL)
        by: dict[str, Any] = {"source": self._source, "now": self.now}
        for entry in list(self._db.scalars(entries, {"keys": json.dumps(list(addresses))})):
            for reason in addresses[entry.address_key]:
                if suppression.adds(entry, reason):
                    suppression.suppress(self._db, Channel.EMAIL, entry.address_key, reason, **by)

    def _keep_silent(self, people: Iterable[Person]) -> None:
        """A no to letters holds for whoever is the same person at the same place."""
        for person in people:
            key = person.values["place_key"]
            if "place_key" in person.dirty and key:
                if reason := self._silent.no_at(key):
                    self._close(key, reason)
                if refused := self._silent.refused_at(key):
                    carried.write_refusals(self._db, person.id, refused, source=self._source, now=self.now)

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
            by_columns[columns].append(values | {"updated_at": self.now, "its_id": person.id})
        table = Base.metadata.tables["contact"]
        for columns, rows in by_columns.items():
            given: dict[str, Any] = {name: bindparam(name) for name in (*columns, "updated_at")}
            statement = update(table).where(table.c.id == bindparam("its_id")).values(given)
            self._db.connection().execute(statement, rows)
