"""Where somebody lived before, by the history of their facts.

A contact person without an address of their own is written to at the organisation's. Where that was before,
and where organisations are that they were with before, letters may have named them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.contacts.addresses import postal_keys_at
from campaign.models import Contact, ContactFact

_FIELDS = ("full_name", "street", "ward", "province", "country")


class _Once:
    """A profile's postal address at some time."""

    postal_code = ""

    def __init__(self, facts: Mapping[str, str]) -> None:
        self.street, self.ward, self.province = facts["street"], facts["ward"], facts["province"]
        self.country = facts["country"]


def of(db: Session, contact: Contact) -> set[str]:
    """The place keys of all names and addresses the contact had: each name at its time's addresses, and
    at each that an organisation of theirs has or had."""
    lives = list(_lives(db, contact))
    found = {_key(facts["full_name"], facts) for facts in lives}
    names = {facts["full_name"] for facts in lives}
    for house in _houses(db, contact):
        found |= {_key(name, facts) for facts in _lives(db, house) for name in names}
    return found - {""}


def _lives(db: Session, contact: Contact) -> Iterator[dict[str, str]]:
    """What the contact was called and where they lived, at each of their times.

    Read from the newest fact to the oldest: after the facts of a moment are taken back, the rest is what
    stood there before it.
    """
    facts = {name: str(getattr(contact, name)) for name in _FIELDS}
    said = select(ContactFact.at, ContactFact.source, ContactFact.field, ContactFact.old)
    said = said.where(ContactFact.contact_id == contact.id, ContactFact.field.in_(_FIELDS))
    moment, taken_back = None, set[str]()
    for at, source, field, old in db.execute(said.order_by(ContactFact.id.desc())):
        if (at, source) != moment or field in taken_back:
            yield dict(facts)
            moment, taken_back = (at, source), set()
        taken_back.add(field)
        facts[field] = old
    yield facts


def _houses(db: Session, contact: Contact) -> list[Contact]:
    """The organisations that the contact is or was with."""
    said = select(ContactFact.old, ContactFact.new).where(
        ContactFact.contact_id == contact.id, ContactFact.field == "organisation_id"
    )
    ids = {int(text) for row in db.execute(said) for text in row if text}
    if contact.organisation_id is not None:
        ids.add(contact.organisation_id)
    return list(db.scalars(select(Contact).where(Contact.id.in_(ids)))) if ids else []


def _key(name: str, facts: Mapping[str, str]) -> str:
    return postal_keys_at(name, _Once(facts)).place if name else ""
