"""CSV that a spreadsheet opens without taking a cell for a formula: the only writer of CSV there is.

A spreadsheet calculates a cell that begins with one of certain characters (OWASP, "CSV injection"), so such
text is given an apostrophe in front.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence

from campaign.contacts.csv_import.csv_rows import FORMULA_STARTS

ESCAPE = "'"
# spreadsheets read UTF-8 only when a file begins with this
BOM = "\ufeff"
ROWS_AT_ONCE = 1_000


def cell(value: object) -> object:
    """For files that are mended and imported again: the import takes the apostrophe off. Numbers stay
    numbers."""
    if value is None:
        return ""
    return ESCAPE + value if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


def neutral(value: object) -> object:
    """For files that programs may read back: text that begins with an apostrophe gets a second, so that
    `restore` gives exactly what was there."""
    if isinstance(value, str) and value.startswith((*FORMULA_STARTS, ESCAPE)):
        return ESCAPE + value
    return value


def restore(text: str) -> str:
    """The text that `neutral` was given."""
    return text.removeprefix(ESCAPE)


def lines(rows: Iterable[Sequence[object]], guard: Callable[[object], object] = neutral) -> Iterator[str]:
    """A CSV file in pieces, a thousand rows each; the first row is the headings."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    buffer.write(BOM)
    for place, row in enumerate(rows):
        writer.writerow([guard(value) for value in row])
        if place % ROWS_AT_ONCE == ROWS_AT_ONCE - 1:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()
