"""A sheet of an XLSX workbook as rows of texts, read as a stream and within limits.

Written on expat, for the libraries at hand cannot be bounded: one keeps a row of a million cells for 16 s and
470 MB, the other ends the process when two cells stand in opposite corners (docs/decisions.md).
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from typing import Any, BinaryIO, NamedTuple
from xml.parsers import expat

from campaign.contacts.csv_import import packed
from campaign.contacts.names import clean
from campaign.errors import InvalidInput

UNPACKED_LIMIT = 1024 * 1024 * 1024  # bytes of one part; a sheet of a million customers has about half
STRINGS_LIMIT = 64 * 1024 * 1024  # bytes of the shared strings, which are held in memory
# a sheet may have borders around nothing for a hundred thousand rows, and a cell with something is worth
# some more of it; beyond that there is no table
EMPTY_ELEMENTS, ELEMENTS_A_CELL = 1_000_000, 50
EMPTY_BYTES, BYTES_A_CELL = 64 * 1024 * 1024, 4_000
PLAN_ELEMENTS = 300_000  # of workbook, relations or styles; the largest styles have a third
CELL_LIMIT = 32_767  # characters; a spreadsheet holds no more
BLOCK = 64 * 1024
_REFERENCE = re.compile(r"([A-Z]{1,3})[0-9]+")
# formats of dates that have a number of their own (ECMA-376 part 1, 18.8.30)
_DATE_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})

Cells = tuple[int, tuple[str, ...]]
"""The number of a row in the sheet, from 1, and its texts."""


class Shown(NamedTuple):
    """The sheets of a workbook that are not hidden, and the first of them that seems to hold something."""

    names: tuple[str, ...]
    filled: str


def shown(file: BinaryIO) -> Shown:
    """InvalidInput when it is no workbook."""
    with _opened(file) as book:
        return Shown(book.sheets, book.first_filled())


def rows(file: BinaryIO, columns: int, sheet: str) -> Generator[Cells, None, None]:
    """Rows that hold something. InvalidInput when it is no workbook, or has more than `columns`."""
    with _opened(file) as book:
        yield from book.rows(columns, sheet)


@contextmanager
def _opened(file: BinaryIO) -> Iterator[_Workbook]:
    try:
        with packed.opened(file) as archive:
            yield _Workbook(archive)
    except expat.ExpatError as error:
        raise InvalidInput("contacts-import-workbook") from error


class _Workbook:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._entries = {entry.filename: entry for entry in archive.infolist()}
        self._parts, is_1904 = self._shown()
        self.sheets = tuple(self._parts)
        self._day_zero = datetime(1904, 1, 1) if is_1904 else datetime(1899, 12, 30)  # noqa: DTZ001 (Excel's days are of no zone)

    def rows(self, columns: int, name: str) -> Iterator[Cells]:
        part = self._parts[name]
        self._check_size(part, UNPACKED_LIMIT)
        self._check_size("xl/sharedStrings.xml", STRINGS_LIMIT)
        strings = _Strings()
        for size in self._feed("xl/sharedStrings.xml", strings.start, strings.end, strings.text):
            _check_filling(size, strings.elements, strings.filled)
        sheet = _Sheet(strings.found, self._date_styles(), self._day_zero, columns)
        for size in self._feed(part, sheet.start, sheet.end, sheet.text):
            _check_filling(size, sheet.elements, sheet.filled)
            yield from sheet.taken()

    def first_filled(self) -> str:
        """Its strings are not looked up: that would cost much for a cover."""
        before = 0
        for name, part in self._parts.items():
            self._check_size(part, UNPACKED_LIMIT)
            probe = _Probe(before)
            with closing(self._feed(part, probe.start, None, None)) as sizes:
                for size in sizes:
                    if probe.holds:
                        return name
                    _check_filling(size, probe.elements, 0)
            before = probe.elements
        return self.sheets[0]

    def _shown(self) -> tuple[dict[str, str], bool]:
        """The visible sheets, name to part, and whether their days count from 1904."""
        relations: dict[str, str] = {}
        is_1904 = False
        for name, given in self._elements("xl/workbook.xml"):
            if name == "sheet" and given.get("state", "visible") == "visible":
                relation = next((value for key, value in given.items() if key.endswith(":id")), "")
                relations[relation] = clean(given.get("name", ""))
            elif name == "workbookPr":
                is_1904 = given.get("date1904") in ("1", "true")
        parts: dict[str, str] = {}
        for name, given in self._elements("xl/_rels/workbook.xml.rels"):
            if name == "Relationship" and given.get("Id") in relations:
                target = given.get("Target", "")
                part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
                if part in self._entries:
                    parts[relations[given["Id"]]] = part
        shown = {name: parts[name] for name in relations.values() if name in parts}
        if not shown:
            raise InvalidInput("contacts-import-workbook")
        return shown, is_1904

    def _date_styles(self) -> list[bool]:
        """For each style of cells whether it shows a date."""
        custom: dict[str, bool] = {}
        styles: list[bool] = []
        inside = False
        for name, given in self._elements("xl/styles.xml"):
            if name == "numFmt":
                custom[given.get("numFmtId", "")] = _is_date_format(given.get("formatCode", ""))
            elif name in ("cellXfs", "cellStyleXfs", "cellStyles", "dxfs"):
                inside = name == "cellXfs"
            elif name == "xf" and inside:
                number = given.get("numFmtId", "0")
                styles.append(
                    custom.get(number, False) or (number.isdigit() and int(number) in _DATE_FORMATS)
                )
        return styles

    def _elements(self, part: str) -> list[tuple[str, dict[str, str]]]:
        """InvalidInput when there are more of them than a workbook needs."""
        self._check_size(part, packed.SMALL_PART)
        found: list[tuple[str, dict[str, str]]] = []
        for _ in self._feed(part, lambda name, given: found.append((_local(name), given)), None, None):
            if len(found) > PLAN_ELEMENTS:
                raise InvalidInput("importread-empty-cells")
        return found

    def _check_size(self, part: str, limit: int) -> None:
        entry = self._entries.get(part)
        if entry is not None and packed.is_bomb(entry, limit):
            raise InvalidInput("contacts-import-unpacked", megabytes=limit // 1024 // 1024)

    def _feed(self, part: str, start: Any, end: Any, text: Any) -> Generator[int, None, None]:
        """Parse a part block by block, each with the bytes so far; one that is not there is empty. More than
        the part says it holds is not unpacked: the standard library stops there."""
        if part not in self._entries:
            return
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = start, end
        parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = _refuse_doctype
        with self._archive.open(part) as opened:
            size = 0
            while block := opened.read(BLOCK):
                parser.Parse(block, False)
                size += len(block)
                yield size
        parser.Parse(b"", True)
        yield size


def _refuse_doctype(*_: object) -> None:
    """A workbook has none; who declares entities means mischief."""
    raise InvalidInput("contacts-import-workbook")


def _check_filling(size: int, elements: int, filled: int) -> None:
    """InvalidInput when a part makes us work for nothing: a gigabyte of empty cells packs into ten megabytes,
    and looking through it takes minutes."""
    if elements > EMPTY_ELEMENTS + ELEMENTS_A_CELL * filled or size > EMPTY_BYTES + BYTES_A_CELL * filled:
        raise InvalidInput("importread-empty-cells")


def _local(name: str) -> str:
    return name.rpartition(":")[2]


class _Probe:
    """Whether a sheet has any cell with something in it; `elements` counts on from other sheets."""

    def __init__(self, elements: int) -> None:
        self.elements, self.holds = elements, False

    def start(self, name: str, _given: dict[str, str]) -> None:
        self.elements += 1
        if _local(name) in ("v", "t"):
            self.holds = True


class _Strings:
    """The shared strings: plain ones and rich ones, without the readings above Chinese characters."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._parts: list[str] = []
        self._in_text = self._in_reading = False
        self.elements = self.filled = 0

    def start(self, name: str, _given: dict[str, str]) -> None:
        self.elements += 1
        name = _local(name)
        if name == "si":
            self._parts = []
        elif name == "rPh":
            self._in_reading = True
        elif name == "t":
            self._in_text = not self._in_reading

    def end(self, name: str) -> None:
        name = _local(name)
        if name == "si":
            self.found.append("".join(self._parts))
            self.filled += bool(self._parts)
        elif name == "rPh":
            self._in_reading = False
        elif name == "t":
            self._in_text = False

    def text(self, data: str) -> None:
        if self._in_text:
            self._parts.append(data)


class _Sheet:
    """Collects cells into rows."""

    def __init__(self, strings: list[str], dates: list[bool], day_zero: datetime, columns: int) -> None:
        self._strings, self._dates, self._day_zero, self._columns = strings, dates, day_zero, columns
        self._rows: list[Cells] = []
        self._number = 0
        self._cells: list[str] = []
        self._column = -1
        self._type, self._is_date = "n", False
        self._parts: list[str] = []
        self._length = 0
        self._in_value = False
        self.elements = self.filled = 0
        self._ends: dict[str, Callable[[], None]] = {"v": self._pause, "t": self._pause, "c": self._cell}

    def taken(self) -> list[Cells]:
        """The rows that are whole by now, once."""
        rows, self._rows = self._rows, []
        return rows

    def start(self, name: str, given: dict[str, str]) -> None:
        self.elements += 1
        name = _local(name)
        if name == "c":
            self._column = _column(given.get("r", ""), self._column)
            self._type = given.get("t", "n")
            style = given.get("s", "")
            self._is_date = style.isdigit() and int(style) < len(self._dates) and self._dates[int(style)]
            self._parts, self._length = [], 0
        elif name in ("v", "t"):
            self._in_value = True
        elif name == "row":
            given_number = given.get("r", "")
            number = int(given_number) if given_number.isdigit() and len(given_number) < 9 else 0
            self._number = max(number, self._number + 1)
            self._cells, self._column = [], -1

    def end(self, name: str) -> None:
        name = _local(name)
        if name == "row":
            if self._cells:
                self._rows.append((self._number, tuple(self._cells)))
        elif name in self._ends:
            self._ends[name]()

    def text(self, data: str) -> None:
        if self._in_value:
            self._length += len(data)
            if self._length > CELL_LIMIT:
                raise InvalidInput("contacts-import-long-cell", line=self._number, limit=CELL_LIMIT)
            self._parts.append(data)

    def _pause(self) -> None:
        self._in_value = False

    def _cell(self) -> None:
        value = self._value("".join(self._parts))
        if not value:
            return
        if self._column >= self._columns:
            raise InvalidInput("contacts-import-columns", line=self._number, limit=self._columns)
        self.filled += 1
        self._cells += [""] * (self._column + 1 - len(self._cells))
        self._cells[self._column] = value

    def _value(self, text: str) -> str:
        if self._type == "s":
            return self._strings[int(text)] if text.isdigit() and int(text) < len(self._strings) else ""
        if self._type == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(text, "")
        if self._type == "n" and text:
            return self._number_text(text)
        return "" if self._type == "e" else text

    def _number_text(self, text: str) -> str:
        """A number as a person would write it: no trailing zero, no exponent for a phone number."""
        try:
            number = float(text)
        except ValueError:
            return text
        if self._is_date and 0 <= number < 2_958_466:  # 31 December 9999
            return self._date_text(number)
        return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)

    def _date_text(self, number: float) -> str:
        moment = self._day_zero + timedelta(seconds=round(number * 86_400))
        if number < 1:
            return f"{moment:%H:%M:%S}"
        return f"{moment:%Y-%m-%d}" if number.is_integer() else f"{moment:%Y-%m-%d %H:%M:%S}"


def _column(reference: str, before: int) -> int:
    """`AB12` is column 27, counted from 0; without a reference the next one."""
    found = _REFERENCE.fullmatch(reference)
    if not found:
        return before + 1
    number = 0
    for letter in found[1]:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _is_date_format(code: str) -> bool:
    """Whether a number format has a day, month, year or hour in it, outside quotes and brackets."""
    return bool(re.search(r"[ymdh]", re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", code.lower())))
