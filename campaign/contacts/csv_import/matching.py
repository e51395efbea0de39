"""Who a row is about: by code, then e-mail, then phone and name, then postal address.

Looked up for a chunk of rows at a time. Erased profiles are found by nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from campaign.contacts.addresses import letter_key
from campaign.contacts.names import search_key
from campaign.errors import InvalidInput
from campaign.models import Contact, ContactKind

_OUR_CODE = re.compile(r"KH\d{6,}")


class Index:
    """The contacts that the rows of a chunk may be about."""

    def __init__(self, db: Session, facts: Sequence[Mapping[str, Any]]) -> None:
        self._by_code: dict[str, Contact] = {}
        self._by_email: dict[str, list[Contact]] = defaultdict(list)
        self._by_phone: dict[tuple[str, str], Contact] = {}
        self._by_letter: dict[str, Contact] = {}
        self._organisations: dict[str, Contact] = {}
        self._erased: set[str] = set()
        names = {search_key(row["full_name"]) for row in facts if row.get("kind") is ContactKind.ORGANISATION}
        wanted = or_(
            Contact.code.in_({row["code"] for row in facts if row.get("code")}),
            Contact.email_key.in_({row["email"].lower() for row in facts if row.get("email")}),
            Contact.phone.in_({row["phone"] for row in facts if row.get("phone")}),
            Contact.letter_key.in_({key for key in map(_letter_key, facts) if key}),
            (Contact.kind == ContactKind.ORGANISATION) & Contact.name_key.in_(names),
        )
        found = select(Contact).where(wanted).order_by(Contact.id)
        for contact in db.scalars(found.options(selectinload(Contact.organisation))):
            if contact.erased_at is None:
                self.add(contact)
            else:
                self._erased.add(contact.code)

    def add(self, contact: Contact) -> None:
        """From now on the contact is found by these; the older one wins."""
        self._by_code.setdefault(contact.code, contact)
        if contact.email_key and contact not in self._by_email[contact.email_key]:
            self._by_email[contact.email_key].append(contact)
        if contact.phone:
            self._by_phone.setdefault((contact.phone, contact.name_key), contact)
        if contact.letter_key:
            self._by_letter.setdefault(contact.letter_key, contact)
        if contact.kind is ContactKind.ORGANISATION:
            self._organisations.setdefault(contact.name_key, contact)

    def find(self, facts: Mapping[str, Any]) -> Contact | None:
        """The contact the row is about; None when it is somebody new.

        A code names one person: a row whose code nobody has is somebody new, even at a known address,
        unless the one at that address only has a code of our own making. InvalidInput when nothing tells
        the person from others, or when the code is an erased person's.
        """
        code = facts.get("code")
        if code and code in self._by_code:
            return self._by_code[code]
        if code in self._erased:
            raise InvalidInput("contacts-error-erased")
        found = self._by_address(facts)
        if found is not None and code and not _OUR_CODE.fullmatch(found.code):
            return None
        return found

    def _by_address(self, facts: Mapping[str, Any]) -> Contact | None:
        name = search_key(facts["full_name"])
        if facts.get("kind") is ContactKind.ORGANISATION:
            return self._organisations.get(name)
        if email := facts.get("email"):
            sharing = self._by_email.get(email.lower(), [])
            return next(
                (contact for contact in sharing if contact.name_key == name), next(iter(sharing), None)
            )
        if phone := facts.get("phone"):
            return self._by_phone.get((phone, name))
        if key := _letter_key(facts):
            return self._by_letter.get(key)
        if facts.get("code"):
            return None
        raise InvalidInput("contacts-import-nobody")


def find_customers(
    db: Session, codes: Iterable[str], emails: Iterable[str], phones: Iterable[str]
) -> list[Contact]:
    """Everybody with one of these, for rows of orders."""
    wanted = or_(
        Contact.code.in_(set(codes)), Contact.email_key.in_(set(emails)), Contact.phone.in_(set(phones))
    )
    return list(db.scalars(select(Contact).where(wanted, Contact.erased_at.is_(None)).order_by(Contact.id)))


def _letter_key(facts: Mapping[str, Any]) -> str:
    """The key that a contact with these facts would have."""
    places = ("street", "ward", "district", "province", "postal_code")
    texts = {name: facts.get(name, "") for name in (*places, "full_name")}
    country = facts.get("country", "VN")
    return letter_key(Contact(kind=facts.get("kind", ContactKind.PERSON), country=country, **texts))
