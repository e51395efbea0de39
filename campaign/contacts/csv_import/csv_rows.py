"""The rows of a text with separators, line by line and within limits."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from itertools import islice
from typing import BinaryIO, TextIO

from campaign.contacts.csv_import import headings, xlsx
from campaign.contacts.csv_import.encodings import Encoding
from campaign.errors import InvalidInput

LINE_LIMIT = 20_000  # characters of one line; longer ones are not tables
LINES_OF_A_ROW = 1_000  # a quoted cell may hold line breaks
COLUMN_LIMIT = 100
SEPARATORS = ",;\t|"
SEPARATORS_SURE = 2  # a line with so many of one kind, and of none as many, says which it is
# what a spreadsheet takes for a formula; `csv_safe` puts an apostrophe before it, which we take off again
# (some take the wide forms of Chinese and Japanese for one, too)
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def rows(file: BinaryIO, encoding: Encoding, separator: str) -> Generator[xlsx.Cells, None, None]:
    """Those that hold something, with their number. InvalidInput where the file stops being a table. Closes
    the file."""
    lines = _Lines(_text_of(file, encoding), encoding)
    # a cell of the csv module holds at most 131,072 characters, so that an open quote ends soon
    reader = csv.reader(iter(lines), delimiter=separator, strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            lines.row_began = lines.number
            if len(cells) > COLUMN_LIMIT:
                raise InvalidInput("contacts-import-columns", line=lines.number, limit=COLUMN_LIMIT)
            if any(cells) and any(cell.strip() for cell in cells):
                yield number, tuple([_unquote(cell) if cell[:1] == "'" else cell for cell in cells])
    except csv.Error as error:
        raise InvalidInput("contacts-import-quotes", line=lines.number) from error
    finally:
        lines.file.close()


def separator_of(file: BinaryIO, encoding: Encoding) -> str:
    """By which the first lines fall into columns, outside quotes: into headings that we know; else the one
    that occurs most in the first line; else, where that is a title, the one that most lines agree upon.
    InvalidInput for an empty file. Closes it."""
    text = _text_of(file, encoding)
    try:
        lines = list(
            islice((line for line in _Lines(text, encoding) if line.strip()), headings.ROWS_LOOKED_AT)
        )
    finally:
        text.close()
    if not lines:
        raise InvalidInput("contacts-import-empty")
    known = {separator: _known(lines, separator) for separator in SEPARATORS}
    best = max(known.values())
    if best >= headings.HEADINGS_SURE:
        return max(SEPARATORS, key=lambda separator: known[separator])
    outside = ["".join(line.split('"')[::2]) for line in lines]
    first = Counter({separator: outside[0].count(separator) for separator in SEPARATORS}).most_common(2)
    if first[0][1] >= SEPARATORS_SURE and first[0][1] > first[1][1]:
        return first[0][0]
    return max(SEPARATORS, key=lambda separator: _agreeing(outside, separator))


def _known(lines: Sequence[str], separator: str) -> int:
    """How many headings that we know one line has at most."""
    return max(
        sum(headings.is_known(cell.strip().strip('"')) for cell in line.split(separator)[:COLUMN_LIMIT])
        for line in lines
    )


def _agreeing(lines: Sequence[str], separator: str) -> tuple[int, int]:
    """How many lines have it equally often, and how often that is."""
    times = Counter(count for line in lines if (count := line.count(separator)))
    return max(((agree, count) for count, agree in times.items()), default=(0, 0))


def _text_of(file: BinaryIO, encoding: Encoding) -> TextIO:
    file.seek(0)
    return io.TextIOWrapper(file, encoding=encoding.codec, newline="")


class _Lines:
    """The lines of a text, none of them longer than the limit, and no more of them to a row than allowed."""

    def __init__(self, file: TextIO, encoding: Encoding) -> None:
        self.file = file
        self._encoding = encoding
        self.number = 0
        self.row_began = 0
        """The line at which the row being read began; its reader sets it."""

    def __iter__(self) -> Iterator[str]:
        readline, mend = self.file.readline, self._encoding.mend
        try:
            while line := readline(LINE_LIMIT + 1):
                self.number += 1
                if len(line) > LINE_LIMIT:
                    raise InvalidInput("contacts-import-long-line", line=self.number, limit=LINE_LIMIT)
                if "\0" in line:
                    raise InvalidInput("contacts-import-binary")
                if self.number - self.row_began > LINES_OF_A_ROW:
                    raise InvalidInput("contacts-import-quotes", line=self.row_began)
                yield mend(line) if mend else line
        except UnicodeDecodeError as error:
            if b"\0" in error.object:
                raise InvalidInput("contacts-import-binary") from error
            place = self.number + 1 + error.object.count(b"\n", 0, error.start)
            raise InvalidInput("contacts-import-encoding", line=place) from error


def _unquote(cell: str) -> str:
    return cell[1:] if cell[1:].startswith(FORMULA_STARTS) else cell
