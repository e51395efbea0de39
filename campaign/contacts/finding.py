"""Finding contacts: what a clerk types into the search box, and the filters beside it."""

from __future__ import annotations

import re

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, joinedload

from campaign.contacts import places
from campaign.contacts.names import search_key
from campaign.contacts.places import AddressKind
from campaign.models import Contact, ContactKind, ContactTag

TEXT_LIMIT = 100


def query(
    text: str = "",
    kind: ContactKind | None = None,
    tag: str = "",
    province: str = "",
    address: AddressKind | None = None,
) -> Select[Contact]:
    """Contacts by name, the erased left out.

    The text is looked for in names (with marks or without), codes, e-mail addresses and phone numbers.
    """
    found = select(Contact).options(joinedload(Contact.organisation).lazyload(Contact.tag_rows))
    found = found.where(Contact.erased_at.is_(None)).order_by(Contact.name_key, Contact.id)
    if key := search_key(text[:TEXT_LIMIT]):
        found = found.where(_holds(key))
    if kind is not None:
        found = found.where(Contact.kind == kind)
    if tag:
        found = found.where(Contact.id.in_(select(ContactTag.contact_id).where(ContactTag.tag == tag)))
    if province:
        found = found.where(Contact.province == province)
    if address:
        found = found.where(places.condition(address))
    return found


def provinces(db: Session) -> list[str]:
    """All provinces in use, for a list to choose from."""
    return list(
        db.scalars(
            select(Contact.province).where(Contact.province != "").distinct().order_by(Contact.province)
        )
    )


def tags(db: Session) -> list[str]:
    """All tags in use."""
    return list(db.scalars(select(ContactTag.tag).distinct().order_by(ContactTag.tag)))


def values_of(db: Session, column: str, limit: int = 200) -> list[str]:
    """What a text column of `Contact` holds, for a list to choose from."""
    attribute = getattr(Contact, column)
    return list(
        db.scalars(select(attribute).where(attribute != "").distinct().order_by(attribute).limit(limit))
    )


def organisations(db: Session) -> list[Contact]:
    """All organisations, by name."""
    return list(
        db.scalars(
            select(Contact)
            .where(Contact.kind == ContactKind.ORGANISATION, Contact.erased_at.is_(None))
            .order_by(Contact.name_key)
        )
    )


def _holds(key: str) -> ColumnElement[bool]:
    places = [
        Contact.name_key.contains(key, autoescape=True),
        Contact.email_key.contains(key, autoescape=True),
        func.lower(Contact.code).startswith(key, autoescape=True),
    ]
    if digits := re.sub(r"\D", "", key):
        written = func.replace(func.replace(func.replace(Contact.phone, " ", ""), ".", ""), "-", "")
        places.append(written.contains(digits, autoescape=True))
    return or_(*places)
