"""Where somebody lived before, by the history of their facts."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.contacts.addresses import postal_keys_at
from campaign.models import Contact, ContactFact

_FIELDS = ("full_name", "street", "ward", "province", "country")


class _Once:
    """A profile's postal address at some time."""

    postal_code = ""

    def __init__(self, facts: dict[str, str]) -> None:
        self.street, self.ward, self.province = facts["street"], facts["ward"], facts["province"]
        self.country = facts["country"]


def of(db: Session, contact: Contact) -> set[str]:
    """The place keys of all names and addresses the contact had, each name at each of its time's addresses.

    Read from the newest fact to the oldest: after the facts of a moment are taken back, the rest is what
    stood there before it.
    """
    facts = {name: str(getattr(contact, name)) for name in _FIELDS}
    said = select(ContactFact.at, ContactFact.source, ContactFact.field, ContactFact.old)
    said = said.where(ContactFact.contact_id == contact.id, ContactFact.field.in_(_FIELDS))
    found, moment, taken_back = set(), None, set[str]()
    for at, source, field, old in db.execute(said.order_by(ContactFact.id.desc())):
        if (at, source) != moment or field in taken_back:
            found.add(_key(facts))
            moment, taken_back = (at, source), set()
        taken_back.add(field)
        facts[field] = old
    found.add(_key(facts))
    return found - {""}


def _key(facts: dict[str, str]) -> str:
    return postal_keys_at(facts["full_name"], _Once(facts)).place if facts["full_name"] else ""
