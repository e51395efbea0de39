"""What a rule names of the house, filled in: the rules of other segments, and where the own tiers end.

A rule is asked of the database only when it is bound; its JSON never holds what is filled in here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.errors import InvalidInput
from campaign.models import Segment
from campaign.segments import house_tiers
from campaign.segments.house_tiers import Cuts, Scheme, scheme_of
from campaign.segments.rule import And, ContactPersonOf, HouseTier, InSegment, Not, Or, Rule, parse

# of all the segments that one asks, and what these ask: several times what one may hold itself
NODE_LIMIT = 1000


def bind(db: Session, rule: Rule, of: int | None = None) -> Rule:
    """The rule with all that it names; `of` is the id of the segment whose rule it is, once it has one.

    InvalidInput when a segment is asked, by whatever detour, whether it is in itself, when one is gone, or
    when all of them together are too much.
    """
    return _Binding(db, of).bind(rule, () if of is None else (of,))


def rule_of(db: Session, segment: Segment) -> Rule:
    """The segment's rule, bound."""
    return bind(db, parse(segment.rule), segment.id)


def named(rule: Rule) -> Iterator[int]:
    """The ids of the segments that the rule itself names."""
    match rule:
        case And(rules) | Or(rules):
            for part in rules:
                yield from named(part)
        case Not(inner) | ContactPersonOf(inner):
            yield from named(inner)
        case InSegment(segment_id):
            yield segment_id


def users_of(db: Session, segment_id: int) -> list[Segment]:
    """The segments whose rule names this one."""
    found = []
    for segment in db.scalars(select(Segment).where(Segment.id != segment_id).order_by(Segment.name)):
        try:
            uses = segment_id in named(parse(segment.rule))
        except InvalidInput:
            continue  # a rule of another version, which names nothing that we know
        if uses:
            found.append(segment)
    return found


class _Binding:
    def __init__(self, db: Session, of: int | None) -> None:
        self._db = db
        self._of = of
        self._left = NODE_LIMIT
        self._cuts: dict[Scheme, Cuts] | None = None

    def bind(self, rule: Rule, asked: tuple[int, ...]) -> Rule:
        self._left -= 1
        if self._left < 0:
            raise InvalidInput("segments-error-bound-too-large", nodes=NODE_LIMIT)
        match rule:
            case And(rules) | Or(rules):
                return type(rule)(tuple(self.bind(part, asked) for part in rules))
            case Not(inner) | ContactPersonOf(inner):
                return type(rule)(self.bind(inner, asked))
            case InSegment(segment_id):
                return replace(rule, rule=self._other(segment_id, asked))
            case HouseTier(tier):
                self._cuts = self._cuts or house_tiers.read(self._db)
                return replace(rule, cuts=self._cuts[scheme_of(tier)])
        return rule

    def _other(self, segment_id: int, asked: tuple[int, ...]) -> Rule:
        segment = self._db.get(Segment, segment_id)
        if segment is None:
            raise InvalidInput("segments-error-gone", number=segment_id)
        if segment_id in asked:
            raise InvalidInput("segments-error-cycle", road=self._road((*asked, segment_id)))
        return self.bind(parse(segment.rule), (*asked, segment_id))

    def _road(self, asked: tuple[int, ...]) -> str:
        """`A → B → A`, from where it begins to go round."""
        begin = asked.index(asked[-1])
        names = {one.id: one.name for one in self._db.scalars(select(Segment).where(Segment.id.in_(asked)))}
        return " → ".join(f"“{names[one]}”" for one in asked[begin:])
