"""Whose order a row is: by code, else by e-mail, else by telephone in whatever writing.

Nobody is chosen by chance: where several people have the address or the number, the row is refused.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.contacts import erased
from campaign.contacts.addresses import phone_key
from campaign.contacts.csv_import import lookups
from campaign.db import among, as_ids
from campaign.errors import InvalidInput
from campaign.models import Contact


class Named(NamedTuple):
    """What a row says of its customer; empty where it does not."""

    code: str
    email: str
    """In lower case."""
    phone: str


class Customers:
    """Everybody whom the rows of a chunk name. `gone` is one for the whole file: it may be long."""

    def __init__(self, db: Session, named: Sequence[Named], gone: erased.Erased) -> None:
        self._codes = _unerased(db, "code", {one.code for one in named})
        self._emails = _unerased(db, "email_key", {one.email for one in named})
        self._phones = _unerased(db, "phone_key", {phone_key(one.phone) for one in named})
        self._emptied = {one.code for one in named if one.code and one.code not in self._codes}
        self._emptied = {code for _, code in lookups.behind(db, "code", self._emptied)}
        self._erased = gone
        gone.refresh()

    @property
    def ids(self) -> set[int]:
        known = (self._codes, self._emails, self._phones)
        return {id_ for by in known for ids in by.values() for id_ in ids}

    def find(self, named: Named) -> int:
        """The id of the customer. A code decides alone; of several people at one e-mail address the telephone
        tells which. InvalidInput when it is nobody whom we know, or one of several."""
        phone = phone_key(named.phone)
        if named.code:
            found, word = self._codes.get(named.code, set()), named.code
        elif named.email:
            found, word = self._emails.get(named.email, set()), named.email
            if len(found) > 1:
                found = found & self._phones.get(phone, set()) or found
        elif named.phone:
            found, word = self._phones.get(phone, set()), named.phone
        else:
            raise InvalidInput("contacts-import-nobody")
        if not found:
            self._refuse_erased(named, phone)
            raise InvalidInput("contacts-import-unknown-customer", value=word[:60])
        if len(found) > 1:
            raise InvalidInput("contacts-import-several-customers", value=word[:60])
        return next(iter(found))

    def _refuse_erased(self, named: Named, phone: str) -> None:
        """A purchase of somebody erased says so, and is kept by nobody's name."""
        if named.code in self._emptied:
            raise InvalidInput(erased.REASON, field="customer_code")
        self._erased.refuse(erased.Keys(named.email, phone), erased.NONE)


def _unerased(db: Session, column: str, keys: set[str]) -> Mapping[str, set[int]]:
    """Key to the ids of those who have it."""
    behind = lookups.behind(db, column, keys - {""})
    dialect = db.get_bind().dialect.name
    there = select(Contact.id).where(
        among(dialect, Contact.__table__.c.id, "ids"), Contact.erased_at.is_(None)
    )
    ids = {id_ for id_, _ in behind}
    living = set(db.scalars(there, {"ids": as_ids(dialect, sorted(ids))})) if ids else set()
    found: dict[str, set[int]] = defaultdict(set)
    for id_, key in behind:
        if id_ in living:
            found[key].add(id_)
    return dict(found)
