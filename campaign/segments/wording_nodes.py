"""Conditions in words: orders, mail and consent, dates, files, other segments, the house's tiers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from babel.numbers import format_currency, get_currency_precision

from campaign.i18n import translate
from campaign.segments.comparing import Op
from campaign.segments.rule import (
    Consented,
    Dated,
    Engagement,
    HouseTier,
    Imported,
    InSegment,
    Measure,
    OrderDay,
    Orders,
)
from campaign.segments.rule_orders import OF_MONEY
from campaign.segments.wording_period import say_period

New = Consented | Dated | Engagement | HouseTier | Imported | InSegment | OrderDay


@dataclass(frozen=True)
class Names:
    """What rows are called; a row that is not in it is called by its number or key.

    `day` is the day on which the rule is asked: relative days are then explained with the days they mean.
    """

    senders: Mapping[int, str] = field(default_factory=dict)
    owners: Mapping[int, str] = field(default_factory=dict)
    custom: Mapping[str, str] = field(default_factory=dict)
    segments: Mapping[int, str] = field(default_factory=dict)
    campaigns: Mapping[int, str] = field(default_factory=dict)
    imports: Mapping[int, str] = field(default_factory=dict)
    day: date | None = None


def called(names: Mapping[int, str], number: int) -> str:
    return names.get(number, f"№ {number}")


def say_amount(amount: int, currency: str, language: str) -> str:
    """An amount in the smallest unit, as money is written in that language."""
    return format_currency(amount / 10 ** get_currency_precision(currency), currency, locale=language)


def say_new(rule: New, language: str, names: Names) -> str:
    """One of these conditions."""
    match rule:
        case Consented():
            return _consented(rule, language, names)
        case Engagement():
            return _engagement(rule, language, names)
        case Dated():
            said = translate(language, f"segnodes-say-{rule.field}")
            return " ".join([said, *say_period(rule, language, names.day)])
        case Imported(import_id, created):
            how = "created" if created else "touched"
            if not import_id:
                return translate(language, f"segnodes-say-imported-any-{how}")
            file = called(names.imports, import_id)
            return translate(language, f"segnodes-say-imported-{how}", file=file)
        case OrderDay():
            said = translate(language, f"segnodes-say-order-day-{rule.which}")
            return " ".join([said, *_bounds(rule, language, names)])
        case HouseTier(tier):
            return translate(
                language, "segnodes-say-house-tier", tier=translate(language, f"segtiers-tier-{tier}")
            )
        case InSegment(segment_id):
            return translate(language, "segnodes-say-segment", name=called(names.segments, segment_id))


def _consented(rule: Consented, language: str, names: Names) -> str:
    what = translate(language, f"segnodes-mail-{rule.channel}-{rule.purpose}")
    if not rule.sender_id:
        return translate(language, f"segnodes-say-consent-{rule.standing}-any", what=what)
    sender = called(names.senders, rule.sender_id)
    return translate(language, f"segnodes-say-consent-{rule.standing}", what=what, sender=sender)


def _engagement(rule: Engagement, language: str, names: Names) -> str:
    mail = translate(language, f"segnodes-mail-{rule.channel or 'either'}")
    said = [translate(language, f"segnodes-say-{rule.act.replace('_', '-')}", mail=mail)]
    if rule.campaign_id:
        name = called(names.campaigns, rule.campaign_id)
        said.append(translate(language, "segnodes-say-campaign", name=name))
    return " ".join(said + say_period(rule, language, names.day))


def say_orders(rule: Orders, language: str, names: Names) -> str:
    """How many or how much, of which orders."""
    if rule.measure is Measure.COUNT and rule.op is Op.AT_MOST and rule.value == 0:
        said = translate(language, "segments-say-orders-none")
    else:
        money = rule.measure in OF_MONEY
        value = say_amount(rule.value, rule.currency, language) if money else rule.value
        said = translate(language, _orders_key(rule), value=value)
    return " ".join([said, *_bounds(rule, language, names)])


def _orders_key(rule: Orders) -> str:
    old = rule.measure in (Measure.COUNT, Measure.SUM)
    op = rule.op.replace("_", "-")
    return f"{'segments' if old else 'segnodes'}-say-orders-{rule.measure}-{op}"


def _bounds(rule: Orders | OrderDay, language: str, names: Names) -> list[str]:
    named = [
        translate(language, f"segments-say-orders-{name}", value=value)
        for name, value in (("product", rule.product), ("channel", rule.channel))
        if value
    ]
    return named + say_period(rule, language, names.day)
