"""Traits: what marks a person or an organisation, beyond what the house reaches and greets them by.

Sparse, and so kept in one column; each change is a fact `trait.NAME` in the history like any other.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import func, literal_column, select
from sqlalchemy.orm import Session

from campaign.contacts.batch import Change
from campaign.contacts.names import clean
from campaign.errors import InvalidInput
from campaign.models import Contact, ContactKind

# as people are asked for them: who they are, where they come from, what they care about
OF_PERSONS = (
    "marital_status", "household_size", "education", "income", "place_of_origin", "interests", "lifestyle",
    "values", "hopes", "worries", "wishes",
)  # fmt: skip
# a company small, medium, large; producer, service, wholesale, retail; a public body or a charity
OF_ORGANISATIONS = ("sector", "trade", "size", "region_served", "wishes")
TRAITS = tuple(dict.fromkeys((*OF_PERSONS, *OF_ORGANISATIONS)))
# what takes a sentence; the others a word or two
LONG = frozenset({"interests", "lifestyle", "values", "hopes", "worries", "wishes"})
LIMIT = 500
PREFIX = "trait."
# a list to choose from is no longer one with more than this
IN_USE_LIMIT = 200


def of_kind(kind: ContactKind) -> tuple[str, ...]:
    """The traits that are asked of this kind of contact."""
    return OF_ORGANISATIONS if kind is ContactKind.ORGANISATION else OF_PERSONS


def set_on(contact: Contact, values: Mapping[str, str]) -> list[Change]:
    """Set the given traits, leave the others; an empty text takes one away. InvalidInput: no such trait."""
    traits = dict(contact.traits)
    changes = []
    for name, text in values.items():
        field = f"{PREFIX}{name}"
        if name not in TRAITS:
            raise InvalidInput("contacts-error-unknown-field", field=field, name=name)
        value = clean(str(text))
        if len(value) > LIMIT:
            raise InvalidInput("contacts-error-too-long", field=field, limit=LIMIT)
        if value != traits.get(name, ""):
            changes.append(Change(field, traits.get(name, ""), value))
            traits[name] = value
    contact.traits = {name: value for name, value in traits.items() if value}
    return changes


def in_use(db: Session, name: str) -> list[str]:
    """What is said of the trait, for a list to choose from."""
    text = func.coalesce(Contact.traits[name].as_string(), "")
    known = Contact.traits != literal_column("'{}'")  # written out, as the index of those has it
    said = select(text).where(known, text != "").distinct().order_by(text).limit(IN_USE_LIMIT)
    return list(db.scalars(said))
