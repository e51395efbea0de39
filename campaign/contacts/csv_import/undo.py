"""Taking a whole import back.

Whoever it brought in and nobody has dealt with since goes; changed facts get their old value back where
they still are as the file had them. A consent it recorded is retracted where it is still the last word.
What people said themselves since, and every address never to write to, stays: an undo makes nobody writable.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session

from campaign.contacts import erased, profile
from campaign.contacts.csv_import import dealt_with, retracting
from campaign.contacts.csv_import.person import BLANK, named
from campaign.contacts.opt_in import importing
from campaign.errors import InvalidInput
from campaign.models import (
    Account,
    Base,
    Consent,
    Contact,
    ContactFact,
    ContactImport,
    ContactTag,
    ImportTouch,
)

CHUNK = 500
Told = Callable[[Session, int, dict[str, int]], None]
"""Called after each chunk with its size and the counts so far; the caller commits."""
NAMES = ("removed", "restored", "kept", "retracted")


def undo(
    db: Session, begun: ContactImport, clock: Callable[[], datetime], account: Account | None, told: Told
) -> dict[str, int]:
    """`removed`, `restored`, `kept` (dealt with since) people, and `retracted` consents. `clock` says the
    moment of each chunk."""
    importing.call_off(db, begun.id)
    undoing = _Undo(db, begun.id, clock, account)
    counts: Counter[str] = Counter(begun.counts)
    # the youngest first: people before the organisations that came with them
    last = (
        select(ImportTouch.contact_id, ImportTouch.created)
        .where(ImportTouch.import_id == begun.id)
        .order_by(ImportTouch.contact_id.desc())
        .limit(CHUNK)
    )
    while touched := {row.contact_id: row.created for row in db.execute(last)}:
        counts += undoing.take_back(touched)
        told(db, len(touched), _as_counts(counts))
    return _as_counts(counts)


def _as_counts(counts: Counter[str]) -> dict[str, int]:
    return {name: counts[name] for name in NAMES}


class _Undo:
    def __init__(
        self, db: Session, import_id: int, clock: Callable[[], datetime], account: Account | None
    ) -> None:
        self._db, self._import_id, self._clock, self._account = db, import_id, clock, account
        self._now = clock()
        self._source = dealt_with.source_of(import_id)

    def take_back(self, touched: dict[int, bool]) -> Counter[str]:
        """One chunk: contact id to whether the import brought them in."""
        erased.hold(self._db)
        retracting.hold(self._db, touched)
        self._now = self._clock()
        taken = retracting.retract(self._db, self._import_id, touched, method="undo", now=self._now)
        counts = Counter(retracted=taken.entries)
        created = {id_ for id_, was_created in touched.items() if was_created}
        used = self._used(created)
        counts["removed"] = self._remove(created - used)
        counts["kept"] = len(used)
        for id_, facts in self._facts(touched.keys() - created).items():
            counts["restored" if self._restore(id_, facts) else "kept"] += 1
        gone = ImportTouch.contact_id.in_(touched)
        self._db.execute(delete(ImportTouch).where(ImportTouch.import_id == self._import_id, gone))
        return counts

    def _used(self, ids: set[int]) -> set[int]:
        """Those whom somebody has dealt with since: something of others refers to them."""
        if not ids:
            return set()
        used: set[int] = set()
        for query in dealt_with.queries(self._import_id, ids):
            used |= set(self._db.scalars(query))
        # an organisation stays for the sake of people who stay
        people = select(Contact.organisation_id).where(
            Contact.organisation_id.in_(ids), Contact.id.not_in(ids - used)
        )
        return used | {id_ for id_ in self._db.scalars(people) if id_}

    def _remove(self, ids: set[int]) -> int:
        """Their rows go; of those in the ledger an empty one stays, for the ledger is for ever."""
        if not ids:
            return 0
        in_ledger = set(self._db.scalars(select(Consent.contact_id).where(Consent.contact_id.in_(ids))))
        nothing = {name: value for name, value in BLANK.items() if name not in ("created_at", "code")}
        table = Base.metadata.tables["contact"]
        emptied = nothing | {"updated_at": self._now, "erased_at": self._now}
        empty = (
            update(table)
            .where(table.c.id == bindparam("its_id"))
            .values(code=bindparam("its_code"), **emptied)
        )
        if in_ledger:
            rows = [{"its_id": id_, "its_code": f"undone-{id_}"} for id_ in in_ledger]
            self._db.connection().execute(empty, rows)
        touches = delete(ImportTouch).where(
            ImportTouch.import_id == self._import_id, ImportTouch.contact_id.in_(ids)
        )
        for statement in (
            delete(ContactFact).where(ContactFact.contact_id.in_(ids)),
            delete(ContactTag).where(ContactTag.contact_id.in_(ids)),
            touches,
            delete(Contact).where(Contact.id.in_(ids - in_ledger)),
        ):
            self._db.execute(statement.execution_options(synchronize_session=False))
        self._db.expire_all()
        return len(ids)

    def _facts(self, ids: Collection[int]) -> dict[int, list[ContactFact]]:
        """What the import changed of people who were there before, in its order."""
        facts: dict[int, list[ContactFact]] = defaultdict(list)
        query = select(ContactFact).where(
            ContactFact.contact_id.in_(ids), ContactFact.source.startswith(self._source, autoescape=True)
        )
        for fact in self._db.scalars(query.order_by(ContactFact.id)):
            facts[fact.contact_id].append(fact)
        return facts

    def _restore(self, contact_id: int, facts: list[ContactFact]) -> bool:
        """Whether any fact went back to what it was; one that was changed since stays."""
        contact = self._db.get_one(Contact, contact_id)
        if contact.erased_at is not None:
            return False
        old: dict[str, str] = {}
        new: dict[str, str] = {}
        for fact in facts:
            old.setdefault(fact.field, fact.old)
            new[fact.field] = fact.new
        given: dict[str, Any] = {"custom": {}, "traits": {}}
        for field, value in old.items():
            if field == "tags":
                added = set(new[field].split(", ")) - set(value.split(", "))
                given["tags"] = set(contact.tags) - added
            elif found := named(field):
                column, key = found
                if getattr(contact, column).get(key, "") == new[field]:
                    given[column][key] = value
            elif profile.as_text(getattr(contact, field)) == new[field]:
                given[field] = (int(value) if value else None) if field == "organisation_id" else value
        by: dict[str, Any] = {"source": f"undo {self._source.strip()}", "now": self._now}
        try:
            changed = profile.change(self._db, contact, given, **by, account=self._account)
        except InvalidInput:  # what was there before no longer goes with what was changed since
            return False
        return bool(changed)
