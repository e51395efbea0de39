"""A person has died: nothing is written to them any more, whatever was signed, consented to or imported.

`contacts.reachable` and `audience.reach` read `Contact.deceased_at`, so that the person is left out when an
audience is frozen and refused again at claim. Letters to the living at the same address are another matter:
somebody looks at them one by one, and whoever may be kin rests for a while.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from campaign import audit
from campaign.clock import house_day
from campaign.contacts import history, holds
from campaign.contacts.batch import Change
from campaign.errors import InvalidInput
from campaign.models import Account, Contact, ContactKind, Hold, HoldReason

# the hundredth day (tốt khốc) ends the time of weeping
KIN_REST = timedelta(days=100)
# more people than this at one address are no family but an office
KIN_LIMIT = 30


def kin(db: Session, contact: Contact) -> list[Contact]:
    """Who may be family: other people at the same e-mail address, telephone or postal address."""
    same = _same_place(contact)
    if not same:
        return []
    wanted = select(Contact).where(
        or_(*same),
        Contact.id != contact.id,
        Contact.kind == ContactKind.PERSON,
        Contact.erased_at.is_(None),
        Contact.deceased_at.is_(None),
    )
    return list(db.scalars(wanted.order_by(Contact.name_key, Contact.id).limit(KIN_LIMIT)))


def record(
    db: Session,
    contact: Contact,
    *,
    died_on: date | None,
    source: str,
    now: datetime,
    account: Account | None = None,
    resting: Collection[int] = (),
) -> list[Hold]:
    """They died; `resting` are the ids of kin who are not written to for a hundred days: their holds."""
    if contact.kind is not ContactKind.PERSON:
        raise InvalidInput("profile-error-deceased-kind")
    if contact.deceased_at is not None:
        raise InvalidInput("profile-error-deceased-twice")
    if died_on is not None and died_on > house_day(now):
        raise InvalidInput("contacts-error-future", field="died_on")
    source = history.said_by(source)
    changes = [Change("deceased_at", "", now.isoformat(timespec="seconds"))]
    if died_on is not None:
        changes.append(Change("died_on", "", died_on.isoformat()))
    contact.deceased_at, contact.died_on = now, died_on
    history.write(db, contact, changes, source=source, now=now, account=account)
    audit.record(db, account, "contact.deceased", "contact", contact.id, now)
    return [
        holds.place(db, other, HoldReason.BEREAVEMENT, now=now, account=account, until=now + KIN_REST)
        for other in kin(db, contact)
        if other.id in resting
    ]


def take_back(
    db: Session, contact: Contact, *, reason: str, now: datetime, account: Account | None = None
) -> None:
    """It was a mistake: the person lives. The holds of kin stay until somebody lifts them."""
    if contact.deceased_at is None:
        raise InvalidInput("profile-error-not-deceased")
    reason = history.said_by(reason)
    changes = [Change("deceased_at", contact.deceased_at.isoformat(timespec="seconds"), "")]
    if contact.died_on is not None:
        changes.append(Change("died_on", contact.died_on.isoformat(), ""))
    contact.deceased_at = contact.died_on = None
    history.write(db, contact, changes, source=reason, now=now, account=account)
    audit.record(db, account, "contact.alive", "contact", contact.id, now)


def _same_place(contact: Contact) -> list[ColumnElement[bool]]:
    same: list[ColumnElement[bool]] = []
    if contact.email_key:
        same.append(Contact.email_key == contact.email_key)
    if contact.phone_key:
        same.append(Contact.phone_key == contact.phone_key)
    if contact.street and contact.province:
        # by the province's index first: streets have none of their own
        same.append(
            and_(
                Contact.province == contact.province,
                Contact.ward == contact.ward,
                Contact.street == contact.street,
            )
        )
    return same
