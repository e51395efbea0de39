"""Many profiles in one go: two statements a chunk where one profile alone takes four."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import insert
from sqlalchemy.orm import Session

from campaign.contacts.codes import Codes
from campaign.models import Account, Contact, ContactFact


class Change(NamedTuple):
    """A field with its values as text."""

    field: str
    old: str
    new: str


@dataclass
class Batch:
    """Profiles that wait for `flush`; hand it to `profile.create` and `profile.change`.

    Who fills it has looked up which codes are taken: they are not asked for one by one.
    """

    codes: Codes
    waiting: list[tuple[Contact, list[Change]]] = field(default_factory=list)

    def flush(self, db: Session, *, source: str, now: datetime, account: Account | None) -> None:
        """Write the profiles and the history of their facts."""
        db.flush()
        rows = [
            row
            for contact, changes in self.waiting
            for row in fact_rows(contact, changes, source, now, account)
        ]
        if rows:
            db.execute(insert(ContactFact), rows)
        self.waiting.clear()


def fact_rows(
    contact: Contact, changes: Iterable[Change], source: str, now: datetime, account: Account | None
) -> list[dict[str, object]]:
    """One row of history for each change."""
    return [
        {
            "contact_id": contact.id, "field": change.field, "old": change.old, "new": change.new,
            "source": source, "at": now, "account_id": account.id if account else None,
        }
        for change in changes
    ]  # fmt: skip
