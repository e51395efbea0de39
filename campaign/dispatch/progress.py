"""How far a mailing is: counts by state and channel, for pages and commands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaign.dispatch.states import SETTLED
from campaign.models import Channel, Delivery, DeliveryState


@dataclass(frozen=True)
class Progress:
    """Rows by state; `counts` holds every state, zeros too."""

    counts: dict[DeliveryState, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def settled(self) -> int:
        """Rows with nothing left to do for the machine."""
        return sum(self.counts[state] for state in SETTLED)

    @property
    def share(self) -> float:
        """0…1; 1 when there is nothing to do."""
        return self.settled / self.total if self.total else 1.0


def of_mailing(db: Session, mailing_id: int, channel: Channel | None = None) -> Progress:
    """The counts of one mailing, of one channel or of both."""
    return of_mailings(db, [mailing_id], channel)


def of_mailings(db: Session, mailing_ids: Sequence[int], channel: Channel | None = None) -> Progress:
    """The counts of several, such as all of a campaign."""
    rows = select(Delivery.state, func.count()).where(Delivery.mailing_id.in_(mailing_ids))
    if channel:
        rows = rows.where(Delivery.channel == channel)
    found = {row[0]: row[1] for row in db.execute(rows.group_by(Delivery.state))}
    return Progress({state: found.get(state, 0) for state in DeliveryState})


def by_mailing_and_channel(
    db: Session, mailing_ids: Sequence[int]
) -> dict[tuple[int, Channel], dict[DeliveryState, int]]:
    """All counts that a page needs in one statement: a million rows are read once."""
    rows = (
        select(Delivery.mailing_id, Delivery.channel, Delivery.state, func.count())
        .where(Delivery.mailing_id.in_(mailing_ids))
        .group_by(Delivery.mailing_id, Delivery.channel, Delivery.state)
    )
    found: dict[tuple[int, Channel], dict[DeliveryState, int]] = {}
    for mailing_id, channel, state, count in db.execute(rows):
        found.setdefault((mailing_id, channel), {})[state] = count
    return found


def together(counts: Iterable[Mapping[DeliveryState, int]]) -> Progress:
    """The sum of such counts."""
    summed: Counter[DeliveryState] = Counter()
    for one in counts:
        summed.update(one)
    return Progress({state: summed[state] for state in DeliveryState})


def unknown_of(db: Session, mailing_id: int) -> list[Delivery]:
    """The deliveries whose outcome nobody knows, oldest first, for a person to decide."""
    rows = select(Delivery).where(Delivery.mailing_id == mailing_id, Delivery.state == DeliveryState.UNKNOWN)
    return list(db.scalars(rows.order_by(Delivery.settled_at, Delivery.id)))
