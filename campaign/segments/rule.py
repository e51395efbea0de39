"""The rule tree of a segment: what it may say, and how it is read from JSON, strictly.

Each node is a frozen dataclass; `{"type": "and", "rules": [...]}` is its JSON. What does not fit is an
InvalidInput that names the place, so that neither a page nor a file can bring anything else to the database.
The conditions stand in modules named after what they are about; this one holds what contains others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, cast

from campaign.errors import InvalidInput
from campaign.segments import places, rule_contacting, rule_orders, rule_profile, rule_value
from campaign.segments.comparing import (
    CHOICE_OPS,
    LIST_LIMIT,
    NUMBER_LIMIT,
    NUMBER_OPS,
    OPS,
    TEXT_OPS,
    WITHOUT_VALUE,
    Op,
)
from campaign.segments.parts import WrongRule, number, only, wrong
from campaign.segments.places import Place
from campaign.segments.rule_contacting import Act, Consented, Contacting, Engagement, Reachable, Standing
from campaign.segments.rule_orders import Measure, OrderDay, Orders, Which
from campaign.segments.rule_profile import (
    Attribute,
    Birthday,
    Custom,
    Dated,
    DatedField,
    Imported,
    Profile,
    Tag,
)
from campaign.segments.rule_value import HouseTier, LifeStage, Rfm, RfmGroup, SalesTier, Value

__all__ = [
    "CHOICE_OPS", "EVERYBODY", "LEAF_TYPES", "LIST_LIMIT", "NUMBER_OPS", "OPS", "TEXT_OPS", "WITHOUT_VALUE",
    "Act", "And", "Attribute", "Birthday", "Consented", "ContactPersonOf", "Custom", "Dated", "DatedField",
    "Engagement", "HouseTier", "Imported", "InSegment", "LifeStage", "Measure", "Not", "Op", "Or", "OrderDay",
    "Orders", "Reachable", "Rfm", "RfmGroup", "Rule", "SalesTier", "Standing", "Tag", "Value", "Which",
    "parse", "to_json", "to_json_whole", "type_of",
]  # fmt: skip

DEPTH_LIMIT = 8
NODE_LIMIT = 100


@dataclass(frozen=True)
class And:
    """All of them; no rules: everybody."""

    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class Or:
    """At least one of them; no rules: nobody."""

    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class Not:
    """Everybody else."""

    rule: Rule


@dataclass(frozen=True)
class ContactPersonOf:
    """Is a contact person of an organisation that the rule fits."""

    rule: Rule


@dataclass(frozen=True)
class InSegment:
    """Is in another segment, as that one is when it is asked.

    What that one asks is filled in by `bound.bind`; no part of the JSON.
    """

    segment_id: int
    rule: Rule | None = field(default=None, compare=False, metadata={"bound": True})


Rule = And | Or | Not | ContactPersonOf | InSegment | Profile | Contacting | Orders | OrderDay | Place | Value

EVERYBODY = And(())


def to_json(rule: Rule) -> dict[str, Any]:
    """The JSON that `parse` reads back as the same rule."""
    if isinstance(rule, And | Or):
        return {"type": type_of(rule), "rules": [to_json(part) for part in rule.rules]}
    if isinstance(rule, Not | ContactPersonOf):
        return {"type": type_of(rule), "rule": to_json(rule.rule)}
    facts = {
        one.name: getattr(rule, one.name)
        for one in fields(rule)
        if not one.metadata.get("bound")
        and not (one.metadata.get("quiet") and getattr(rule, one.name) == one.default)
    }
    return {"type": type_of(rule), **{name: _value(value) for name, value in facts.items()}}


def to_json_whole(rule: Rule) -> dict[str, Any]:
    """The same with what was filled in from the house: to tell whether it is still the same question."""
    if isinstance(rule, And | Or):
        return {"type": type_of(rule), "rules": [to_json_whole(part) for part in rule.rules]}
    if isinstance(rule, Not | ContactPersonOf):
        return {"type": type_of(rule), "rule": to_json_whole(rule.rule)}
    if isinstance(rule, InSegment) and rule.rule is not None:
        return to_json(rule) | {"rule": to_json_whole(rule.rule)}
    if isinstance(rule, HouseTier) and rule.cuts is not None:
        return to_json(rule) | {"by": rule.cuts.by, "ends": list(rule.cuts.ends)}
    return to_json(rule)


def _value(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if isinstance(value, date) else value


def type_of(rule: Rule) -> str:
    """The word for the node in JSON."""
    return _TYPES[type(rule)]


def _in_segment(given: Mapping[str, Any]) -> InSegment:
    only(given, "segment_id")
    return InSegment(number(given, "segment_id", 1, NUMBER_LIMIT))


# conditions by their word in JSON: the class, and who reads it
_LEAVES: dict[str, tuple[type, Callable[[Mapping[str, Any]], Any]]] = {
    **rule_profile.NODES, **rule_contacting.NODES, **rule_orders.NODES, **rule_value.NODES, **places.NODES,
    "segment": (InSegment, _in_segment),
}  # fmt: skip
LEAF_TYPES = tuple(_LEAVES)
_TYPES: dict[type, str] = {
    And: "and", Or: "or", Not: "not", ContactPersonOf: "contact_person_of",
    **{of: word for word, (of, _) in _LEAVES.items()},
}  # fmt: skip


def parse(given: object) -> Rule:
    """The rule that the JSON says; InvalidInput when it says anything else."""
    budget = [NODE_LIMIT]
    return _parse(given, 0, budget)


def _parse(given: object, depth: int, budget: list[int]) -> Rule:
    budget[0] -= 1
    if depth > DEPTH_LIMIT or budget[0] < 0:
        raise InvalidInput("segments-error-too-large", depth=DEPTH_LIMIT, nodes=NODE_LIMIT)
    if not isinstance(given, Mapping):
        raise wrong("rule")
    kind = given.get("type")
    if kind in ("and", "or"):
        only(given, "rules")
        rules = given.get("rules")
        if not isinstance(rules, list | tuple):
            raise wrong("rules")
        parts = tuple(_within(rule, f"rules[{at}]", depth, budget) for at, rule in enumerate(rules))
        return And(parts) if kind == "and" else Or(parts)
    if kind in ("not", "contact_person_of"):
        only(given, "rule")
        inner = _within(given.get("rule"), "rule", depth, budget)
        return Not(inner) if kind == "not" else ContactPersonOf(inner)
    if not isinstance(kind, str) or kind not in _LEAVES:
        raise wrong("type")
    return cast("Rule", _LEAVES[kind][1](given))


def _within(given: object, step: str, depth: int, budget: list[int]) -> Rule:
    try:
        return _parse(given, depth + 1, budget)
    except WrongRule as error:
        raise error.inside(step) from None
