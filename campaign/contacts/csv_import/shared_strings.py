"""The shared strings of a workbook, which its cells name by number: a million customers have some millions.

As objects of their own they would take half a gigabyte; here they stand one behind another.
"""

from __future__ import annotations

from array import array

from campaign.errors import InvalidInput

CELL_LIMIT = 32_767  # characters; a spreadsheet holds no more
# bytes of a string from which on it is an object of its own: who names a long one a million times must not
# have it decoded as often
LONG = 1_000


class SharedStrings:
    """Plain ones and rich ones, without the readings above Chinese characters. `start`, `end` and `text` are
    handlers of expat; `elements` and `filled` count what was there and what of it held something.
    InvalidInput for one that is longer than a cell."""

    def __init__(self) -> None:
        self._texts = bytearray()
        self._ends = array("I")
        self._long: dict[int, str] = {}
        self._parts: list[str] = []
        self._length = 0
        self._in_text = self._in_reading = False
        self.elements = self.filled = 0

    def find(self, number: str) -> str:
        """The string of that number, counted from 0 in digits; empty when there is none."""
        if not number.isdigit() or (place := int(number)) >= len(self._ends):
            return ""
        start, end = self._ends[place - 1] if place else 0, self._ends[place]
        return self._texts[start:end].decode() if end > start else self._long.get(place, "")

    def start(self, name: str, _given: dict[str, str]) -> None:
        self.elements += 1
        if ":" in name:
            name = local(name)
        if name == "si":
            self._parts, self._length = [], 0
        elif name == "rPh":
            self._in_reading = True
        elif name == "t":
            self._in_text = not self._in_reading

    def end(self, name: str) -> None:
        if ":" in name:
            name = local(name)
        if name == "si":
            self._keep("".join(self._parts))
        elif name == "rPh":
            self._in_reading = False
        elif name == "t":
            self._in_text = False

    def text(self, data: str) -> None:
        if self._in_text:
            self._length += len(data)
            if self._length > CELL_LIMIT:
                raise InvalidInput("importread-long-text", limit=CELL_LIMIT)
            self._parts.append(data)

    def _keep(self, text: str) -> None:
        written = text.encode()
        if len(written) < LONG:
            self._texts += written
        else:
            self._long[len(self._ends)] = text
        self._ends.append(len(self._texts))
        self.filled += bool(text)


def local(name: str) -> str:
    """The name of an element without its prefix."""
    return name.rpartition(":")[2]
