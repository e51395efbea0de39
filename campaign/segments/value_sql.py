"""RFM scores, groups, tiers and stages in SQL, from the statistics of orders, as of any day.

Who had no order after the day is read from the statistics alone; for the others, and they are few when the
day is today, the orders up to the day are added up. Scores compare a value with the boundaries of `rfm`,
each found by its rank in an index, where NTILE sorts everyone three times and parts equal values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    CompoundSelect,
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
from sqlalchemy.orm import aliased

from campaign.models import Order, OrderStatistics
from campaign.segments.limits import MEASURES
from campaign.segments.rfm import SCORES
from campaign.segments.rule_value import Limits
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


def facts(day: date, currency: str = "") -> CTE:
    """`contact_id, first_on, last_on, days, amount` of the orders up to that day.

    Without a currency: a row for each that somebody ordered in. To be read as if it were written out where it
    is used, or no index would serve the ranks.
    """
    kept = OrderStatistics
    settled = select(kept.contact_id, kept.first_on, kept.last_on, kept.days, kept.amount)
    both: CompoundSelect[Any] = union_all(settled.where(_settled(day, currency)), _added_up(day, currency))
    return both.cte().prefix_with("NOT MATERIALIZED")


def _settled(day: date, currency: str) -> ColumnElement[bool]:
    """The rows of statistics that hold for the day as they are."""
    kept = OrderStatistics
    return and_(kept.currency == currency if currency else true(), kept.last_on <= day)


def _added_up(day: date, currency: str) -> Select[int, date, date, int, int]:
    """The same facts of those who ordered after the day as well, from their orders up to it."""
    kept, order = OrderStatistics, Order
    later = select(kept.contact_id).where(
        kept.currency == currency if currency else true(), kept.last_on > day
    )
    return (
        select(
            order.contact_id,
            func.min(order.ordered_on).label("first_on"),
            func.max(order.ordered_on).label("last_on"),
            func.count(distinct(order.ordered_on)).label("days"),
            cast(func.sum(order.amount), BigInteger).label("amount"),
        )
        .where(order.currency == currency if currency else true(), order.ordered_on <= day)
        .where(order.contact_id.in_(later))
        .group_by(order.contact_id, order.currency)
    )


def _is_among(
    contact_id: Any,
    day: date,
    currency: str,
    fits: Callable[[Any], ColumnElement[bool]],
    heads: Callable[[Select[Any]], Select[Any]] = lambda query: query,
) -> ColumnElement[bool]:
    """Whether the contact's facts fit; `fits` is given their columns.

    Asked of both parts apart: of their union PostgreSQL does not know how many it holds, and looks contacts
    up one by one.
    """
    kept, late = OrderStatistics, _added_up(day, currency).subquery()
    columns = OrderStatistics.__table__.c
    settled = select(kept.contact_id).where(_settled(day, currency), fits(columns))
    added_up = select(late.c.contact_id).where(fits(late.c))
    return or_(_is(contact_id.in_(heads(settled))), _is(contact_id.in_(heads(added_up))))


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


def in_boxes(
    boxes: Iterable[Box], day: date, currency: str, contact_id: Any, limits: Limits | None = None
) -> ColumnElement[bool]:
    """The condition that scores lie in one of the boxes; only boundaries at edges are sought, unless they
    were looked up for that day."""
    asked = list(boxes)
    if limits is not None and limits.day == day:
        known = limits.values
        kept = OrderStatistics
        fit = or_(*(_inside(box, kept.__table__.c, lambda *edge: known[edge]) for box in asked))
        return _is(contact_id.in_(select(kept.contact_id).where(kept.currency == currency, fit)))
    found = _Boundaries(day, currency)

    def fits(columns: Any) -> ColumnElement[bool]:
        return or_(*(_inside(box, columns, found.limit) for box in asked))

    return _is_among(contact_id, day, currency, fits, found.among)


def _inside(box: Box, columns: Any, limit: Callable[[str, int], Any]) -> ColumnElement[bool]:
    edges: list[ColumnElement[bool]] = [true()]
    for measure, (low, high) in zip(MEASURES, box, strict=True):
        if low > 1:
            edges.append(columns[measure] > limit(measure, low - 1))
        if high < SCORES:
            edges.append(columns[measure] <= limit(measure, high))
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


def in_stage(stage: Stage, day: date, contact_id: Any, settled_on: date | None = None) -> ColumnElement[bool]:
    """The condition that a contact is at that stage; `settled_on` is a day after which nobody ordered."""
    past = _Past(day, contact_id, settled_on == day)
    match stage:
        case Stage.PROSPECT:
            return ~past.bought(lambda c: true())
        case Stage.NEW:
            return and_(past.bought(lambda c: c.first_on >= past.ago(NEW_DAYS)), ~past.first_before(NEW_DAYS))
        case Stage.CURRENT:
            return and_(past.last_since(CURRENT_DAYS), past.first_before(NEW_DAYS))
        case Stage.LAPSING:
            return past.last_between(LAPSING_DAYS, CURRENT_DAYS)
        case Stage.LAPSED:
            return past.last_between(LAPSED_DAYS, LAPSING_DAYS)
        case Stage.FORMER:
            longer_ago = past.bought(lambda c: c.last_on < past.ago(LAPSED_DAYS))
            return and_(longer_ago, ~past.last_since(LAPSED_DAYS))


def bought_since(first: date, day: date, contact_id: Any) -> ColumnElement[bool]:
    """The condition that somebody ordered between the two days, in whatever currency."""
    return _is_among(contact_id, day, "", lambda columns: _is(columns.last_on >= first))


class _Past:
    """Conditions on when a contact bought; they have a row for each currency."""

    def __init__(self, day: date, contact_id: Any, settled: bool) -> None:
        self._day = day
        self._contact_id = contact_id
        self._settled = settled

    def ago(self, days: int) -> date:
        return self._day - timedelta(days=days)

    def bought(self, fits: Callable[[Any], ColumnElement[bool]]) -> ColumnElement[bool]:
        if self._settled:
            kept = OrderStatistics
            return _is(self._contact_id.in_(select(kept.contact_id).where(fits(kept.__table__.c))))
        return _is_among(self._contact_id, self._day, "", fits)

    def first_before(self, days: int) -> ColumnElement[bool]:
        return self.bought(lambda c: c.first_on < self.ago(days))

    def last_since(self, days: int) -> ColumnElement[bool]:
        return self.bought(lambda c: c.last_on >= self.ago(days))

    def last_between(self, oldest: int, newest: int) -> ColumnElement[bool]:
        """The last order in one currency is that old, and in none younger."""

        def within(c: Any) -> ColumnElement[bool]:
            return and_(c.last_on >= self.ago(oldest), c.last_on < self.ago(newest))

        if not self._settled:
            return and_(self.bought(within), ~self.last_since(newest))
        # of the few that fit it is asked one by one: a list of all who bought since is long
        later = aliased(OrderStatistics)
        since = later.last_on >= self.ago(newest)
        return self.bought(
            lambda c: and_(within(c), ~exists().where(later.contact_id == c.contact_id, since))
        )


def _is(condition: Any) -> ColumnElement[bool]:
    made: ColumnElement[bool] = condition
    return made
