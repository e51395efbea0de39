"""The consent that came with a file: recorded for new people, never against a no.

Nobody is revived: who withdrew, whose address is suppressed, or who shares an address with somebody who
withdrew, stays as silent as before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from campaign.contacts.consent import Terms
from campaign.contacts.suppression import keys_of
from campaign.models import Channel, Consent, ConsentAction, ConsentPurpose, Contact, Suppression


@dataclass(frozen=True)
class Collected:
    """What the importing person says about the consent of everybody in the file."""

    sender_id: int
    channels: tuple[Channel, ...]
    purposes: tuple[ConsentPurpose, ...]
    terms: Terms
    collected_by: str
    at: datetime


def record(db: Session, contacts: Sequence[Contact], collected: Collected, source: str) -> tuple[int, int]:
    """Append to the ledger; returns (entries written, people kept silent). A second time writes nothing."""
    written, silent = 0, set()
    for channel in collected.channels:
        reachable = [contact for contact in contacts if channel in keys_of(contact)]
        closed = _closed(db, reachable, channel, collected.sender_id)
        silent |= {contact.id for contact in reachable if keys_of(contact)[channel] in closed}
        known = _granted(db, reachable, channel, collected.sender_id)
        rows = [
            {
                "contact_id": contact.id, "sender_id": collected.sender_id,
                "channel": channel, "purpose": purpose,
                "action": ConsentAction.GRANTED, "source": f"{source}: {collected.collected_by}"[:200],
                "at": collected.at, **asdict(collected.terms),
            }
            for contact in reachable
            for purpose in collected.purposes
            if keys_of(contact)[channel] not in closed and (contact.id, purpose) not in known
        ]  # fmt: skip
        written += len(rows)
        if rows:
            db.execute(insert(Consent), rows)
    return written, len(silent)


def _closed(db: Session, contacts: Sequence[Contact], channel: Channel, sender_id: int) -> set[str]:
    """Address keys that are suppressed, or behind which somebody said no to this sender."""
    keys = {keys_of(contact)[channel] for contact in contacts}
    suppressed = select(Suppression.address_key).where(
        Suppression.channel == channel, Suppression.address_key.in_(keys)
    )
    column = Contact.email_key if channel is Channel.EMAIL else Contact.letter_key
    newest: dict[tuple[str, int, ConsentPurpose], ConsentAction] = {}
    ledger = (
        select(column, Consent.contact_id, Consent.purpose, Consent.action)
        .join(Contact, Contact.id == Consent.contact_id)
        .where(column.in_(keys), Consent.sender_id == sender_id, Consent.channel == channel)
        .order_by(Consent.at, Consent.id)
    )
    for key, contact_id, purpose, action in db.execute(ledger):
        newest[(key, contact_id, purpose)] = action
    refused = {key for (key, _, _), action in newest.items() if action is ConsentAction.WITHDRAWN}
    return refused | set(db.scalars(suppressed))


def _granted(
    db: Session, contacts: Sequence[Contact], channel: Channel, sender_id: int
) -> set[tuple[int, ConsentPurpose]]:
    """Who has said something for which purpose already; what was said to a person stands as it was said."""
    entries = select(Consent.contact_id, Consent.purpose).where(
        Consent.contact_id.in_({contact.id for contact in contacts}),
        Consent.sender_id == sender_id,
        Consent.channel == channel,
    )
    return {(contact_id, purpose) for contact_id, purpose in db.execute(entries)}
