"""Organisations in a file: rows of their own, and those named in a column of their people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.contacts import profile
from campaign.contacts.batch import Batch
from campaign.contacts.codes import Codes
from campaign.contacts.csv_import import lookups
from campaign.contacts.csv_import.matching import OUR_CODE
from campaign.contacts.csv_import.outcome import CHANGED, CREATED, UNCHANGED
from campaign.contacts.csv_import.person import Person, Whereabouts
from campaign.contacts.names import search_key
from campaign.models import Contact, ContactKind


class Houses:
    """Found by code or name, else created; they are few, so each is written by itself."""

    def __init__(
        self, db: Session, by: Mapping[str, Any], codes: Codes, write_first: Callable[[], None]
    ) -> None:
        self._db, self._by, self._codes = db, by, codes
        self._write_first = write_first
        """Called before one is created: people who wait to be written have their ids already."""
        self._created: list[int] = []
        self._ids: dict[str, int] = {}
        self._places: dict[int, Whereabouts] = {}

    def named(self, name: str) -> int:
        """The id of the organisation of that name or code."""
        key = search_key(name)
        if key not in self._ids:
            self._ids[key] = self._find(name, key) or self._create(
                {"full_name": name, "kind": ContactKind.ORGANISATION}
            )
        return self._ids[key]

    def place(self, id_: int | None) -> Whereabouts | None:
        """Where the post to an organisation goes."""
        if not id_:
            return None
        if id_ not in self._places:
            self._places[id_] = Whereabouts(next(lookups.contacts(self._db, [id_])))
        return self._places[id_]

    def take(self, known: Person | None, facts: dict[str, Any], *, only_gaps: bool) -> tuple[str, Person]:
        """An organisation's own row: what became of it, and the organisation as it is now."""
        if known is None:
            return CREATED, self._person(self._create(facts))
        news = known.news(facts, only_gaps=only_gaps, own_code=bool(OUR_CODE.fullmatch(known.values["code"])))
        known.check(news)
        contact = self._db.get_one(Contact, known.id, populate_existing=True)
        if "tags" in news:  # a file adds tags; it does not know the others
            news["tags"] = {*contact.tags, *news["tags"]}
        changed = profile.change(self._db, contact, news, **self._by)
        self._db.flush()
        self._places.pop(known.id, None)
        return CHANGED if changed else UNCHANGED, self._person(known.id)

    def _create(self, facts: Mapping[str, Any]) -> int:
        self._write_first()
        batch = Batch(self._codes)
        contact = profile.create(self._db, facts, **self._by, batch=batch)
        batch.flush(self._db, **self._by)
        self._created.append(contact.id)
        return contact.id

    def created(self) -> list[int]:
        """Those created since this was last asked."""
        created, self._created = self._created, []
        return created

    def _person(self, id_: int) -> Person:
        return Person(id_, dict(next(lookups.contacts(self._db, [id_]))))

    def _find(self, name: str, key: str) -> int | None:
        return self._db.scalar(
            select(Contact.id)
            .where(
                Contact.kind == ContactKind.ORGANISATION,
                Contact.erased_at.is_(None),
                (Contact.name_key == key) | (Contact.code == name),
            )
            .order_by(Contact.id)
            .limit(1)
        )
