"""Satisfaction: the newest answer of a customer, on the scale of who asked; older ones stand in the history.

Kept as it was said (`4/1-5`) and, to compare by, in per cent of its scale. Two scales are never mixed into
one mark: a page shows what was said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from campaign.contacts import history
from campaign.contacts.batch import Change
from campaign.contacts.names import clean
from campaign.errors import InvalidInput
from campaign.models import Account, Contact

# stars and school marks, the two of market research, recommending (0 to 10), per cent
SCALES = ((1, 5), (1, 7), (1, 10), (0, 10), (0, 100))
_SAID = re.compile(r"(-?\d{1,3})/(\d{1,3})-(\d{1,3})")


@dataclass(frozen=True)
class Answer:
    """`score` between `low` and `high`, both included."""

    score: int
    low: int
    high: int

    @property
    def percent(self) -> int:
        """Where on its scale it stands, from 0 to 100."""
        return round(100 * (self.score - self.low) / (self.high - self.low))

    @property
    def said(self) -> str:
        return f"{self.score}/{self.low}-{self.high}"


def read(score: str, scale: str) -> Answer:
    """`4` on the scale `1-5`; InvalidInput for a scale that we do not know and a score outside it."""
    bounds = {f"{low}-{high}": (low, high) for low, high in SCALES}
    if scale not in bounds:
        raise InvalidInput("profile-error-scale", field="scale")
    low, high = bounds[scale]
    text = clean(score)
    if not text.isascii() or not text.isdigit() or len(text) > 3 or not low <= int(text) <= high:
        raise InvalidInput("contacts-error-number", field="score", low=low, high=high, value=text[:20])
    return Answer(int(text), low, high)


def of_text(said: str) -> Answer | None:
    """What `Contact.satisfaction_said` and its history hold; None for nothing."""
    found = _SAID.fullmatch(said)
    return Answer(*(int(part) for part in found.groups())) if found else None


def record(
    db: Session,
    contact: Contact,
    answer: Answer,
    *,
    asked_on: date,
    source: str,
    now: datetime,
    account: Account | None = None,
) -> None:
    """What the customer answered on that day. An answer older than the one that stands is refused: it would
    take the newer one's place."""
    if contact.satisfaction_on is not None and asked_on < contact.satisfaction_on:
        raise InvalidInput("profile-error-older-answer", field="asked_on")
    source = history.said_by(source)
    changes = [
        Change("satisfaction", contact.satisfaction_said, answer.said),
        Change("satisfaction_on", _text(contact.satisfaction_on), asked_on.isoformat()),
    ]
    contact.satisfaction, contact.satisfaction_said = answer.percent, answer.said
    contact.satisfaction_on = asked_on
    # the same answer on another day is an answer too
    kept = [change for change in changes if change.old != change.new]
    history.write(db, contact, kept, source=source, now=now, account=account)


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""
