"""The level of the relationship, and the end of one: why a customer left and when."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from campaign.contacts import profile
from campaign.models import Account, Contact, LeavingReason, RelationshipLevel


def set_level(
    db: Session,
    contact: Contact,
    level: RelationshipLevel,
    *,
    source: str,
    now: datetime,
    account: Account | None = None,
) -> bool:
    """Whether it changed."""
    return bool(
        profile.change(db, contact, {"relationship_level": level}, source=source, now=now, account=account)
    )


def left(
    db: Session,
    contact: Contact,
    reason: LeavingReason,
    *,
    note: str,
    on: date | None,
    source: str,
    now: datetime,
    account: Account | None = None,
) -> None:
    """The customer stopped buying. They are written to as before: leaving is no refusal; many come back."""
    given = {"leaving_reason": reason, "leaving_note": note, "left_on": on}
    profile.change(db, contact, given, source=source, now=now, account=account)


def came_back(
    db: Session, contact: Contact, *, source: str, now: datetime, account: Account | None = None
) -> None:
    """The reason goes from the card, and stays in the history."""
    given = {"leaving_reason": LeavingReason.UNKNOWN, "leaving_note": "", "left_on": None}
    profile.change(db, contact, given, source=source, now=now, account=account)
