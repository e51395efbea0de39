"""From the cells of a row to facts: only what the row says; an empty cell says nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from babel.numbers import get_currency_precision

from campaign.contacts import facts
from campaign.contacts.csv_import.person import clean_custom, clean_tags
from campaign.contacts.names import clean, search_key
from campaign.errors import InvalidInput

YES = frozenset({"co", "yes", "y", "x", "1", "true", "dong y", "ok", "v", "是", "同意"})
_THOUSANDS = re.compile(r"-?\d{1,3}([.,]\d{3})+")
_PLAIN = re.compile(r"-?\d+")
_DECIMAL = re.compile(r"(-?(?:\d{1,3}(?:[.,]\d{3})+|\d+))[.,](\d{1,2})")
_DAY_AND_MONTH = re.compile(r"(\d{1,2})[-/.](\d{1,2})")


class Columns:
    """What the columns of one file mean: made once, asked for every row."""

    def __init__(self, headings: Sequence[str], mapped: Mapping[str, str]) -> None:
        self._width = len(headings)
        fields = [(place, mapped[heading]) for place, heading in enumerate(headings) if heading in mapped]
        self._plain = [
            (place, field, facts.PARSERS[field]) for place, field in fields if field in facts.PARSERS
        ]
        self._custom = [
            (place, field.removeprefix("custom.")) for place, field in fields if field.startswith("custom.")
        ]
        self._place = {field: place for place, field in fields}

    def facts(self, cells: Sequence[str]) -> dict[str, Any]:
        """Field to value as a profile keeps it; `tags` a list, `custom` a dict. Empty cells say nothing.

        InvalidInput with its `field`, or when the row has more cells than there are headings.
        """
        if len(cells) > self._width and any(cell.strip() for cell in cells[self._width :]):
            raise InvalidInput("contacts-import-row-too-wide", columns=self._width)
        found: dict[str, Any] = {}
        for place, field, parse in self._plain:
            text = cells[place]
            if text and not text.isspace():
                found[field] = parse(field, text)
        if text := self.text(cells, "birthday"):
            found |= birthday(text)
        if text := self.text(cells, "tags"):
            found["tags"] = clean_tags(re.split(r"[;,|]", text))
        if self._custom:
            found["custom"] = clean_custom({key: cells[place] for place, key in self._custom})
        return found

    def text(self, cells: Sequence[str], field: str) -> str:
        """The cell of a field that is no fact of its own; empty when the file has none."""
        place = self._place.get(field)
        return "" if place is None else cells[place].strip()

    def has(self, field: str) -> bool:
        return field in self._place


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


def is_yes(text: str) -> bool:
    """Whether a cell says yes."""
    return search_key(text) in YES


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
