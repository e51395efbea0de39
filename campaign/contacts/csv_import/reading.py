"""From a file to a table of texts, row by row and within limits; every refusal says what to do."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol, TextIO

from campaign.contacts.csv_import import encodings, xlsx
from campaign.contacts.csv_import.encodings import Encoding
from campaign.contacts.names import clean
from campaign.errors import InvalidInput

SIZE_LIMIT = 256 * 1024 * 1024  # bytes; about two million contacts
LINE_LIMIT = 20_000  # characters of one line; longer ones are not tables
LINES_OF_A_ROW = 1_000  # a quoted cell may hold line breaks
COLUMN_LIMIT = 100
ROW_LIMIT = 2_000_000
# a table that is held in memory as a whole (orders)
TABLE_SIZE_LIMIT = 10 * 1024 * 1024
TABLE_ROW_LIMIT = 200_000
SEPARATORS = ",;\t|"
# what a spreadsheet takes for a formula; `csv_safe` puts an apostrophe before it, which we take off again
# (some take the wide forms of Chinese and Japanese for one, too)
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
WORKBOOK = "xlsx"


class Row(NamedTuple):
    """`number` is the line of the spreadsheet: the headings are row 1."""

    number: int
    cells: tuple[str, ...]


class Sheet(Protocol):
    """Headings and rows; each row has at least as many cells as there are headings."""

    @property
    def headings(self) -> tuple[str, ...]: ...

    @property
    def rows(self) -> Iterable[Row]: ...


@dataclass(frozen=True)
class Table:
    """A small file, held in memory."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    encoding: str
    separator: str


@dataclass(frozen=True)
class Source:
    """A file that is read again from its beginning whenever its `rows` are asked for."""

    headings: tuple[str, ...]
    encoding: str
    """A name of `encodings.names()`, or `xlsx`."""
    separator: str
    opener: Callable[[], BinaryIO]

    @property
    def rows(self) -> Iterator[Row]:
        """Its rows below the headings. InvalidInput where the file stops being a table."""
        width = len(self.headings)
        found = _parse(self.opener, self.encoding, self.separator)
        next(found, None)
        for number, cells in found:
            yield Row(number, cells + ("",) * (width - len(cells)) if len(cells) < width else cells)


def open_path(path: Path, encoding: str = "") -> Source:
    """The table in a file; without an encoding it is guessed. InvalidInput when it is none."""
    return _source(lambda: path.open("rb"), path.stat().st_size, encoding, SIZE_LIMIT)


def read(content: bytes, encoding: str = "") -> Table:
    """A small table, whole; InvalidInput when it is none, or larger than the limits."""
    return held(_source(lambda: io.BytesIO(content), len(content), encoding, TABLE_SIZE_LIMIT))


def held(source: Source) -> Table:
    """The whole of it in memory; InvalidInput when it has too many rows for that."""
    rows: list[Row] = []
    for row in source.rows:
        if len(rows) >= TABLE_ROW_LIMIT:
            raise InvalidInput("contacts-import-rows", limit=TABLE_ROW_LIMIT)
        rows.append(row)
    return Table(source.headings, tuple(rows), source.encoding, source.separator)


def _source(opener: Callable[[], BinaryIO], size: int, encoding: str, limit: int) -> Source:
    if size > limit:
        raise InvalidInput("contacts-import-too-large", megabytes=limit // 1024 // 1024)
    with opener() as file:
        start = file.read(len(xlsx.START))
        file.seek(0)
        if start == xlsx.START:
            encoding, separator = WORKBOOK, ""
        else:
            encoding = encoding or encodings.detect(file)
            separator = _separator(file, encodings.named(encoding))
    rows = _parse(opener, encoding, separator)
    first = next(rows, None)
    rows.close()
    headings = _headings(first.cells) if first else ()
    if not headings:
        raise InvalidInput("contacts-import-empty")
    return Source(headings, encoding, separator, opener)


def _parse(opener: Callable[[], BinaryIO], encoding: str, separator: str) -> Generator[Row, None, None]:
    """All rows that hold something, the headings first."""
    with opener() as file:
        if encoding == WORKBOOK:
            found = xlsx.rows(file, COLUMN_LIMIT)
        else:
            found = _csv_rows(file, encodings.named(encoding), separator)
        with closing(found):
            for place, (line, cells) in enumerate(found):
                if place > ROW_LIMIT:
                    raise InvalidInput("contacts-import-rows", limit=ROW_LIMIT)
                yield Row(line, cells)


def _text_of(file: BinaryIO, encoding: Encoding) -> TextIO:
    file.seek(0)
    return io.TextIOWrapper(file, encoding=encoding.codec, newline="")


def _separator(file: BinaryIO, encoding: Encoding) -> str:
    """The separator that occurs most in the line of headings, outside quotes."""
    text = _text_of(file, encoding)
    try:
        heading = next((line for line in _Lines(text, encoding) if line.strip()), None)
    finally:
        text.close()
    if heading is None:
        raise InvalidInput("contacts-import-empty")
    outside = "".join(heading.split('"')[::2])
    counts = Counter({separator: outside.count(separator) for separator in SEPARATORS})
    return counts.most_common(1)[0][0]


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


def _csv_rows(file: BinaryIO, encoding: Encoding, separator: str) -> Generator[xlsx.Cells, None, None]:
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


def _unquote(cell: str) -> str:
    return cell[1:] if cell[1:].startswith(FORMULA_STARTS) else cell


def _headings(cells: tuple[str, ...]) -> tuple[str, ...]:
    headings = tuple(clean(cell) for cell in cells)
    while headings and not headings[-1]:
        headings = headings[:-1]
    twice = [heading for heading, times in Counter(headings).items() if times > 1]
    if twice:
        raise InvalidInput("contacts-import-heading-twice", heading=twice[0][:60])
    return headings
