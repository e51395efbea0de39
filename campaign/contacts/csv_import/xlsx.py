"""A sheet of an XLSX workbook as rows of texts, read as a stream and within limits.

Written on expat, for the libraries at hand cannot be bounded: one keeps a row of a million cells for 16 s and
470 MB, the other ends the process when two cells stand in opposite corners (docs/decisions.md).
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from typing import Any, BinaryIO, NamedTuple
from xml.parsers import expat

from campaign.contacts.csv_import import packed
from campaign.contacts.csv_import.shared_strings import SharedStrings, local
from campaign.contacts.csv_import.sheet_cells import Cells as Cells
from campaign.contacts.csv_import.sheet_cells import SheetCells
from campaign.contacts.names import clean
from campaign.errors import InvalidInput

# a sheet of a million customers in twenty columns has 700 MB and 80 million tags, start and end; 1.1 GB and
# 122 million where the texts stand in its cells. A gigabyte of the smallest cells has 280 million
UNPACKED_LIMIT = 1536 * 1024 * 1024  # bytes
TAGS_LIMIT = 150_000_000
TAGS_COUNTED_AFTER = 1024 * 1024  # bytes read; whoever looks at the first rows waits for no count
STRINGS_LIMIT = 192 * 1024 * 1024  # bytes of the shared strings, which are held in memory; they have 120 MB
# a sheet may have borders around nothing for a hundred thousand rows, and a cell with something is worth
# some more of it; beyond that there is no table
EMPTY_ELEMENTS, ELEMENTS_A_CELL = 1_000_000, 50
EMPTY_BYTES, BYTES_A_CELL = 64 * 1024 * 1024, 4_000
PLAN_ELEMENTS = 300_000  # of workbook, relations or styles; the largest styles have a third
BLOCK = 64 * 1024
# formats of dates that have a number of their own (ECMA-376 part 1, 18.8.30)
_DATE_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})


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
        strings = SharedStrings()
        for size in self._feed("xl/sharedStrings.xml", strings.start, strings.end, strings.text):
            _check_filling(size, strings.elements, strings.filled)
        sheet = SheetCells(strings, self._date_styles(), self._day_zero, columns)
        counted = False
        for size in self._feed(part, sheet.start, sheet.end, sheet.text):
            _check_filling(size, sheet.elements, sheet.filled)
            if size > TAGS_COUNTED_AFTER and not counted:
                self._check_tags(part)
                counted = True
            yield from sheet.taken()

    def first_filled(self) -> str:
        """Its strings are not looked up: that would cost much for a cover."""
        probe, before = _Probe(), 0
        for name, part in self._parts.items():
            self._check_size(part, UNPACKED_LIMIT)
            size = 0
            with closing(self._feed(part, probe.start, None, None)) as sizes:
                for size in sizes:
                    if probe.holds:
                        return name
                    _check_filling(before + size, probe.elements, 0)
            before += size
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
        for _ in self._feed(part, lambda name, given: found.append((local(name), given)), None, None):
            if len(found) > PLAN_ELEMENTS:
                raise InvalidInput("importread-empty-cells")
        return found

    def _check_size(self, part: str, limit: int) -> None:
        entry = self._entries.get(part)
        if entry is not None and packed.is_bomb(entry, limit):
            raise InvalidInput("contacts-import-unpacked", megabytes=limit // 1024 // 1024)

    def _check_tags(self, part: str) -> None:
        """InvalidInput when there are more of them than a table has. To parse a gigabyte of the smallest
        cells takes three minutes; to unpack it and to count takes a second, and we stop at the limit."""
        if self._entries[part].file_size < TAGS_LIMIT:
            return
        tags = 0
        with self._archive.open(part) as opened:
            while block := opened.read(BLOCK):
                tags += block.count(b"<")
                if tags > TAGS_LIMIT:
                    raise InvalidInput("importread-too-many-cells")

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


class _Probe:
    """Whether a sheet has any cell with something in it; `elements` counts on from sheet to sheet."""

    def __init__(self) -> None:
        self.elements, self.holds = 0, False

    def start(self, name: str, _given: dict[str, str]) -> None:
        self.elements += 1
        if local(name) in ("v", "t"):
            self.holds = True


def _is_date_format(code: str) -> bool:
    """Whether a number format has a day, month, year or hour in it, outside quotes and brackets."""
    return bool(re.search(r"[ymdh]", re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", code.lower())))
