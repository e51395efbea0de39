"""A person asks to be forgotten: everything that tells who they were goes, what happened stays countable."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from campaign import audit
from campaign.contacts import erasure as profiles
from campaign.contacts.csv_import import forget
from campaign.contacts.names import clean
from campaign.dispatch import moves
from campaign.errors import InvalidInput
from campaign.inbound import erasure as inbound
from campaign.links import Addresses
from campaign.models import Account, Contact

REASON_LENGTH = 500


def erase(
    db: Session, contact: Contact, addresses: Addresses, *, reason: str, actor: Account | None, now: datetime
) -> int:
    """Empty the profile and every row of it in audiences, deliveries and replies; how many deliveries.

    `reason` stands in the audit log, which does not say who it was. Nothing that waits for the person is sent
    any more. There is no way back.
    """
    reason = clean(reason)[:REASON_LENGTH]
    if not reason:
        raise InvalidInput("contacts-erase-error-reason", field="reason")
    forget.forget(db, contact)
    profiles.empty(db, contact, now)
    deliveries = moves.erase(db, contact.id, now)
    inbound.empty(db, contact.id, addresses)
    audit.record(
        db, actor, "contact.erased", "contact", contact.id, now, reason=reason, deliveries=deliveries
    )
    return deliveries
