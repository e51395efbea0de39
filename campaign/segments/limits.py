"""What is looked up before a rule is asked: the boundaries of scores, and whether anybody ordered later.

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

from campaign.models import OrderStatistics
from campaign.segments.moments import today
from campaign.segments.rfm import SCORES
from campaign.segments.rule import And, ContactPersonOf, InSegment, LifeStage, Not, Or, Rfm, RfmGroup, Rule
from campaign.segments.rule_value import Limits
from campaign.segments.value import BOXES, Box

# better is more for each of them: a later day, more days, a larger sum
MEASURES = ("last_on", "days", "amount")
Edge = tuple[str, int]


@dataclass
class _Needed:
    edges: dict[str, set[Edge]] = field(default_factory=dict)
    stages: bool = False


def ready(db: Session, rule: Rule, now: datetime) -> Rule:
    """The rule with what it needs looked up as of now; the same rule when it needs nothing."""
    needed = _Needed()
    for leaf in _leaves(rule):
        if isinstance(leaf, Rfm | RfmGroup):
            needed.edges.setdefault(leaf.currency, set()).update(edges(boxes_of(leaf)))
        elif isinstance(leaf, LifeStage):
            needed.stages = True
    if not needed.edges and not needed.stages:
        return rule
    day = today(now)
    limits = {currency: _look_up(db, currency, asked, day) for currency, asked in needed.edges.items()}
    settled = day if needed.stages and not _some_later(db, day, "") else None
    return _filled(rule, limits, settled)


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


def _leaves(rule: Rule) -> Iterator[Rule]:
    match rule:
        case And(rules) | Or(rules):
            for part in rules:
                yield from _leaves(part)
        case Not(inner) | ContactPersonOf(inner):
            yield from _leaves(inner)
        case InSegment(_, inner) if inner is not None:
            yield from _leaves(inner)
        case _:
            yield rule


def _filled(rule: Rule, limits: dict[str, Limits | None], settled: date | None) -> Rule:
    match rule:
        case And(rules) | Or(rules):
            return type(rule)(tuple(_filled(part, limits, settled) for part in rules))
        case Not(inner) | ContactPersonOf(inner):
            return type(rule)(_filled(inner, limits, settled))
        case InSegment(_, inner) if inner is not None:
            return replace(rule, rule=_filled(inner, limits, settled))
        case Rfm() | RfmGroup():
            return replace(rule, limits=limits[rule.currency])
        case LifeStage():
            return replace(rule, settled_on=settled)
    return rule


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
