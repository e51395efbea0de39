"""From a file to a table of texts, row by row and within limits; every refusal says what to do."""

from __future__ import annotations

import io
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol

from campaign.contacts.csv_import import archive, csv_rows, encodings, headings, packed, xlsx
from campaign.errors import InvalidInput

SIZE_LIMIT = 256 * 1024 * 1024  # bytes; about two million contacts
ROW_LIMIT = 2_000_000
# a table that is held in memory as a whole
TABLE_SIZE_LIMIT = 10 * 1024 * 1024
TABLE_ROW_LIMIT = 200_000
WORKBOOK, ARCHIVE = "xlsx", "zip"


class Row(NamedTuple):
    """`number` is the line of the spreadsheet, counted from 1."""

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


class Look(NamedTuple):
    """How a file is to be read, where somebody chose; what is empty is guessed."""

    encoding: str = ""
    """A name of `encodings.names()`."""
    sheet: str = ""
    """Of a workbook."""
    header: int = 0
    """The number of the row that names the columns."""


AS_IT_IS = Look()


class _Form(NamedTuple):
    """How it is read, all of it known."""

    encoding: str
    separator: str = ""
    sheet: str = ""


@dataclass(frozen=True)
class Source:
    """A file that is read again from its beginning whenever its `rows` are asked for."""

    headings: tuple[str, ...]
    encoding: str
    """A name of `encodings.names()`, or `xlsx`, or `zip`."""
    separator: str
    opener: Callable[[], BinaryIO]
    header: int = 1
    """The number of the row with the headings."""
    first: tuple[Row, ...] = ()
    """The first rows that hold something, one of which is the header."""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    """All that a workbook shows."""

    @property
    def rows(self) -> Iterator[Row]:
        """Its rows below the headings. InvalidInput where the file stops being a table."""
        width, header = len(self.headings), self.header
        for number, cells in _parse(self.opener, _Form(self.encoding, self.separator, self.sheet)):
            if number > header:
                yield Row(number, cells + ("",) * (width - len(cells)) if len(cells) < width else cells)


def open_path(path: Path, look: Look = AS_IT_IS) -> Source:
    """The table in a file, as somebody wants it read. InvalidInput when it is none."""
    return _source(lambda: path.open("rb"), path.stat().st_size, look, SIZE_LIMIT)


def read(content: bytes, encoding: str = "", *, sheet: str = "", header: int = 0) -> Table:
    """A small table, whole; InvalidInput when it is none, or larger than the limits."""
    look = Look(encoding, sheet, header)
    source = _source(lambda: io.BytesIO(content), len(content), look, TABLE_SIZE_LIMIT)
    rows: list[Row] = []
    for row in source.rows:
        if len(rows) >= TABLE_ROW_LIMIT:
            raise InvalidInput("contacts-import-rows", limit=TABLE_ROW_LIMIT)
        rows.append(row)
    return Table(source.headings, tuple(rows), source.encoding, source.separator)


def _source(opener: Callable[[], BinaryIO], size: int, look: Look, limit: int) -> Source:
    if size > limit:
        raise InvalidInput("contacts-import-too-large", megabytes=limit // 1024 // 1024)
    form, first, sheets = _form(opener, look)
    if not first:
        raise InvalidInput("contacts-import-empty")
    header = _header(first, look.header)
    below = [row.cells for row in first if row.number > header.number]
    names = headings.named(header.cells, below)
    if not names:
        raise InvalidInput("contacts-import-empty")
    return Source(
        names, form.encoding, form.separator, opener, header.number, first, form.sheet, sheets
    )  # fmt: skip


def _form(opener: Callable[[], BinaryIO], look: Look) -> tuple[_Form, tuple[Row, ...], tuple[str, ...]]:
    """How to read it, its first rows, and the sheets of a workbook."""
    with opener() as file:
        start = file.read(len(packed.START))
        file.seek(0)
        if start != packed.START:
            encoding = look.encoding or encodings.detect(file)
            form = _Form(encoding, csv_rows.separator_of(file, encodings.named(encoding)))
            return form, _first(opener, form), ()
        if not archive.holds_workbook(file):
            form = _Form(ARCHIVE)
            return form, _first(opener, form)[:1], ()
        sheets, filled = xlsx.shown(file)
    if look.sheet and look.sheet not in sheets:
        raise InvalidInput("importread-no-sheet", field="sheet", name=look.sheet[:40])
    form = _Form(WORKBOOK, sheet=look.sheet or filled)
    return form, _first(opener, form), sheets


def _first(opener: Callable[[], BinaryIO], form: _Form) -> tuple[Row, ...]:
    with closing(_parse(opener, form)) as rows:
        return tuple(islice(rows, headings.ROWS_LOOKED_AT))


def _header(first: tuple[Row, ...], number: int) -> Row:
    if not number:
        return first[headings.guess([row.cells for row in first])]
    for row in first:
        if row.number == number:
            return row
    raise InvalidInput("importread-no-header", field="header", row=number)


def _parse(opener: Callable[[], BinaryIO], form: _Form) -> Generator[Row, None, None]:
    """All rows that hold something, the headings and what stands above them too."""
    with opener() as file:
        if form.encoding == WORKBOOK:
            found = xlsx.rows(file, csv_rows.COLUMN_LIMIT, form.sheet)
        elif form.encoding == ARCHIVE:
            found = archive.rows(file, SIZE_LIMIT)
        else:
            found = csv_rows.rows(file, encodings.named(form.encoding), form.separator)
        with closing(found):
            for place, (line, cells) in enumerate(found):
                if place > ROW_LIMIT:
                    raise InvalidInput("contacts-import-rows", limit=ROW_LIMIT)
                yield Row(line, cells)
