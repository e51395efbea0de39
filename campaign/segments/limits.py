"""What is looked up before a rule is asked: the boundaries of scores, whether anybody ordered later, and on
SQLite whether a period holds a large part of all orders.

With the values in its hands a planner knows how many fit, and takes the way that a person would write; with
queries in their place it guesses, and looks a million customers up one by one. Without them a rule means the
same: `value_sql` then finds the boundaries itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from campaign.models import Order, OrderStatistics
from campaign.segments.boxes import merged
from campaign.segments.moments import Bounds, day_within, today
from campaign.segments.rfm import SCORES
from campaign.segments.rule import And, ContactPersonOf, InSegment, LifeStage, Not, Or, Rfm, RfmGroup, Rule
from campaign.segments.rule_orders import Orders
from campaign.segments.rule_value import Limits
from campaign.segments.value import BOXES, Box

# better is more for each of them: a later day, more days, a larger sum
MEASURES = ("last_on", "days", "amount")
Edge = tuple[str, int]
# an order found by an index costs SQLite six times an order of all that are read from end to end (measured on
# five million: 1.6 and 0.25 microseconds of processor time)
WIDE_PARTS = 6


@dataclass
class _Needed:
    edges: dict[str, set[Edge]] = field(default_factory=dict)
    stages: bool = False
    periods: set[Bounds] = field(default_factory=set)


def ready(db: Session, rule: Rule, now: datetime) -> Rule:
    """The rule with what it needs looked up as of now; the same rule when it needs nothing."""
    needed, day = _Needed(), today(now)
    by_rows = db.get_bind().dialect.name == "sqlite"
    for leaf in _leaves(rule):
        if isinstance(leaf, _Scores):
            needed.edges.setdefault(leaf.currency, set()).update(edges(leaf.boxes))
        elif isinstance(leaf, LifeStage):
            needed.stages = True
        elif by_rows and isinstance(leaf, Orders) and leaf.is_bounded and leaf.reads_rows:
            needed.periods.add(leaf.bounds(day))
    if not (needed.edges or needed.stages or needed.periods):
        return rule
    limits = {currency: _look_up(db, currency, asked, day) for currency, asked in needed.edges.items()}
    settled = day if needed.stages and not _some_later(db, day, "") else None
    wide = {period for period in needed.periods if _is_wide(db, period)}
    return _Filling(day, limits, settled, wide).fill(rule)


def boxes_of(rule: Rfm | RfmGroup) -> tuple[Box, ...]:
    return BOXES[rule.group] if isinstance(rule, RfmGroup) else ((rule.r, rule.f, rule.m),)


def edges(boxes: Iterable[Box]) -> Iterator[Edge]:
    """The boundaries at which the boxes end."""
    for box in boxes:
        for measure, (low, high) in zip(MEASURES, box, strict=True):
            if low > 1:
                yield measure, low - 1
            if high < SCORES:
                yield measure, high


@dataclass(frozen=True)
class _Scores:
    currency: str
    boxes: list[Box]


def together(rules: Iterable[Rule]) -> dict[str, list[Box]]:
    """Scores and groups of which one is to fit, by currency, as they are asked: boxes side by side as one."""
    boxes: dict[str, list[Box]] = {}
    for rule in rules:
        if isinstance(rule, Rfm | RfmGroup):
            boxes.setdefault(rule.currency, []).extend(boxes_of(rule))
    return {currency: merged(them) for currency, them in boxes.items()}


def _leaves(rule: Rule) -> Iterator[Rule | _Scores]:
    match rule:
        case Or(rules):
            for currency, boxes in together(rules).items():
                yield _Scores(currency, boxes)
            for part in rules:
                if not isinstance(part, Rfm | RfmGroup):
                    yield from _leaves(part)
        case Rfm() | RfmGroup():
            yield _Scores(rule.currency, list(boxes_of(rule)))
        case And(rules):
            for part in rules:
                yield from _leaves(part)
        case Not(inner) | ContactPersonOf(inner):
            yield from _leaves(inner)
        case InSegment(_, inner) if inner is not None:
            yield from _leaves(inner)
        case _:
            yield rule


@dataclass(frozen=True)
class _Filling:
    day: date
    limits: dict[str, Limits | None]
    settled: date | None
    wide: set[Bounds]

    def fill(self, rule: Rule) -> Rule:
        match rule:
            case And(rules) | Or(rules):
                return type(rule)(tuple(self.fill(part) for part in rules))
            case Not(inner) | ContactPersonOf(inner):
                return type(rule)(self.fill(inner))
            case InSegment(_, inner) if inner is not None:
                return replace(rule, rule=self.fill(inner))
            case Rfm() | RfmGroup():
                return replace(rule, limits=self.limits[rule.currency])
            case LifeStage():
                return replace(rule, settled_on=self.settled)
            case Orders():
                return replace(rule, is_wide=rule.reads_rows and rule.bounds(self.day) in self.wide)
        return rule


def _is_wide(db: Session, period: Bounds) -> bool:
    """Whether a sixth of all orders or more lies in the period, by the index of days. SQLite has no figures
    about that, and takes any period for a small one."""
    limit = (db.scalar(select(func.max(Order.id))) or 0) // WIDE_PARTS + 1
    some = select(Order.ordered_on).where(day_within(Order.ordered_on, period)).limit(limit).subquery()
    return (db.scalar(select(func.count()).select_from(some)) or 0) == limit


def _some_later(db: Session, day: date, currency: str) -> bool:
    """Whether anybody ordered after the day, as future orders and a day gone by make it."""
    later = select(OrderStatistics.contact_id).where(OrderStatistics.last_on > day)
    if currency:
        later = later.where(OrderStatistics.currency == currency)
    return bool(db.scalar(select(exists(later))))


def _look_up(db: Session, currency: str, asked: set[Edge], day: date) -> Limits | None:
    """None when nobody ordered, or somebody later: then the boundaries are no ranks in an index."""
    kept = OrderStatistics
    if _some_later(db, day, currency):
        return None
    size = db.scalar(select(func.count()).select_from(kept).where(kept.currency == currency)) or 0
    if not size:
        return None
    wanted = sorted(asked)
    if not wanted:
        return Limits(day, {})
    values = db.execute(select(*(_ranked(currency, edge, size) for edge in wanted))).one()
    return Limits(day, dict(zip(wanted, values, strict=True)))


def _ranked(currency: str, edge: Edge, size: int) -> Any:
    """The value of rank `ceil(part x n / 5)`, by an index, from the nearer end."""
    measure, part = edge
    value = getattr(OrderStatistics, measure)
    query = select(value).where(OrderStatistics.currency == currency).limit(1)
    if part * 2 > SCORES:
        nth = query.order_by(value.desc()).offset(size * (SCORES - part) // SCORES)
    else:
        nth = query.order_by(value).offset((size * part - 1) // SCORES)
    return nth.scalar_subquery()
