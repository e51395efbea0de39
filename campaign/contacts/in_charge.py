"""The person in charge of a customer, and who it was before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from campaign.contacts import profile
from campaign.errors import InvalidInput
from campaign.models import Account, Contact, ContactFact

FIELD = "owner_id"


class Term(NamedTuple):
    """Somebody's time in charge; `name` is empty for a time without anybody."""

    name: str
    since: datetime


def hand_over(
    db: Session,
    contact: Contact,
    to: Account | None,
    *,
    source: str,
    now: datetime,
    account: Account | None = None,
) -> bool:
    """Give the customer to somebody, or to nobody; whether it changed. InvalidInput for who left."""
    if to is not None and not to.active:
        raise InvalidInput("profile-error-owner", field="owner_id")
    return bool(
        profile.change(db, contact, {FIELD: to.id if to else None}, source=source, now=now, account=account)
    )


def terms(changes: list[ContactFact], names: Mapping[int, str]) -> list[Term]:
    """Who was in charge since when, newest first, from the changes of the field."""
    return [
        Term(names.get(int(change.new), "") if change.new.isdecimal() else "", change.at)
        for change in changes
    ]
