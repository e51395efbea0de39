"""From the bytes of a file to a table of texts, within limits; every refusal says what to do."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from dataclasses import dataclass

from campaign.contacts.names import clean
from campaign.errors import InvalidInput

SIZE_LIMIT = 10 * 1024 * 1024  # bytes; about 80,000 contacts
LINE_LIMIT = 20_000  # characters of one line; longer ones are not tables
COLUMN_LIMIT = 100
ROW_LIMIT = 200_000
SEPARATORS = ",;\t|"
# what a spreadsheet takes for a formula; `csv_safe` puts an apostrophe before it, which we take off again
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Row:
    """`number` is the line of the spreadsheet: the headings are row 1."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """What the file holds; each row has at least as many cells as there are headings."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    encoding: str
    separator: str


def read(content: bytes) -> Table:
    """The table in the file; InvalidInput when it is none, or larger than the limits."""
    if len(content) > SIZE_LIMIT:
        raise InvalidInput("contacts-import-too-large", megabytes=SIZE_LIMIT // 1024 // 1024)
    text, encoding = _decode(content)
    if not text.strip():
        raise InvalidInput("contacts-import-empty")
    if "\0" in text:
        raise InvalidInput("contacts-import-binary")
    _check_lines(text)
    separator = _separator(text)
    rows = _parse(text, separator)
    if not rows:
        raise InvalidInput("contacts-import-empty")
    headings = _headings(rows[0].cells)
    if not headings:
        raise InvalidInput("contacts-import-empty")
    return Table(headings, tuple(_padded(row, len(headings)) for row in rows[1:]), encoding, separator)


_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def _decode(content: bytes) -> tuple[str, str]:
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), None) or _unmarked(content)
    try:
        return content.decode(encoding), encoding
    except UnicodeDecodeError as error:
        if b"\0" in content:
            raise InvalidInput("contacts-import-binary") from error
        raise InvalidInput(
            "contacts-import-encoding", line=content.count(b"\n", 0, error.start) + 1
        ) from error


def _unmarked(content: bytes) -> str:
    """UTF-8, unless every other byte of the beginning is zero: UTF-16 of mostly ASCII headings."""
    start = content[:200]
    if len(start) >= 8 and start[1::2].count(0) * 10 >= len(start) * 4:
        return "utf-16-le"
    if len(start) >= 8 and start[::2].count(0) * 10 >= len(start) * 4:
        return "utf-16-be"
    return "utf-8"


def _check_lines(text: str) -> None:
    for number, line in enumerate(io.StringIO(text), start=1):
        if len(line) > LINE_LIMIT:
            raise InvalidInput("contacts-import-long-line", line=number, limit=LINE_LIMIT)


def _separator(text: str) -> str:
    """The separator that occurs most in the line of headings, outside quotes."""
    heading = next(line for line in text.splitlines() if line.strip())
    outside = "".join(heading.split('"')[::2])
    counts = Counter({separator: outside.count(separator) for separator in SEPARATORS})
    return counts.most_common(1)[0][0]


def _parse(text: str, separator: str) -> list[Row]:
    # the field limit of the csv module is 131,072; no line here is that long
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[Row] = []
    try:
        for number, cells in enumerate(reader, start=1):
            if len(cells) > COLUMN_LIMIT:
                raise InvalidInput("contacts-import-columns", line=reader.line_num, limit=COLUMN_LIMIT)
            if number > ROW_LIMIT:
                raise InvalidInput("contacts-import-rows", limit=ROW_LIMIT)
            if any(cell.strip() for cell in cells):
                rows.append(Row(number, tuple(_unquote(cell) for cell in cells)))
    except csv.Error as error:
        raise InvalidInput("contacts-import-quotes", line=reader.line_num) from error
    return rows


def _unquote(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA_STARTS) else cell


def _headings(cells: tuple[str, ...]) -> tuple[str, ...]:
    headings = tuple(clean(cell) for cell in cells)
    while headings and not headings[-1]:
        headings = headings[:-1]
    twice = [heading for heading, times in Counter(headings).items() if times > 1]
    if twice:
        raise InvalidInput("contacts-import-heading-twice", heading=twice[0][:60])
    return headings


def _padded(row: Row, width: int) -> Row:
    return Row(row.number, row.cells + ("",) * (width - len(row.cells)))
