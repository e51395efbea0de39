"""How far a mailing is: counts by state and channel, for pages and commands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaign.dispatch.states import SETTLED
from campaign.models import Channel, Delivery, DeliveryState, Heartbeat, Mailing, MailingState

MOVING = (MailingState.PLANNED, MailingState.RUNNING)
# while a mailing with more rows is on its way, pages read what the beat has counted (`watch.counts`) …
LARGE = 20_000
# … unless it has not counted for so long
FRESH = timedelta(minutes=2)
COUNTED = "counts"
"""The beat's sign of life that holds what it counted."""

ByChannel = dict[Channel, dict[DeliveryState, int]]


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
    db: Session, mailing_ids: Sequence[int], now: datetime | None = None
) -> dict[tuple[int, Channel], dict[DeliveryState, int]]:
    """All counts that a page needs: a million rows are read once, and with `now` not at all when the beat has
    just counted them."""
    known = {id_: counts for id_, counts in kept(db, now)[0].items() if id_ in mailing_ids} if now else {}
    found = {(id_, channel): counts for id_, by in known.items() for channel, counts in by.items()}
    rest = [mailing_id for mailing_id in mailing_ids if mailing_id not in known]
    if not rest:
        return found
    columns = (Delivery.mailing_id, Delivery.channel, Delivery.state)
    rows = select(*columns, func.count()).where(Delivery.mailing_id.in_(rest)).group_by(*columns)
    for mailing_id, channel, state, count in db.execute(rows):
        found.setdefault((mailing_id, channel), {})[state] = count
    return found


def kept(db: Session, now: datetime) -> tuple[dict[int, ByChannel], datetime | None]:
    """Of large mailings that are on their way: what the beat counted, and when. Those that a person has
    stopped since are not among them."""
    row = db.get(Heartbeat, COUNTED, populate_existing=True)
    if row is None or now - row.at > FRESH or not row.detail.get("mailings"):
        return {}, None
    counted = {int(id_): by for id_, by in row.detail["mailings"].items()}
    moving = select(Mailing.id).where(Mailing.id.in_(counted), Mailing.state.in_(MOVING))
    return {id_: _typed(counted[id_]) for id_ in db.scalars(moving)}, row.at


def _typed(by_channel: Mapping[str, Mapping[str, int]]) -> ByChannel:
    return {
        Channel(channel): {DeliveryState(state): count for state, count in counts.items()}
        for channel, counts in by_channel.items()
    }


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
