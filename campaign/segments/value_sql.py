"""RFM scores, groups, tiers and stages in SQL, from the statistics of orders, as of any day.

Who had no order after the day is read from the statistics alone; for the others, and they are few when the
day is today, the orders up to the day are added up. Scores compare a value with the boundaries of `rfm`,
each found by its rank in an index, where NTILE sorts everyone three times and parts equal values.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    Select,
    and_,
    case,
    cast,
    distinct,
    exists,
    func,
    or_,
    select,
    true,
    union_all,
)

from campaign.models import Order, OrderStatistics
from campaign.segments.rfm import SCORES
from campaign.segments.value import (
    CURRENT_DAYS,
    LAPSED_DAYS,
    LAPSING_DAYS,
    NEW_DAYS,
    TIER_ENDS,
    Box,
    Stage,
    Tier,
)

# better is more for each of them: a later day, more days, a larger sum
MEASURES = ("last_on", "days", "amount")


def facts(day: date, currency: str = "") -> CTE:
    """`contact_id, first_on, last_on, days, amount` of the orders up to that day.

    Without a currency: a row for each that somebody ordered in. To be read as if it were written out where it
    is used, or no index would serve the ranks.
    """
    kept, order = OrderStatistics, Order
    mine = kept.currency == currency if currency else true()
    settled = select(kept.contact_id, kept.first_on, kept.last_on, kept.days, kept.amount)
    later = select(kept.contact_id).where(mine, kept.last_on > day)
    added_up = (
        select(
            order.contact_id,
            func.min(order.ordered_on),
            func.max(order.ordered_on),
            func.count(distinct(order.ordered_on)),
            cast(func.sum(order.amount), BigInteger),
        )
        .where(order.currency == currency if currency else true(), order.ordered_on <= day)
        .where(order.contact_id.in_(later))
        .group_by(order.contact_id, order.currency)
    )
    both = union_all(settled.where(mine, kept.last_on <= day), added_up)
    return both.cte().prefix_with("NOT MATERIALIZED")


class _Boundaries:
    """What a value must exceed for each score, as of a day in a currency: one row, each worked out once.

    While nobody has ordered after the day, a boundary is a rank in an index of the statistics. Otherwise it
    is counted over all values; the databases work out only the one of both that is asked for.
    """

    def __init__(self, day: date, currency: str) -> None:
        kept = OrderStatistics
        self.who = facts(day, currency)
        self._mine = kept.currency == currency
        self._settled = and_(self._mine, kept.last_on <= day)
        later = select(kept.contact_id).where(self._mine, kept.last_on > day)
        self._some_later = select(exists(later).label("some")).cte()
        self._size = select(func.count().label("n")).select_from(kept).where(self._settled).cte()
        self._counted: dict[str, CTE] = {}
        self._limits: dict[str, CTE] = {}

    def limit(self, measure: str, part: int) -> ColumnElement[Any]:
        """The value of rank `ceil(part x n / 5)`: a query of its own, which an index can be searched with."""
        name = f"{measure}_{part}"
        if name not in self._limits:
            some_later = select(self._some_later.c.some).scalar_subquery()
            counted = select(self._count(measure).c[f"p{part}"]).scalar_subquery()
            either = case((some_later, counted), else_=self._ranked(measure, part))
            self._limits[name] = select(either.label("value")).cte().prefix_with("MATERIALIZED")
        return select(self._limits[name].c.value).scalar_subquery()

    def _ranked(self, measure: str, part: int) -> ColumnElement[Any]:
        """By an index, from the nearer end; in whole numbers, for 0.6 is not exact."""
        value = getattr(OrderStatistics, measure)
        size = select(self._size.c.n).scalar_subquery()
        query = select(value).where(self._settled).limit(1)
        if part * 2 > SCORES:
            nth = query.order_by(value.desc()).offset(size * (SCORES - part) // SCORES)
        else:
            nth = query.order_by(value).offset((size * part - 1) // SCORES)
        return nth.scalar_subquery()

    def _count(self, measure: str) -> CTE:
        """All four at once: the first value at which a fifth, two fifths ... of all values are reached."""
        if measure not in self._counted:
            value = self.who.c[measure]
            people = func.sum(func.count())
            by_value = select(
                value.label("value"), people.over(order_by=value).label("reached"), people.over().label("n")
            )
            line = by_value.group_by(value).subquery()
            parts = (
                func.min(line.c.value).filter(line.c.reached * SCORES >= line.c.n * part).label(f"p{part}")
                for part in range(1, SCORES)
            )
            self._counted[measure] = select(*parts).cte()
        return self._counted[measure]

    def among(self, query: Select[Any]) -> Select[Any]:
        """The query with what it reads at its head, wherever it is put."""
        heads = (self.who, self._some_later, self._size, *self._counted.values(), *self._limits.values())
        return query.add_cte(*heads, nest_here=True)


def scores(day: date, currency: str) -> Select[Any]:
    """`contact_id, last_on, days, amount, r, f, m` of everyone who had ordered by that day."""
    found = _Boundaries(day, currency)
    who = found.who
    columns = [
        case(
            *((who.c[measure] > found.limit(measure, part), part + 1) for part in range(SCORES - 1, 0, -1)),
            else_=1,
        ).label(letter)
        for letter, measure in zip("rfm", MEASURES, strict=True)
    ]
    return found.among(select(who.c.contact_id, who.c.last_on, who.c.days, who.c.amount, *columns))


def in_boxes(boxes: Iterable[Box], day: date, currency: str) -> Select[Any]:
    """The ids of those whose scores lie in one of the boxes; only boundaries at edges are sought."""
    found = _Boundaries(day, currency)
    inside = [_inside(box, found) for box in boxes]
    return found.among(select(found.who.c.contact_id).where(or_(*inside)))


def _inside(box: Box, found: _Boundaries) -> ColumnElement[bool]:
    edges: list[ColumnElement[bool]] = [true()]
    for measure, (low, high) in zip(MEASURES, box, strict=True):
        if low > 1:
            edges.append(found.who.c[measure] > found.limit(measure, low - 1))
        if high < SCORES:
            edges.append(found.who.c[measure] <= found.limit(measure, high))
    return and_(*edges)


def tiers(day: date, currency: str) -> Select[Any]:
    """`contact_id, amount, tier` of everyone who had ordered by that day; equal sums are in one tier."""
    who = facts(day, currency)
    gain = case((who.c.amount > 0, who.c.amount), else_=0)
    # those who bought for strictly more: the groups of equal sums before one's own
    before = func.coalesce(func.sum(gain).over(order_by=who.c.amount.desc(), groups=(None, -1)), 0)
    ranked = select(
        who.c.contact_id, who.c.amount, before.label("before"), func.sum(gain).over().label("total")
    ).subquery()
    ends = [
        (and_(ranked.c.amount > 0, ranked.c.before * parts < ranked.c.total * share), tier.value)
        for tier, (share, parts) in TIER_ENDS.items()
    ]
    found = select(ranked.c.contact_id, ranked.c.amount, case(*ends, else_=Tier.C.value).label("tier"))
    return found.add_cte(who, nest_here=True)


def in_tier(tier: Tier, day: date, currency: str) -> Select[Any]:
    """The ids of a tier."""
    found = tiers(day, currency).subquery()
    return select(found.c.contact_id).where(found.c.tier == tier.value)


def in_stage(stage: Stage, day: date, contact_id: Any) -> ColumnElement[bool]:
    """The condition that a contact is at that stage."""

    def ago(days: int) -> date:
        return day - timedelta(days=days)

    who = facts(day)

    def those(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
        ids = select(who.c.contact_id).where(*conditions).add_cte(who, nest_here=True)
        return _is(contact_id.in_(ids))

    def last_between(oldest: int, newest: int) -> ColumnElement[bool]:
        """A row a currency: the last order of one is that old, and of none younger."""
        last = who.c.last_on
        return and_(those(last >= ago(oldest), last < ago(newest)), ~those(last >= ago(newest)))

    known_longer = those(who.c.first_on < ago(NEW_DAYS))
    match stage:
        case Stage.PROSPECT:
            return ~those()
        case Stage.NEW:
            return and_(those(who.c.first_on >= ago(NEW_DAYS)), ~known_longer)
        case Stage.CURRENT:
            return and_(those(who.c.last_on >= ago(CURRENT_DAYS)), known_longer)
        case Stage.LAPSING:
            return last_between(LAPSING_DAYS, CURRENT_DAYS)
        case Stage.LAPSED:
            return last_between(LAPSED_DAYS, LAPSING_DAYS)
        case Stage.FORMER:
            since = those(who.c.last_on >= ago(LAPSED_DAYS))
            return and_(those(who.c.last_on < ago(LAPSED_DAYS)), ~since)


def _is(condition: Any) -> ColumnElement[bool]:
    made: ColumnElement[bool] = condition
    return made
