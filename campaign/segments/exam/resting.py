"""What a rule rests on besides each customer's own facts, and whether that changed since it was saved.

Who saved a segment looked at the people whom it named then. When a segment that it asks, or the house's
tiers, are changed afterwards, it names others without anybody having looked at them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign import house
from campaign.models import Segment
from campaign.segments import house_tiers
from campaign.segments.compile import today
from campaign.segments.exam import deleted
from campaign.segments.exam.verdict import Reason, Value, Verdict
from campaign.segments.exam.walking import conditions
from campaign.segments.period import Timed
from campaign.segments.rule import (
    And,
    Birthday,
    ContactPersonOf,
    HouseTier,
    InSegment,
    LifeStage,
    Not,
    Or,
    Rfm,
    RfmGroup,
    Rule,
    SalesTier,
)


class Ground(StrEnum):
    """What besides a customer's own facts decides."""

    TODAY = "today"  # days are counted back or ahead from it
    OTHERS = "others"  # customers are compared with each other
    SEGMENT = "segment"
    TIERS = "tiers"  # where the house's own tiers end
    DELETED = "deleted"  # opens and clicks, of which the older ones are deleted


@dataclass(frozen=True)
class Rest:
    """One thing the rule rests on; `changed_on` when that was after the segment was saved, or since when it
    is kept while the rule asks for what was before."""

    ground: Ground
    name: str = ""
    changed_on: date | None = None

    def to_json(self) -> dict[str, str | None]:
        day = self.changed_on.isoformat() if self.changed_on else None
        return {"on": self.ground.value, "name": self.name, "changed_since": day}


def rests(db: Session, segment: Segment, rule: Rule, now: datetime) -> tuple[Rest, ...]:
    """Of a bound rule, other segments and what they ask included; nothing when all is each one's own."""
    leaves = [leaf for leaf, _ in conditions(rule)]
    found = []
    if any(_moves(leaf) for leaf in leaves):
        found.append(Rest(Ground.TODAY))
    if any(isinstance(leaf, Rfm | RfmGroup | SalesTier | HouseTier) for leaf in leaves):
        found.append(Rest(Ground.OTHERS))
    asked = sorted(set(_segments(rule)))
    for other in db.scalars(select(Segment).where(Segment.id.in_(asked)).order_by(Segment.name)):
        since = today(other.updated_at) if other.updated_at > segment.updated_at else None
        found.append(Rest(Ground.SEGMENT, other.name, since))
    if any(isinstance(leaf, HouseTier) for leaf in leaves):
        kept = house.current(db, house_tiers.NAME)
        since = today(kept.at) if kept is not None and kept.at > segment.updated_at else None
        found.append(Rest(Ground.TIERS, changed_on=since))
    if kept_since := deleted.missing(db, rule, now):
        found.append(Rest(Ground.DELETED, changed_on=kept_since))
    return tuple(found)


def judged(found: tuple[Rest, ...]) -> list[tuple[Verdict, Reason]]:
    """What is said of each; of nothing that it rests on customers' own facts alone."""
    if not found:
        return [(Verdict.PASSES, Reason("exam-identifiable-own-facts"))]
    return [_judge(one) for one in found]


def _judge(one: Rest) -> tuple[Verdict, Reason]:
    name: dict[str, Value] = {"name": one.name} if one.name else {}
    if one.changed_on is None:
        return Verdict.PASSES, Reason(f"exam-identifiable-by-{one.ground}", name)
    changed: dict[str, Value] = {**name, "day": one.changed_on}
    return Verdict.WEAK, Reason(f"exam-identifiable-changed-{one.ground}", changed)


def _moves(leaf: Rule) -> bool:
    if isinstance(leaf, Timed):
        return bool(leaf.days or leaf.older_than)
    return isinstance(leaf, Birthday | LifeStage | HouseTier)


def _segments(rule: Rule) -> Iterator[int]:
    """The numbers of all segments that are asked, by whatever detour."""
    match rule:
        case And(rules) | Or(rules):
            for part in rules:
                yield from _segments(part)
        case Not(inner) | ContactPersonOf(inner):
            yield from _segments(inner)
        case InSegment(segment_id, inner):
            yield segment_id
            if inner is not None:
                yield from _segments(inner)
