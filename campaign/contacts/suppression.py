"""Addresses never to write to. An entry stays until a person lifts it, whatever is imported."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from campaign import audit
from campaign.models import Account, Channel, Contact, Suppression, SuppressionReason


def suppress(
    db: Session, channel: Channel, address_key: str, reason: SuppressionReason, *, source: str, now: datetime
) -> Suppression:
    """Never write to this address again; a second call changes nothing: the first reason stays."""
    known = find(db, channel, address_key)
    if known is not None:
        return known
    table = postgresql if db.get_bind().dialect.name == "postgresql" else sqlite
    values = {"channel": channel, "address_key": address_key, "reason": reason, "source": source, "at": now}
    made = table.insert(Suppression).values(values).on_conflict_do_nothing().returning(Suppression.id)
    number = db.scalar(made)
    entry = find(db, channel, address_key)
    assert entry is not None
    if number is None:
        return entry  # somebody else has just written it down
    audit.record(db, None, "suppress", "address", entry.id, now, channel=channel.value, reason=reason.value)
    return entry


def find(db: Session, channel: Channel, address_key: str) -> Suppression | None:
    """The entry for this address, if there is one."""
    return db.scalar(
        select(Suppression).where(Suppression.channel == channel, Suppression.address_key == address_key)
    )


def of_contact(db: Session, contact: Contact) -> dict[Channel, Suppression]:
    """What stands against each of the contact's addresses."""
    found = ((channel, find(db, channel, key)) for channel, key in keys_of(contact).items())
    return {channel: entry for channel, entry in found if entry is not None}


def keys_of(contact: Contact) -> dict[Channel, str]:
    """The address keys by which the contact can be reached, per channel."""
    keys = {Channel.EMAIL: contact.email_key, Channel.LETTER: contact.letter_key}
    return {channel: key for channel, key in keys.items() if key}


def lift(
    db: Session, channel: Channel, address_key: str, *, account: Account, reason: str, now: datetime
) -> bool:
    """Write to this address again, for a reason that the log keeps; False when nothing stood against it."""
    entry = find(db, channel, address_key)
    if entry is None:
        return False
    audit.record(
        db, account, "lift_suppression", "address", entry.id, now,
        channel=channel.value, was=entry.reason.value, reason=reason,
    )  # fmt: skip
    db.execute(delete(Suppression).where(Suppression.id == entry.id))
    return True
