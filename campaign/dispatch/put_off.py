"""What the deliveries that are put off wait for, and until when: the answer to "why does nothing move?"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, literal, select
from sqlalchemy.orm import Session

from campaign.dispatch import moves, quiet_hours
from campaign.models import Delivery, DeliveryState

# the first that fits counts
_NAME = case(
    (Delivery.reason == moves.LIMITED, literal("limit")),
    (Delivery.reason == quiet_hours.REASON, literal("quiet")),
    # the rest of a test has no hour until its winner is known
    (Delivery.next_attempt_at.is_(None), literal("winner")),
    # never tried and nobody turned it away: its recipient's own hour is still to come
    (Delivery.reason == "", literal("hour")),
    else_=literal("server"),
)


@dataclass(frozen=True)
class Waiting:
    """So many wait for the same thing; `name` is `limit`, `quiet`, `winner`, `hour` or `server`."""

    name: str
    count: int
    next_at: datetime | None
    """When the first of them goes; None for the rest of a test."""


def of_mailings(db: Session, mailing_ids: Sequence[int]) -> list[Waiting]:
    """Those that are put off, the most frequent first. Reads each of their rows: for mailings not large."""
    name = _NAME.label("name")
    rows = (
        select(name, func.count(), func.min(Delivery.next_attempt_at))
        .where(Delivery.mailing_id.in_(mailing_ids), Delivery.state == DeliveryState.DEFERRED)
        .group_by(name)
    )
    found = [Waiting(row[0], row[1], row[2]) for row in db.execute(rows)]
    return sorted(found, key=lambda one: (-one.count, one.name))
