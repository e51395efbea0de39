"""Who may be written to on a channel, as one condition over `Contact`: address, consent, suppression, hold.

For counting and listing many. What is re-read for single deliveries is `campaign.audience.reach`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm.attributes import InstrumentedAttribute

from campaign.contacts import consent, domains, holds, suppression
from campaign.models import (
    Channel,
    ConsentPurpose,
    Contact,
    ContactKind,
    Hold,
    MessageKind,
    Suppression,
)


def purpose_of(kind: MessageKind) -> ConsentPurpose | None:
    """Which consent a message of that kind needs; None for what answers the person's own doing."""
    if kind is MessageKind.GREETING:
        return ConsentPurpose.GREETING
    if kind in (MessageKind.REPLY, MessageKind.TRANSACTIONAL):
        return None
    return ConsentPurpose.MARKETING


def address_key(channel: Channel, contact: Any = Contact) -> InstrumentedAttribute[str]:
    """The column that says by which key the contact is reached on the channel."""
    column: InstrumentedAttribute[str] = contact.email_key if channel is Channel.EMAIL else contact.letter_key
    return column


def closing_key(channel: Channel, contact: Any = Contact) -> InstrumentedAttribute[str]:
    """The column that a suppression of the channel is compared with: for letters the person at their place,
    in whatever writing."""
    column: InstrumentedAttribute[str] = contact.email_key if channel is Channel.EMAIL else contact.place_key
    return column


def reachable(
    channel: Channel, purpose: ConsentPurpose | None, sender_id: int, now: datetime, contact: Any = Contact
) -> ColumnElement[bool]:
    """A person with an address on the channel, whom this sender may write to for this purpose now."""
    key = address_key(channel, contact)
    has_address = and_(
        contact.kind == ContactKind.PERSON,
        contact.erased_at.is_(None),
        contact.deceased_at.is_(None),
        key != "",
        # apart from its domain: only a refusal that stands alone is joined, and not looked up for each person
        ~suppressed_address(channel, purpose, closing_key(channel, contact)),
    )
    if domains.stand_against(channel, purpose):
        has_address = and_(has_address, ~domains.standing_among_all(key))
    if purpose is None:
        return has_address
    held = select(Hold.contact_id).where(holds.active(now))
    permitted = consent.allowed(channel, purpose, sender_id, contact.id)
    return and_(has_address, permitted, contact.id.not_in(held))


def suppressed(
    channel: Channel, purpose: ConsentPurpose | None, key: ColumnElement[str] | InstrumentedAttribute[str]
) -> ColumnElement[bool]:
    """Whether something stands against the address or its domain, for statements about some contacts; `key`
    is a column of the enclosing one. A domain is closed by a decision of the house, which holds up no answer
    to a letter."""
    address = suppressed_address(channel, purpose, key)
    return or_(address, domains.standing(key)) if domains.stand_against(channel, purpose) else address


def suppressed_address(
    channel: Channel, purpose: ConsentPurpose | None, key: ColumnElement[str] | InstrumentedAttribute[str]
) -> ColumnElement[bool]:
    """Whether something stands against the address itself, whatever its domain. An answer to a person's own
    letter or order goes out unless its address is known to be dead."""
    entries = select(Suppression.id).where(Suppression.channel == channel, Suppression.address_key == key)
    dead = or_(Suppression.reason.in_(suppression.DEAD), Suppression.also_dead)
    return exists(entries.where(dead) if purpose is None else entries)
