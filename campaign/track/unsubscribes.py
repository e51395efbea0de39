"""Leaving: one withdrawal in the ledger, one suppressed address, one event; a second time changes nothing."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.contacts import consent, suppression
from campaign.errors import TokenError
from campaign.links import Purpose, Signer
from campaign.models import (
    Channel,
    ConsentPurpose,
    Contact,
    Delivery,
    Event,
    EventKind,
    Mailing,
    Message,
    SuppressionReason,
)


class Method(StrEnum):
    PAGE = "page"  # the button on our page
    ONE_CLICK = "one-click"  # the mail program's own button (RFC 8058)
    MAIL = "mail"  # the mailto: of List-Unsubscribe
    CLERK = "clerk"  # asked for in a reply, carried out by the person who read it


def delivery_of(db: Session, signer: Signer, token: str) -> Delivery | None:
    """The delivery that an unsubscribe token names; None for every other text."""
    try:
        ids = signer.read_link(Purpose.UNSUBSCRIBE, token)
    except TokenError:
        return None
    return db.get(Delivery, ids[0]) if len(ids) == 1 else None


def is_unsubscribed(db: Session, delivery: Delivery) -> bool:
    """Whether this delivery was answered with leaving before."""
    left = select(Event.id).where(Event.delivery_id == delivery.id, Event.kind == EventKind.UNSUBSCRIBE)
    return db.scalar(left.limit(1)) is not None


def address_key(db: Session, delivery: Delivery) -> str:
    """The address that it went to; where that is no longer kept, the one its person has today. Empty when
    they were erased, for then no address is left to write to."""
    if delivery.address:
        return delivery.address_key
    return suppression.keys_of(db.get_one(Contact, delivery.contact_id)).get(delivery.channel, "")


def address(db: Session, delivery: Delivery) -> str:
    """The same, for colleagues to read; empty where it is a postal one of today. A stranger who found an old
    mail must not learn what it is."""
    if delivery.address:
        return delivery.address
    return address_key(db, delivery) if delivery.channel is Channel.EMAIL else ""


def unsubscribe(db: Session, delivery_id: int, method: Method, now: datetime) -> Delivery | None:
    """Withdraw all that this sender may write by this channel, and suppress the address.

    Greetings are withdrawn too: who asks to hear no more does not tell apart what we call marketing.
    None when there is no such delivery.
    """
    delivery = db.get(Delivery, delivery_id, with_for_update=True)
    if delivery is None:
        return None
    if is_unsubscribed(db, delivery):
        return delivery
    sender_id = db.scalars(
        select(Message.sender_id)
        .join(Mailing, Mailing.message_id == Message.id)
        .where(Mailing.id == delivery.mailing_id)
    ).one()
    contact = db.get_one(Contact, delivery.contact_id)
    source = f"delivery {delivery.id}"
    for purpose in ConsentPurpose:
        consent.withdraw(
            db, contact, sender_id, delivery.channel, purpose, source=source, now=now, method=method.value
        )
    if key := address_key(db, delivery):
        suppression.suppress(
            db, delivery.channel, key, SuppressionReason.UNSUBSCRIBED, source=source, now=now
        )
    db.add(
        Event(delivery_id=delivery.id, kind=EventKind.UNSUBSCRIBE, at=now, detail={"method": method.value})
    )
    db.flush()
    return delivery
