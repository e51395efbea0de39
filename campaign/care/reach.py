"""Where somebody can be greeted, and why not: the reasons that the care desk shows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, lazyload

from campaign.audience import reach
from campaign.audience.reach import Target
from campaign.contacts.addresses import letter_key
from campaign.models import Channel, ConsentPurpose, Contact, Sender

CHUNK = 1000


class Reach(StrEnum):
    """Whether a greeting may go there now. All but the first two are those of `audience.reach.Skip`."""

    OPEN = "open"
    NO_ADDRESS = "no_address"
    ERASED = "erased"
    DECEASED = "deceased"
    SUPPRESSED = "suppressed"
    HELD = "held"
    NO_CONSENT = "no_consent"


def reach_of(
    db: Session, contact_ids: Iterable[int], now: datetime, sender_id: int | None = None
) -> dict[int, dict[Channel, Reach]]:
    """For each contact and channel. Without `sender_id` the house's first active sender is asked for."""
    ids = sorted(set(contact_ids))
    sender_id = sender_id or first_sender_id(db)
    found: dict[int, dict[Channel, Reach]] = {}
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        contacts = db.scalars(
            select(Contact)
            .where(Contact.id.in_(chunk))
            # an organisation lends its address to a contact person who has none
            .options(lazyload(Contact.tag_rows), joinedload(Contact.organisation).lazyload(Contact.tag_rows))
        ).all()
        keys = {
            Channel.EMAIL: {contact.id: contact.email_key for contact in contacts},
            Channel.LETTER: {contact.id: letter_key(contact) for contact in contacts},
        }
        for channel, by_contact in keys.items():
            targets = [Target(contact_id, key) for contact_id, key in by_contact.items() if key]
            against = (
                reach.skips(db, targets, channel, ConsentPurpose.GREETING, sender_id, now)
                if sender_id
                else {}
            )
            for contact_id, key in by_contact.items():
                found.setdefault(contact_id, {})[channel] = _word(against.get(Target(contact_id, key)), key)
    return found


def first_sender_id(db: Session) -> int | None:
    """The active sender that was set up first."""
    return db.scalar(select(Sender.id).where(Sender.active).order_by(Sender.id).limit(1))


def _word(skip: reach.Skip | None, key: str) -> Reach:
    if not key:
        return Reach.NO_ADDRESS
    return Reach(skip.value) if skip else Reach.OPEN
