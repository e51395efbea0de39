"""A rule in one sentence, as a person would say it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from babel.numbers import format_currency, get_currency_precision

from campaign.i18n import translate
from campaign.segments import places
from campaign.segments.columns import COLUMNS, Kind
from campaign.segments.places import InRegion, ProvinceToday
from campaign.segments.rule import (
    And,
    Attribute,
    Birthday,
    ContactPersonOf,
    Custom,
    LifeStage,
    Measure,
    Not,
    Op,
    Or,
    Orders,
    Reachable,
    Rfm,
    RfmGroup,
    Rule,
    SalesTier,
    Tag,
    Value,
)
from campaign.segments.value import ANY


@dataclass(frozen=True)
class Names:
    """What rows are called; a row that is not in it is called by its number or key."""

    senders: Mapping[int, str] = field(default_factory=dict)
    owners: Mapping[int, str] = field(default_factory=dict)
    custom: Mapping[str, str] = field(default_factory=dict)


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
            sender = names.senders.get(sender_id, f"№ {sender_id}")
            return translate(language, f"segments-say-reachable-{channel}-{purpose}", sender=sender)
        case Birthday(days):
            return translate(language, "segments-say-birthday", days=days)
        case Orders():
            return _say_orders(rule, language)
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


def say_amount(amount: int, currency: str, language: str) -> str:
    """An amount in the smallest unit, as money is written in that language."""
    return format_currency(amount / 10 ** get_currency_precision(currency), currency, locale=language)


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
        values: list[str] = [names.owners.get(int(value), f"№ {value}") for value in rule.values]
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


def _say_orders(rule: Orders, language: str) -> str:
    bounds = [
        translate(language, f"segments-say-orders-{name}", value=value)
        for name, value in (("product", rule.product), ("channel", rule.channel), ("days", rule.days))
        if value
    ]
    if rule.measure is Measure.COUNT and rule.op is Op.AT_MOST and rule.value == 0:
        said = translate(language, "segments-say-orders-none")
    elif rule.measure is Measure.COUNT:
        said = translate(language, f"segments-say-orders-count-{rule.op.replace('_', '-')}", value=rule.value)
    else:
        amount = say_amount(rule.value, rule.currency, language)
        said = translate(language, f"segments-say-orders-sum-{rule.op.replace('_', '-')}", value=amount)
    return " ".join([said, *bounds])


def _say_value(rule: Value, language: str) -> str:
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
