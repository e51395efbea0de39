"""Holds: a contact not to be written to for now."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BindParameter, ColumnElement, or_, select
from sqlalchemy.orm import Session

from campaign import audit
from campaign.models import Account, Contact, Hold, HoldReason


def place(
    db: Session,
    contact: Contact,
    reason: HoldReason,
    *,
    now: datetime,
    account: Account | None = None,
    until: datetime | None = None,
    note: str = "",
) -> Hold:
    """Write nothing to this contact from now on; without `until`, until somebody lifts it."""
    hold = Hold(
        contact_id=contact.id, reason=reason, note=note, starts_at=now, ends_at=until,
        account_id=account.id if account else None,
    )  # fmt: skip
    db.add(hold)
    db.flush()
    audit.record(db, account, "hold", "contact", contact.id, now, reason=reason.value)
    return hold


def lift(db: Session, hold: Hold, *, now: datetime, account: Account | None = None) -> None:
    """End the hold now; one that ended before stays as it was."""
    if hold.ends_at is not None and hold.ends_at <= now:
        return
    hold.ends_at = now
    db.flush()
    audit.record(db, account, "lift_hold", "contact", hold.contact_id, now, reason=hold.reason.value)


def of_contact(db: Session, contact: Contact) -> list[Hold]:
    """All holds of the contact, newest first."""
    return list(db.scalars(select(Hold).where(Hold.contact_id == contact.id).order_by(Hold.id.desc())))


def active(now: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """The condition on `Hold` that it stands at that moment."""
    return (Hold.starts_at <= now) & or_(Hold.ends_at.is_(None), Hold.ends_at > now)
