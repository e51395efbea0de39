"""The rule tree of a segment: what it may say, and how it is read from JSON, strictly.

Each node is a frozen dataclass; `{"type": "and", "rules": [...]}` is its JSON. What does not fit is an
InvalidInput that names the place, so that neither a page nor a file can bring anything else to the database.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from campaign.errors import InvalidInput
from campaign.models import Channel, ConsentPurpose
from campaign.segments import places
from campaign.segments.columns import COLUMNS, Kind
from campaign.segments.parts import check_number, clean_text, currency, number, only, text, word, wrong
from campaign.segments.places import InRegion, Place, ProvinceToday
from campaign.segments.value import ANY, Group, Range, Stage, Tier

DEPTH_LIMIT = 8
NODE_LIMIT = 100
LIST_LIMIT = 50  # values of one condition
NUMBER_LIMIT = 10**15  # đồng; far above any turnover, far below what a 64-bit column holds
ATTRIBUTE_LIMIT = 2**31 - 1  # an INTEGER column; PostgreSQL refuses to compare it with more
DAYS_LIMIT = 366 * 20
BIRTHDAY_DAYS_LIMIT = 60

CUSTOM_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")


class Op(StrEnum):
    """How an attribute is compared."""

    IS = "is"  # one of the values
    IS_NOT = "is_not"  # none of them; also true when there is no value
    CONTAINS = "contains"
    EMPTY = "empty"
    FILLED = "filled"
    AT_LEAST = "at_least"  # numbers and days: this or more, this day or later
    AT_MOST = "at_most"


TEXT_OPS = frozenset({Op.IS, Op.IS_NOT, Op.CONTAINS, Op.EMPTY, Op.FILLED})
NUMBER_OPS = frozenset({Op.IS, Op.IS_NOT, Op.AT_LEAST, Op.AT_MOST, Op.EMPTY, Op.FILLED})
CHOICE_OPS = frozenset({Op.IS, Op.IS_NOT})
OPS = {Kind.TEXT: TEXT_OPS, Kind.NAME: TEXT_OPS, Kind.NUMBER: NUMBER_OPS, Kind.CHOICE: CHOICE_OPS}
WITHOUT_VALUE = frozenset({Op.EMPTY, Op.FILLED})


class Measure(StrEnum):
    """What is measured of a contact's orders."""

    COUNT = "count"
    SUM = "sum"


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
class Attribute:
    """A column of the allow-list compared with values."""

    field: str
    op: Op
    values: tuple[str | int, ...] = ()


@dataclass(frozen=True)
class Custom:
    """A field of the house's own compared with texts."""

    key: str
    op: Op
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tag:
    """Bears this tag."""

    tag: str


@dataclass(frozen=True)
class Reachable:
    """May be written to by this sender for this purpose on this channel, now."""

    channel: Channel
    purpose: ConsentPurpose
    sender_id: int


@dataclass(frozen=True)
class Orders:
    """Orders of the last `days` (0: ever) for a product or by a channel of sale, counted or summed.

    `value` is a number of orders or an amount in the smallest unit of `currency`.
    """

    measure: Measure
    op: Op
    value: int
    days: int = 0
    product: str = ""
    channel: str = ""
    currency: str = "VND"


@dataclass(frozen=True)
class Birthday:
    """Has a birthday, in the calendar they keep it by, today or within so many days."""

    days: int


@dataclass(frozen=True)
class ContactPersonOf:
    """Is a contact person of an organisation that the rule fits."""

    rule: Rule


@dataclass(frozen=True)
class Rfm:
    """Has RFM scores in these ranges, both ends included, among those who ordered in the currency."""

    r: Range = ANY
    f: Range = ANY
    m: Range = ANY
    currency: str = "VND"


@dataclass(frozen=True)
class RfmGroup:
    """Is in this group by RFM."""

    group: Group
    currency: str = "VND"


@dataclass(frozen=True)
class SalesTier:
    """Is in this tier by share of sales."""

    tier: Tier
    currency: str = "VND"


@dataclass(frozen=True)
class LifeStage:
    """Is at this stage by the days since the first and the last order."""

    stage: Stage


Value = Rfm | RfmGroup | SalesTier | LifeStage
Rule = (
    And
    | Or
    | Not
    | Attribute
    | Custom
    | Tag
    | Reachable
    | Orders
    | Birthday
    | ContactPersonOf
    | Place
    | Value
)

EVERYBODY = And(())


def to_json(rule: Rule) -> dict[str, Any]:
    """The JSON that `parse` reads back as the same rule."""
    if isinstance(rule, And | Or):
        return {"type": type_of(rule), "rules": [to_json(part) for part in rule.rules]}
    if isinstance(rule, Not | ContactPersonOf):
        return {"type": type_of(rule), "rule": to_json(rule.rule)}
    facts = {name: list(value) if isinstance(value, tuple) else value for name, value in vars(rule).items()}
    return {"type": type_of(rule), **facts}


def type_of(rule: Rule) -> str:
    """The word for the node in JSON."""
    return _TYPES[type(rule)]


_TYPES: dict[type, str] = {
    And: "and", Or: "or", Not: "not", ContactPersonOf: "contact_person_of", Attribute: "attribute",
    Custom: "custom", Tag: "tag", Reachable: "reachable", Orders: "orders", Birthday: "birthday",
    Rfm: "rfm", RfmGroup: "rfm_group", SalesTier: "tier", LifeStage: "stage",
    ProvinceToday: "province_today", InRegion: "region",
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
        parts = tuple(_parse(rule, depth + 1, budget) for rule in rules)
        return And(parts) if kind == "and" else Or(parts)
    if kind in ("not", "contact_person_of"):
        only(given, "rule")
        inner = _parse(given.get("rule"), depth + 1, budget)
        return Not(inner) if kind == "not" else ContactPersonOf(inner)
    if not isinstance(kind, str) or kind not in _READERS:
        raise wrong("type")
    return _READERS[kind](given)


def _attribute(given: Mapping[str, Any]) -> Attribute:
    only(given, "field", "op", "values")
    field = text(given, "field")
    if field not in COLUMNS:
        raise wrong("field")
    column = COLUMNS[field]
    op = word(given, "op", Op)
    if op not in OPS[column.kind]:
        raise wrong("op")
    if column.kind is Kind.NUMBER:
        return Attribute(field, op, _numbers(given, op))
    values = _texts(given, op)
    if column.kind is Kind.CHOICE and not set(values) <= set(column.choices):
        raise wrong("values")
    return Attribute(field, op, values)


def _custom(given: Mapping[str, Any]) -> Custom:
    only(given, "key", "op", "values")
    key = text(given, "key")
    op = word(given, "op", Op)
    if not CUSTOM_KEY.fullmatch(key) or op not in TEXT_OPS:
        raise wrong("key")
    return Custom(key, op, _texts(given, op))


def _tag(given: Mapping[str, Any]) -> Tag:
    only(given, "tag")
    tag = text(given, "tag")
    if not tag:
        raise wrong("tag")
    return Tag(tag)


def _reachable(given: Mapping[str, Any]) -> Reachable:
    only(given, "channel", "purpose", "sender_id")
    sender_id = number(given, "sender_id", 1, NUMBER_LIMIT)
    return Reachable(word(given, "channel", Channel), word(given, "purpose", ConsentPurpose), sender_id)


def _orders(given: Mapping[str, Any]) -> Orders:
    only(given, "measure", "op", "value", "days", "product", "channel", "currency")
    op = word(given, "op", Op)
    if op not in (Op.AT_LEAST, Op.AT_MOST):
        raise wrong("op")
    return Orders(
        measure=word(given, "measure", Measure),
        op=op,
        value=number(given, "value", 0, NUMBER_LIMIT),
        days=number(given, "days", 0, DAYS_LIMIT, 0),
        product=text(given, "product", ""),
        channel=text(given, "channel", ""),
        currency=currency(given),
    )


def _birthday(given: Mapping[str, Any]) -> Birthday:
    only(given, "days")
    return Birthday(number(given, "days", 0, BIRTHDAY_DAYS_LIMIT))


def _rfm(given: Mapping[str, Any]) -> Rfm:
    only(given, "r", "f", "m", "currency")
    return Rfm(_range(given, "r"), _range(given, "f"), _range(given, "m"), currency(given))


def _range(given: Mapping[str, Any], name: str) -> Range:
    ends = given.get(name, ANY)
    if not isinstance(ends, list | tuple) or len(ends) != 2:
        raise wrong(name)
    low, high = (check_number(end, name, *ANY) for end in ends)
    if low > high:
        raise wrong(name)
    return low, high


def _rfm_group(given: Mapping[str, Any]) -> RfmGroup:
    only(given, "group", "currency")
    return RfmGroup(word(given, "group", Group), currency(given))


def _tier(given: Mapping[str, Any]) -> SalesTier:
    only(given, "tier", "currency")
    return SalesTier(word(given, "tier", Tier), currency(given))


def _stage(given: Mapping[str, Any]) -> LifeStage:
    only(given, "stage")
    return LifeStage(word(given, "stage", Stage))


_READERS: dict[str, Callable[[Mapping[str, Any]], Rule]] = {
    "attribute": _attribute,
    "custom": _custom,
    "tag": _tag,
    "reachable": _reachable,
    "orders": _orders,
    "birthday": _birthday,
    "rfm": _rfm,
    "rfm_group": _rfm_group,
    "tier": _tier,
    "stage": _stage,
    "province_today": places.read_province,
    "region": places.read_region,
}
LEAF_TYPES = tuple(_READERS)


def _texts(given: Mapping[str, Any], op: Op) -> tuple[str, ...]:
    values = _list(given, op)
    cleaned = tuple(clean_text(value, "values") for value in values)
    if "" in cleaned:
        raise wrong("values")
    return cleaned


def _numbers(given: Mapping[str, Any], op: Op) -> tuple[int, ...]:
    values = _list(given, op)
    if op in (Op.AT_LEAST, Op.AT_MOST) and len(values) != 1:
        raise wrong("values")
    return tuple(check_number(value, "values", 0, ATTRIBUTE_LIMIT) for value in values)


def _list(given: Mapping[str, Any], op: Op) -> list[Any] | tuple[Any, ...]:
    values = given.get("values", ())
    if not isinstance(values, list | tuple) or len(values) > LIST_LIMIT:
        raise wrong("values")
    if bool(values) == (op in WITHOUT_VALUE):
        raise wrong("values")
    return values
