"""The facts a text states, each in one spelling: percentages, prices, codes, days.

199k is 199.000đ, 八折 is 20% off, a half is 50%, 31/3 is ngày 31 tháng 3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from lint_rules.parsing.beside import BLOT
from lint_rules.parsing.dates import DAY, WEEKDAY, DateMention
from lint_rules.parsing.discounts import discounts
from lint_rules.parsing.part import Part, Span
from lint_rules.parsing.prices import (
    EN_DIGIT,
    VI_DIGIT,
    Price,
    chinese_number,
    english_number,
    vietnamese_number,
)

if TYPE_CHECKING:
    from lint_rules.document import Draft

# characters; no body is read further
LONGEST = 60_000
_PERCENT = re.compile(
    r"(?<!\d)(?<!\d[.,])(?P<figure>\d{1,3}(?:[.,]\d{1,2})?)\s?(?:%|phần trăm|percent|per cent|pct)"
)
_PERCENT_WORDS = re.compile(
    rf"(?<!\w)(?P<vi>(?:{VI_DIGIT})(?:\s(?:{VI_DIGIT})){{0,3}})\sphần trăm|(?<!\w)(?P<en>(?:{EN_DIGIT})(?:[\s-](?:{EN_DIGIT})){{0,2}})\s(?:percent|per cent)|百分之(?P<zh>[一二三四五六七八九十]{{1,3}})"
)
_HALF = re.compile(
    r"(?<!\w)(?:một nửa|nửa giá|1/2 giá|half[ -]price|half the price|half off|half your|by half)(?!\w)|半价|一半"
)
# 满300减50: an amount without its sign
_MINUS = re.compile(
    r"(?:[满滿]\d{1,5}(?:元)?(?:立?[减減]|省)|(?:立[减減]|直降|立省))(?P<amount>\d{1,5})(?![\d%.折元块塊万萬千百美欧歐日越]|,\d)"
)
# text and HTML mostly say the same, and beside each other nothing
_NOTHING = f"{BLOT} \n"
# what each of these patterns does not do without
_BEHIND_FIGURE = frozenset(["%", "phần trăm", "percent", "per cent", "pct"])
_BEHIND_WORDS = frozenset(["phần trăm", "percent", "per cent", "分之"])
_OF_HALF = frozenset(["nửa", "1/2", "half", "半"])
_OF_PERCENT = _BEHIND_FIGURE | _BEHIND_WORDS | _OF_HALF | {"折"}


@dataclass
class Facts:
    """What a part says, each fact with the place where it first stands."""

    percents: dict[float, Span] = field(default_factory=dict)
    prices: dict[float, Span] = field(default_factory=dict)
    days: list[DateMention] = field(default_factory=list)
    weekdays: list[DateMention] = field(default_factory=list)


def facts(draft: Draft, part: Part, left_out: Span | None = None) -> Facts:
    """All facts of a part, those of a stretch left out; read once and kept with the part."""
    key = ("facts" if left_out is None else f"facts-{left_out.start}-{left_out.end}", draft.lang)
    if key not in part.readings:
        part.readings[key] = _read(draft, part, left_out)
    found: Facts = part.readings[key]
    return found


def _read(draft: Draft, part: Part, left_out: Span | None) -> Facts:
    found = Facts()
    if not part.text.strip(_NOTHING):
        return found
    for value, span in percents(part.flat[:LONGEST], draft.prices(part)):
        if not _is_out(left_out, span):
            found.percents.setdefault(value, span)
    for amount, span in _amounts(draft, part):
        if not _is_out(left_out, span):
            found.prices.setdefault(amount, span)
    for mention in draft.dates(part):
        if mention.kind == DAY and mention.day and not _is_out(left_out, mention.span):
            found.days.append(mention)
        elif mention.kind == WEEKDAY:
            found.weekdays.append(mention)
    return found


def _is_out(left_out: Span | None, span: Span) -> bool:
    return left_out is not None and left_out.holds(span)


def _amounts(draft: Draft, part: Part) -> Iterator[tuple[float, Span]]:
    for price in draft.prices(part):
        yield price.amount, price.span
    if draft.lang == "zh":
        for match in _MINUS.finditer(part.masked[:LONGEST]):
            yield float(match["amount"]), Span(*match.span("amount"))


def percents(text: str, money: list[Price]) -> Iterator[tuple[float, Span]]:
    """Per cent in figures and words, and what a discount comes to."""
    said = {word for word in _OF_PERCENT if word in text}
    if not said.isdisjoint(_BEHIND_FIGURE):
        for match in _PERCENT.finditer(text):
            yield float(match["figure"].replace(",", ".")), Span(*match.span())
    if not said.isdisjoint(_BEHIND_WORDS):
        for match in _PERCENT_WORDS.finditer(text):
            yield _in_words(match), Span(*match.span())
    if "折" in said or "%" in said or "分之" in said:
        for item in discounts(text, Span(0, len(text)), money):
            if item.kind == "percent":
                yield item.value, item.span
    if not said.isdisjoint(_OF_HALF):
        for match in _HALF.finditer(text):
            yield 50.0, Span(*match.span())


def _in_words(match: re.Match[str]) -> float:
    if match["vi"]:
        return float(vietnamese_number(match["vi"]))
    return float(english_number(match["en"]) if match["en"] else chinese_number(match["zh"]))


def same_day(one: DateMention, other: DateMention) -> bool:
    """Whether both may name one day; what is not written may be anything."""
    if one.year is not None and other.year is not None and one.year != other.year:
        return False
    if not one.month or not other.month:
        return one.day == other.day
    return bool(set(one.days) & set(other.days))


def saved(money: dict[float, Span]) -> tuple[set[float], set[float]]:
    """Amounts and per cent that an old price beside a new one comes to."""
    in_order = [amount for amount, _ in sorted(money.items(), key=lambda item: item[1])]
    amounts, shares = set(), set()
    for one, other in pairwise(in_order):
        high, low = max(one, other), min(one, other)
        amounts.add(round(high - low, 2))
        if high:
            shares.add(float(round((high - low) / high * 100)))
    return amounts, shares
