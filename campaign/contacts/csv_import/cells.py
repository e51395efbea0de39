"""From the cells of a row to facts: only what the row says; an empty cell says nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from babel.numbers import get_currency_precision

from campaign.contacts import facts
from campaign.contacts.csv_import.person import clean_custom, clean_tags
from campaign.contacts.names import clean, search_key
from campaign.contacts.traits import PREFIX
from campaign.errors import InvalidInput
from campaign.models import SuppressionReason

YES = frozenset({"co", "yes", "y", "x", "1", "true", "dong y", "ok", "v", "是", "同意"})
_THOUSANDS = re.compile(r"-?\d{1,3}([.,]\d{3})+")
_PLAIN = re.compile(r"-?\d+")
_DECIMAL = re.compile(r"(-?(?:\d{1,3}(?:[.,]\d{3})+|\d+))[.,](\d{1,2})")
_DAY_AND_MONTH = re.compile(r"(\d{1,2})[-/.](\d{1,2})")


class Standing(NamedTuple):
    """Whether the person may be asked to have agreed, and why nobody is to write to their address."""

    may_agree: bool
    reason: SuppressionReason | None = None


# words of Mailchimp and listmonk; who is neither in nor out gets no consent
STATUS = {
    "subscribed": Standing(True),
    "enabled": Standing(True),
    "active": Standing(True),
    "confirmed": Standing(True),
    "disabled": Standing(False),
    "pending": Standing(False),
    "unconfirmed": Standing(False),
    "transactional": Standing(False),
    "non-subscribed": Standing(False),
    "nonsubscribed": Standing(False),
    "archived": Standing(False),
    "unsubscribed": Standing(False, SuppressionReason.UNSUBSCRIBED),
    "cleaned": Standing(False, SuppressionReason.BOUNCED),
    "bounced": Standing(False, SuppressionReason.BOUNCED),
    "complained": Standing(False, SuppressionReason.COMPLAINED),
    "blocklisted": Standing(False, SuppressionReason.REQUESTED),
    "blacklisted": Standing(False, SuppressionReason.REQUESTED),
}
# what only exports of mailing systems have
LIST_FIELDS = frozenset({"status", "unsubscribed_at", "cleaned_at", "first_name", "last_name"})


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
        self._traits = [
            (place, field.removeprefix(PREFIX)) for place, field in fields if field.startswith(PREFIX)
        ]
        self._place = {field: place for place, field in fields}
        self._is_list = not LIST_FIELDS.isdisjoint(self._place)

    def facts(self, cells: Sequence[str]) -> dict[str, Any]:
        """Field to value as a profile keeps it; `tags` a list, `custom` and `traits` dicts. Empty is unsaid.

        InvalidInput with its `field`, or when the row has more cells than there are headings.
        """
        if len(cells) > self._width and any(cell.strip() for cell in cells[self._width :]):
            raise InvalidInput("contacts-import-row-too-wide", columns=self._width)
        found: dict[str, Any] = {}
        for place, field, parse in self._plain:
            text = cells[place]
            if text and not text.isspace():
                found[field] = parse(field, text)
        self._add_names(cells, found)
        if text := self.text(cells, "birthday"):
            found |= birthday(text)
        if text := self.text(cells, "tags"):
            found["tags"] = clean_tags(re.split(r"[;,|]", text))
        if self._custom:
            found["custom"] = clean_custom({key: cells[place] for place, key in self._custom})
        if self._traits:
            found["traits"] = clean_custom({name: cells[place] for place, name in self._traits})
        return found

    def _add_names(self, cells: Sequence[str], found: dict[str, Any]) -> None:
        """A name in two columns, in the order of the form it was typed into. A mailing list often has none:
        then the address stands for it, and whoever writes sees that there is no name."""
        first, last = self.text(cells, "first_name"), self.text(cells, "last_name")
        if first:
            found.setdefault("given_name", facts.parse("given_name", first))
        if "full_name" not in found and (first or last):
            found["full_name"] = facts.parse("full_name", f"{first} {last}")
        if "full_name" not in found and "email" in found and self._is_list:
            found["full_name"] = facts.parse("full_name", found["email"])

    def standing(self, cells: Sequence[str]) -> Standing:
        """What another mailing system knows of the person. InvalidInput for a status we do not know: it may
        mean that they are not to be written to."""
        word = search_key(self.text(cells, "status"))
        if word and word not in STATUS:
            raise InvalidInput("contacts-error-status", field="status", value=word[:40])
        if self.text(cells, "unsubscribed_at"):
            return Standing(False, SuppressionReason.UNSUBSCRIBED)
        if self.text(cells, "cleaned_at"):
            return Standing(False, SuppressionReason.BOUNCED)
        return STATUS.get(word, Standing(True))

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
