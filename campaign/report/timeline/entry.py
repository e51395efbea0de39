"""One line of the time line, its place in the order, and what a source is asked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, or_, true

from campaign.errors import InvalidInput
from campaign.models import Channel


class Topic(StrEnum):
    """What a reader may look for alone."""

    SENT = "sent"
    ANSWERS = "answers"
    ORDERS = "orders"
    RIGHTS = "rights"
    NOTES = "notes"
    FACTS = "facts"


class Kind(StrEnum):
    SENT = "sent"
    IN_PRINT = "in-print"
    UNKNOWN = "unknown"
    REJECTED = "rejected"
    OPENED = "opened"
    OPENED_BY_MACHINE = "opened-by-machine"
    CLICKED = "clicked"
    CLICKED_BY_MACHINE = "clicked-by-machine"
    REPLIED = "replied"
    BOUNCED = "bounced"
    COMPLAINED = "complained"
    UNSUBSCRIBED = "unsubscribed"
    RETURNED = "returned"
    ORDERED = "ordered"
    REFUNDED = "refunded"
    CONSENT_GRANTED = "consent-granted"
    CONSENT_WITHDRAWN = "consent-withdrawn"
    CONSENT_RETRACTED = "consent-retracted"
    HELD = "held"
    HOLD_ENDED = "hold-ended"
    NOTED = "noted"
    CHANGED = "changed"


class Place(NamedTuple):
    """Where an entry stands: its moment, the rank of its source, the number of its row. No two are alike."""

    at: datetime
    rank: int
    id: int

    def __str__(self) -> str:
        """For addresses: `20260309T020000.000000.6.12`."""
        return f"{self.at.astimezone(UTC):%Y%m%dT%H%M%S.%f}.{self.rank}.{self.id}"

    @classmethod
    def parse(cls, text: str) -> Place:
        """What `str` wrote; InvalidInput for anything else."""
        found = _PLACE.fullmatch(text)
        if found is None:
            raise InvalidInput("profile-error-place")
        try:
            at = datetime.strptime(found[1], "%Y%m%dT%H%M%S.%f").replace(tzinfo=UTC)
        except ValueError:
            raise InvalidInput("profile-error-place") from None
        return cls(at, int(found[2]), int(found[3]))


_PLACE = re.compile(r"(\d{8}T\d{6}\.\d{6})\.(\d{1,2})\.(\d{1,18})", re.ASCII)


@dataclass(frozen=True)
class Entry:
    """One line. `title` names the message or the thing; `text` is what was written; `times` how often it
    happened, by first moment. `detail` holds what only this kind has."""

    place: Place
    kind: Kind
    channel: Channel | None = None
    title: str = ""
    text: str = ""
    times: int = 1
    contact_id: int | None = None
    """Whom it was with, where that may be a contact person."""
    campaign_id: int | None = None
    delivery_id: int | None = None
    reply_id: int | None = None
    account_id: int | None = None
    detail: dict[str, Any] = field(default_factory=dict)

    @property
    def at(self) -> datetime:
        return self.place.at


@dataclass(frozen=True)
class Asked:
    """What a source is asked: at most `limit` entries of the contact that stand behind `before`."""

    contact_id: int
    with_people: tuple[int, ...]
    """The contact and, of an organisation, those through whom it is written to."""
    rank: int
    before: Place | None
    limit: int
    now: datetime
    zone: ZoneInfo
    with_notes: bool

    def behind(self, at: Any, number: Any, when: datetime | date | None = None) -> ColumnElement[bool]:
        """The condition on a source's columns of moment and row number; `when` stands for the place's moment
        where the column holds something else, such as days."""
        if self.before is None:
            return true()
        when = when or self.before.at
        if self.rank == self.before.rank:
            return or_(at < when, and_(at == when, number < self.before.id))
        condition: ColumnElement[bool] = at <= when if self.rank < self.before.rank else at < when
        return condition

    def place(self, at: datetime, number: int) -> Place:
        return Place(at, self.rank, number)
