"""Which addresses were seen already: 64 bits of a hash each, in one flat table."""

from __future__ import annotations

import hashlib
from array import array

# slots at first; a power of two
FIRST = 1 << 12


class Marks:
    """A set of texts in 16 to 32 bytes a text: a million of them in Python's own set take 200 MB.

    Two of a million texts have the same mark by chance once in thirty million audiences.
    """

    def __init__(self) -> None:
        self._slots = array("Q", bytes(8 * FIRST))
        self._count = 0

    def add(self, text: str) -> bool:
        """True when it was not there."""
        mark = _mark(text)
        place = self._place(mark)
        if self._slots[place] == mark:
            return False
        self._slots[place] = mark
        self._count += 1
        if self._count * 2 > len(self._slots):  # fuller, and places would be far to seek
            self._grow()
        return True

    def _place(self, mark: int) -> int:
        """Where the mark is, or belongs."""
        slots = self._slots
        last = len(slots) - 1
        place = mark & last
        while slots[place] not in (0, mark):
            place = (place + 1) & last
        return place

    def _grow(self) -> None:
        before = self._slots
        self._slots = array("Q", bytes(2 * 8 * len(before)))
        for mark in before:
            if mark:
                self._slots[self._place(mark)] = mark


def _mark(text: str) -> int:
    """Never 0, which is an empty slot."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest()) or 1
