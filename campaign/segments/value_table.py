"""Value in numbers: the cells of the RFM table, its groups, and the ABC line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from campaign.models import OrderStatistics
from campaign.segments import value_sql
from campaign.segments.room import give_room
from campaign.segments.value import Group, Tier, group_of

SLICES = 20  # of five customers in a hundred each


@dataclass(frozen=True)
class Share:
    """Customers, and what they bought for in the smallest unit of the currency; refunds came off."""

    people: int = 0
    amount: int = 0

    def plus(self, other: Share) -> Share:
        return Share(self.people + other.people, self.amount + other.amount)


@dataclass(frozen=True)
class ValueTable:
    """`cells` by scores of recency and frequency; cells without customers are left out."""

    cells: dict[tuple[int, int], Share]
    groups: dict[Group, Share]
    whole: Share


def table(db: Session, day: date, currency: str) -> ValueTable:
    """The RFM table as of that day."""
    give_room(db)
    scored = value_sql.scores(day, currency).subquery()
    by = (scored.c.r, scored.c.f, scored.c.m)
    cells: dict[tuple[int, int], Share] = {}
    groups = dict.fromkeys(Group, Share())
    whole = Share()
    for r, f, m, people, amount in db.execute(
        select(*by, func.count(), func.sum(scored.c.amount)).group_by(*by)
    ):
        share = Share(people, int(amount))
        cells[r, f] = cells.get((r, f), Share()).plus(share)
        groups[group_of(r, f, m)] = groups[group_of(r, f, m)].plus(share)
        whole = whole.plus(share)
    return ValueTable(cells, groups, whole)


@dataclass(frozen=True)
class Pareto:
    """`slices`: sales of each twentieth of the customers, the largest first, refunds left out."""

    slices: list[Share]
    tiers: dict[Tier, Share]

    @property
    def whole(self) -> int:
        return sum(one.amount for one in self.slices)


def pareto(db: Session, day: date, currency: str) -> Pareto:
    """Customers in the order of what they bought for, and the tiers they are in."""
    give_room(db)
    found = value_sql.tiers(day, currency).subquery()
    gain = case((found.c.amount > 0, found.c.amount), else_=0)
    place = func.row_number().over(order_by=found.c.amount.desc()) - 1
    at = (place * SLICES // func.count().over()).label("at")
    placed = select(found.c.tier, gain.label("gain"), at).subquery()
    counted = select(placed.c.at, placed.c.tier, func.count(), func.sum(placed.c.gain))
    slices: dict[int, Share] = {}
    tiers = dict.fromkeys(Tier, Share())
    for at_slice, tier, people, amount in db.execute(counted.group_by(placed.c.at, placed.c.tier)):
        share = Share(people, int(amount))
        slices[at_slice] = slices.get(at_slice, Share()).plus(share)
        tiers[Tier(tier)] = tiers[Tier(tier)].plus(share)
    return Pareto([slices[at_slice] for at_slice in sorted(slices)], tiers)


def currencies(db: Session) -> list[str]:
    """The currencies that somebody ordered in, the most usual first."""
    people = func.count().desc()
    query = select(OrderStatistics.currency).group_by(OrderStatistics.currency)
    return list(db.scalars(query.order_by(people, OrderStatistics.currency)))
