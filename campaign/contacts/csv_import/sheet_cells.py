"""The cells of a workbook's sheet, collected into rows of texts as a person would read them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

from campaign.contacts.csv_import.shared_strings import CELL_LIMIT, SharedStrings, local
from campaign.errors import InvalidInput

_REFERENCE = re.compile(r"([A-Z]{1,3})[0-9]+")

Cells = tuple[int, tuple[str, ...]]
"""The number of a row in the sheet, from 1, and its texts."""


class SheetCells:
    """`start`, `end` and `text` are handlers of expat; `elements` counts what was there, `filled` the cells
    that hold something. InvalidInput for a cell that is too long, or stands behind the last of `columns`."""

    def __init__(self, strings: SharedStrings, dates: list[bool], day_zero: datetime, columns: int) -> None:
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
        if ":" in name:
            name = local(name)
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
        if ":" in name:
            name = local(name)
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
            return self._strings.find(text)
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
