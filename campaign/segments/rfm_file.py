"""RFM of a file of orders: rows stream past, and what stays is a little per customer. No database."""

from __future__ import annotations

import codecs
import csv
import io
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import localcontext

from campaign.contacts.amounts import exact
from campaign.contacts.dates import parse_date
from campaign.contacts.names import clean
from campaign.errors import CampaignError, InvalidInput
from campaign.segments.rfm import EXACT, Purchases

COLUMNS = ("customer_id", "date", "amount")
SEPARATORS = ",;\t"  # the first of those that occur most among the headings, outside quotes
# our own exports put an apostrophe before what a spreadsheet would calculate
FORMULA_STARTS = ("=", "+", "-", "@")
# texts of days that are remembered: a century written in one way; time stamps are read one by one
KNOWN_DAYS = 40_000
PLAIN_DIGITS = 15  # an amount of so many digits is below its limit
OLDEST = 0x10FFFF  # days, 3,050 years: as many as there are characters (see `Purchases`)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class BadRow(CampaignError):
    """A row that cannot be read: its number as a spreadsheet shows it (the headings are row 1), and why."""

    def __init__(self, number: int, why: InvalidInput) -> None:
        self.number = number
        self.why = why
        super().__init__(f"row {number}: {why}")


def read(file: io.BufferedReader, as_of: date) -> Purchases:
    """What the orders up to that day say; BadRow, or InvalidInput where the headings are to blame."""
    start = file.peek(4)
    encoding = next((name for mark, name in _MARKS if start.startswith(mark)), "utf-8")
    lines = io.TextIOWrapper(file, encoding, newline="")
    try:
        return _read(lines, as_of)
    finally:
        lines.detach()  # the file is its owner's to close


def _read(lines: io.TextIOWrapper, as_of: date) -> Purchases:
    try:
        first, blank = lines.readline(), 0
        while first and not first.strip():
            first, blank = lines.readline(), blank + 1
    except UnicodeDecodeError as error:
        raise BadRow(1, InvalidInput("segments-rfm-encoding")) from error
    if not first:
        raise InvalidInput("segments-rfm-empty", columns=", ".join(COLUMNS))
    separator = max(SEPARATORS, key="".join(first.split('"')[::2]).count)
    places = _places(next(csv.reader([first], delimiter=separator)))
    rows = csv.reader(lines, delimiter=separator, strict=True)
    purchases = Purchases()
    with localcontext(EXACT):
        _take(enumerate(rows, start=blank + 2), places, purchases, as_of)
    return purchases


def _places(headings: Sequence[str]) -> list[int]:
    """Where the three columns stand, in their order."""
    found = [clean(heading).lower() for heading in headings]
    if missing := [name for name in COLUMNS if found.count(name) != 1]:
        raise InvalidInput("segments-rfm-columns", missing=", ".join(missing), columns=", ".join(COLUMNS))
    return [found.index(name) for name in COLUMNS]


def _take(
    rows: Iterator[tuple[int, list[str]]], places: Sequence[int], purchases: Purchases, as_of: date
) -> None:
    who_at, day_at, amount_at = places
    number, last, today = 1, max(places), as_of.toordinal()
    ages: dict[str, int] = {}
    add, known = purchases.add, purchases.customers
    try:
        for number, row in rows:  # noqa: B007 (the number is said when a row is bad)
            if len(row) <= last:
                if not any(row):
                    continue
                raise InvalidInput("segments-rfm-short", cells=len(row), expected=last + 1)
            who, day, text = row[who_at], row[day_at], row[amount_at]
            # what recurs or is plain is not read again: a call a cell would take twice the time
            age = ages[day] if day in ages else _age(day, today, ages)
            plain = text.isdecimal() and len(text) <= PLAIN_DIGITS and text.isascii()
            amount = int(text) if plain else exact(text)
            if who not in known:
                who = _customer(who)
            if age >= 0:
                add(who, age, amount)
    except InvalidInput as error:
        raise BadRow(number, error) from error
    except UnicodeDecodeError as error:
        raise BadRow(number + 1, InvalidInput("segments-rfm-encoding")) from error
    except csv.Error as error:
        raise BadRow(number + 1, InvalidInput("segments-rfm-quotes")) from error


def _customer(text: str) -> str:
    who = text.strip()
    if not who:
        raise InvalidInput("segments-rfm-nobody")
    if who[0] == "'" and who[1:].startswith(FORMULA_STARTS):
        who = who[1:]
    return who if who.isascii() else unicodedata.normalize("NFC", who)


def _age(text: str, today: int, ages: dict[str, int]) -> int:
    """How many days ago that is, and from now on remembered."""
    age = today - parse_date("date", text).toordinal()
    if age > OLDEST:
        raise InvalidInput("contacts-error-date", field="date", value=text[:20])
    if len(ages) < KNOWN_DAYS:
        ages[text] = age
    return age
