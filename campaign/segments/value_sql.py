"""RFM scores, groups, tiers and stages in SQL, from the statistics of orders, as of any day.

Who had no order after the day is read from the statistics alone; for the others, and they are few when the
day is today, the orders up to the day are added up. Scores compare a value with the boundaries of `rfm`,
each found by its rank in an index: a fifth of the time of NTILE, and equal values stay together.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    Subquery,
    and_,
    case,
    cast,
    distinct,
    func,
    or_,
    select,
    true,
    union_all,
)

from campaign.models import Order, OrderStatistics
from campaign.segments.rfm import SCORES
from campaign.segments.value import (
    BOXES,
    CURRENT_DAYS,
    LAPSED_DAYS,
    LAPSING_DAYS,
    NEW_DAYS,
    TIER_ENDS,
    Box,
    Group,
    Stage,
    Tier,
)

# better is more for each of them: a later day, more days, a larger sum
MEASURES = ("last_on", "days", "amount")


def facts(day: date, currency: str = "") -> Subquery:
    """`contact_id, first_on, last_on, days, amount` of the orders up to that day.

    Without a currency: a row for each that somebody ordered in.
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
    return union_all(settled.where(mine, kept.last_on <= day), added_up).subquery()


class _Boundaries:
    """What a value must exceed for each score, as of a day in a currency: one row, each worked out once."""

    def __init__(self, day: date, currency: str) -> None:
        self._day, self._currency = day, currency
        self._size = select(func.count().label("n")).select_from(facts(day, currency)).cte()
        self._limits: dict[str, ColumnElement[Any]] = {}

    def limit(self, measure: str, part: int) -> str:
        """The name of the column with the value of rank `ceil(part x n / 5)`."""
        name = f"{measure}_{part}"
        if name not in self._limits:
            value = facts(self._day, self._currency).c[measure]
            size = select(self._size.c.n).scalar_subquery()
            # counted from the nearer end, by an index; in whole numbers, for 0.6 is not exact
            if part * 2 > SCORES:
                nth = select(value).order_by(value.desc()).offset(size * (SCORES - part) // SCORES)
            else:
                nth = select(value).order_by(value).offset((size * part - 1) // SCORES)
            self._limits[name] = nth.limit(1).scalar_subquery().label(name)
        return name

    def row(self) -> Subquery:
        """All limits that were asked for. The empty offset keeps PostgreSQL from working them out per row."""
        limits = select(*self._limits.values()).add_cte(self._size, nest_here=True)
        return limits.limit(1).offset(0).subquery()


def scores(day: date, currency: str) -> Select[Any]:
    """`contact_id, last_on, days, amount, r, f, m` of everyone who had ordered by that day."""
    found = _Boundaries(day, currency)
    names = {measure: [found.limit(measure, part) for part in range(1, SCORES)] for measure in MEASURES}
    who, limits = facts(day, currency), found.row()
    columns = [
        case(
            *(
                (who.c[measure] > limits.c[name], at)
                for at, name in reversed(list(enumerate(names[measure], 2)))
            ),
            else_=1,
        ).label(letter)
        for letter, measure in zip("rfm", MEASURES, strict=True)
    ]
    return select(who.c.contact_id, who.c.last_on, who.c.days, who.c.amount, *columns).join_from(
        who, limits, true()
    )


def in_boxes(boxes: Iterable[Box], day: date, currency: str) -> Select[Any]:
    """The ids of those whose scores lie in one of the boxes; only boundaries at edges are sought."""
    found = _Boundaries(day, currency)
    edges = [_edges(box, found) for box in boxes]
    who = facts(day, currency)
    ids = select(who.c.contact_id)
    if not any(edges):
        return ids  # a box without edges: everyone who ordered
    limits = found.row()
    inside = [
        and_(
            true(),
            *(
                who.c[measure] > limits.c[name] if above else who.c[measure] <= limits.c[name]
                for measure, name, above in edge
            ),
        )
        for edge in edges
    ]
    return ids.join_from(who, limits, true()).where(or_(*inside))


def _edges(box: Box, found: _Boundaries) -> list[tuple[str, str, bool]]:
    """Measure, its limit, and whether one is above it."""
    edges = []
    for measure, (low, high) in zip(MEASURES, box, strict=True):
        if low > 1:
            edges.append((measure, found.limit(measure, low - 1), True))
        if high < SCORES:
            edges.append((measure, found.limit(measure, high), False))
    return edges


def in_group(group: Group, day: date, currency: str) -> Select[Any]:
    """The ids of a group."""
    return in_boxes(BOXES[group], day, currency)


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
    return select(ranked.c.contact_id, ranked.c.amount, case(*ends, else_=Tier.C.value).label("tier"))


def in_tier(tier: Tier, day: date, currency: str) -> Select[Any]:
    """The ids of a tier."""
    found = tiers(day, currency).subquery()
    return select(found.c.contact_id).where(found.c.tier == tier.value)


def in_stage(stage: Stage, day: date, contact_id: Any) -> ColumnElement[bool]:
    """The condition that a contact is at that stage."""

    def ago(days: int) -> date:
        return day - timedelta(days=days)

    def bought_since(days: int) -> ColumnElement[bool]:
        who = facts(day)
        return _is(contact_id.in_(select(who.c.contact_id).where(who.c.last_on >= ago(days))))

    who = facts(day)
    ever = _is(contact_id.in_(select(who.c.contact_id)))
    known_longer = _is(contact_id.in_(select(who.c.contact_id).where(who.c.first_on < ago(NEW_DAYS))))
    match stage:
        case Stage.PROSPECT:
            return ~ever
        case Stage.NEW:
            return and_(bought_since(NEW_DAYS), ~known_longer)
        case Stage.CURRENT:
            return and_(bought_since(CURRENT_DAYS), known_longer)
        case Stage.LAPSING:
            return and_(bought_since(LAPSING_DAYS), ~bought_since(CURRENT_DAYS))
        case Stage.LAPSED:
            return and_(bought_since(LAPSED_DAYS), ~bought_since(LAPSING_DAYS))
        case Stage.FORMER:
            return and_(ever, ~bought_since(LAPSED_DAYS))


def _is(condition: Any) -> ColumnElement[bool]:
    made: ColumnElement[bool] = condition
    return made
