"""From the cells of a row to facts: only what the row says; an empty cell says nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from babel.numbers import get_currency_precision

from campaign.contacts import facts
from campaign.contacts.names import clean, search_key
from campaign.errors import InvalidInput

YES = frozenset({"co", "yes", "y", "x", "1", "true", "dong y", "ok", "v"})
_THOUSANDS = re.compile(r"-?\d{1,3}([.,]\d{3})+")
_PLAIN = re.compile(r"-?\d+")
_DECIMAL = re.compile(r"(-?(?:\d{1,3}(?:[.,]\d{3})+|\d+))[.,](\d{1,2})")
_DAY_AND_MONTH = re.compile(r"(\d{1,2})[-/.](\d{1,2})")


def contact_facts(given: Mapping[str, str]) -> dict[str, Any]:
    """Field to value as `profile` takes it; `tags` a list, `custom` a dict. InvalidInput with `field`."""
    found: dict[str, Any] = {}
    custom: dict[str, str] = {}
    for field, text in given.items():
        if not text.strip():
            continue
        if field == "birthday":
            found |= birthday(text)
        elif field == "tags":
            found["tags"] = [tag for tag in (clean(part) for part in re.split(r"[;,|]", text)) if tag]
        elif field.startswith("custom."):
            custom[field.removeprefix("custom.")] = text
        elif field in facts.PARSERS:
            found[field] = facts.parse(field, text)
    if custom:
        found["custom"] = custom
    return found


def birthday(text: str) -> dict[str, int]:
    """`31/12/1970`, `1970-12-31`, or `31/12` of an unknown year."""
    if short := _DAY_AND_MONTH.fullmatch(clean(text)):
        return {
            "birth_day": facts.parse("birth_day", short[1]),
            "birth_month": facts.parse("birth_month", short[2]),
        }
    day = facts.parse_date("birthday", text)
    year = facts.parse("birth_year", str(day.year))
    return {"birth_day": day.day, "birth_month": day.month, "birth_year": year}


def agreed(given: Mapping[str, str]) -> bool:
    """Whether the row itself says yes; a file without that column says yes for all."""
    return "agreed" not in given or search_key(given["agreed"]) in YES


def amount(text: str, currency: str) -> int:
    """`1.250.000 đ`, `1,250,000`, `12.50`: in the smallest unit of the currency."""
    value: int
    digits = re.sub(r"[^\d.,-]", "", text)
    precision = int(get_currency_precision(currency))
    if _PLAIN.fullmatch(digits) or _THOUSANDS.fullmatch(digits):
        value = int(re.sub(r"[.,]", "", digits)) * 10**precision
    elif found := _DECIMAL.fullmatch(digits):
        cents = found[2].ljust(2, "0")
        value = int(re.sub(r"[.,]", "", found[1])) * 10**precision
        value += int(cents[:precision] or 0) * (-1 if digits.startswith("-") else 1)
    else:
        raise InvalidInput("contacts-error-amount", field="amount", value=clean(text)[:30])
    if abs(value) > 10**15:
        raise InvalidInput("contacts-error-amount", field="amount", value=clean(text)[:30])
    return value
