"""A rule in one sentence, as a person would say it."""

from __future__ import annotations

from collections.abc import Sequence

from campaign.i18n import translate
from campaign.segments import places
from campaign.segments.columns import COLUMNS, Kind
from campaign.segments.places import InRegion, ProvinceToday
from campaign.segments.rule import (
    And,
    Attribute,
    Birthday,
    Consented,
    ContactPersonOf,
    Custom,
    Dated,
    Engagement,
    HouseTier,
    Imported,
    InSegment,
    LifeStage,
    Not,
    Op,
    Or,
    OrderDay,
    Orders,
    Reachable,
    Rfm,
    RfmGroup,
    Rule,
    SalesTier,
    Tag,
)
from campaign.segments.value import ANY
from campaign.segments.wording_nodes import Names, called, say_amount, say_new, say_orders

__all__ = ["Names", "describe", "join", "say_amount", "say_condition"]


def describe(rule: Rule, language: str, names: Names | None = None) -> str:
    """`Khách hàng có tỉnh là “Hà Nội” và có thẻ “vip”.`"""
    said = _say(rule, language, names or Names())
    return translate(language, "segments-say-sentence", what=said)


def _say(rule: Rule, language: str, names: Names, inside: bool = False) -> str:
    match rule:
        case And(rules) | Or(rules):
            return _say_group(rule, rules, language, names, inside)
        case Not(inner):
            return translate(language, "segments-say-not", what=_say(inner, language, names, True))
        case ContactPersonOf(inner):
            return translate(
                language, "segments-say-contact-person-of", what=_say(inner, language, names, True)
            )
        case _:
            return say_condition(rule, language, names)


def say_condition(rule: Rule, language: str, names: Names) -> str:
    """One condition, without its group."""
    match rule:
        case Attribute():
            return _say_attribute(rule, language, names)
        case Custom(key, op, values):
            return _say_comparison(language, names.custom.get(key, key), op, values)
        case Tag(tag):
            return translate(language, "segments-say-tag", tag=tag)
        case Reachable(channel, purpose, sender_id):
            sender = called(names.senders, sender_id)
            return translate(language, f"segments-say-reachable-{channel}-{purpose}", sender=sender)
        case Birthday(days):
            return translate(language, "segments-say-birthday", days=days)
        case Orders():
            return say_orders(rule, language, names)
        case Consented() | Dated() | Engagement() | HouseTier() | Imported() | InSegment() | OrderDay():
            return say_new(rule, language, names)
        case Rfm() | RfmGroup() | SalesTier() | LifeStage():
            return _say_value(rule, language)
        case ProvinceToday() | InRegion():
            return places.say(rule, language)
    raise AssertionError(f"no words for {rule!r}")


def join(parts: Sequence[str], word: str, language: str) -> str:
    """`a, b và c`; `word` is `and` or `or`."""
    if len(parts) < 2:
        return "".join(parts)
    return translate(language, f"segments-say-join-{word}", first=", ".join(parts[:-1]), last=parts[-1])


def _say_group(group: Rule, rules: Sequence[Rule], language: str, names: Names, inside: bool) -> str:
    if not rules:
        return translate(
            language, "segments-say-everybody" if isinstance(group, And) else "segments-say-nobody"
        )
    said = join(
        [_say(part, language, names, inside=len(rules) > 1) for part in rules],
        "and" if isinstance(group, And) else "or",
        language,
    )
    return f"({said})" if inside and len(rules) > 1 else said


def _say_attribute(rule: Attribute, language: str, names: Names) -> str:
    name = translate(language, f"segments-field-{rule.field.replace('_', '-')}")
    kind = COLUMNS[rule.field].kind
    if rule.field == "owner":
        values: list[str] = [called(names.owners, int(value)) for value in rule.values]
    elif kind is Kind.CHOICE:
        values = [
            translate(language, f"segments-choice-{rule.field}-{value}".replace("_", "-"))
            for value in rule.values
        ]
    elif kind is Kind.NUMBER:
        values = [str(value) for value in rule.values]
    else:
        return _say_comparison(language, name, rule.op, rule.values)
    return translate(
        language, f"segments-say-{rule.op.replace('_', '-')}", field=name, values=join(values, "or", language)
    )


def _say_comparison(language: str, name: str, op: Op, values: Sequence[str | int]) -> str:
    quoted = [translate(language, "segments-say-quoted", value=str(value)) for value in values]
    return translate(
        language, f"segments-say-{op.replace('_', '-')}", field=name, values=join(quoted, "or", language)
    )


def _say_value(rule: Rfm | RfmGroup | SalesTier | LifeStage, language: str) -> str:
    match rule:
        case LifeStage(stage):
            return translate(language, f"segments-say-stage-{stage}")
        case RfmGroup(group, currency):
            name = translate(language, f"segments-group-{group.replace('_', '-')}")
            said = translate(language, "segments-say-rfm-group", group=name)
        case SalesTier(tier, currency):
            said = translate(language, f"segments-say-tier-{tier}")
        case Rfm(r, f, m, currency):
            asked = [(letter, ends) for letter, ends in (("R", r), ("F", f), ("M", m)) if ends != ANY]
            parts = [
                translate(
                    language, "segments-say-score" if low == high else "segments-say-scores",
                    letter=letter, low=low, high=high,
                )
                for letter, (low, high) in asked
            ]  # fmt: skip
            said = join(parts, "and", language) or translate(language, "segments-say-rfm-any")
    return (
        said
        if currency == "VND"
        else translate(language, "segments-say-in-currency", what=said, currency=currency)
    )
