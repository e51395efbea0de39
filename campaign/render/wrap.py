"""Wrap plain text for mail: lines of at most 67 columns, nothing torn that belongs together.

Width is what a fixed-width screen shows: wide East Asian characters take two columns, combining marks
none (Unicode UAX #11). Lines break at blanks, and between Chinese characters where their rules allow.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# what people read without effort, and what survives being quoted with "> " a few times in 80 columns
WIDTH = 67

# never at the start of a line, never at its end (the short list of every Chinese style guide)
_NOT_FIRST = "，。、；：？！）》」』】”’…％"
_NOT_LAST = "（《「『【“‘￥"

# Latin letters with their marks, punctuation, ₫: one column each, breaking at blanks alone
_SIMPLE = re.compile("[ -~\u00a0-\u00ac\u00ae-\u02ff\u1e00-\u1eff\u2010-\u2027\u2030-\u205e\u20ab]*\\Z")


def display_width(text: str) -> int:
    """Columns on a fixed-width screen."""
    if _SIMPLE.match(text):
        return len(text)
    return sum(_columns(mark) for mark in text)


def is_simple(text: str) -> bool:
    """Whether every character takes one column and lines break at blanks alone."""
    return _SIMPLE.match(text) is not None and "\u00a0" not in text


def wrap(text: str, width: int = WIDTH, indent: str = "") -> list[str]:
    """The text's words in lines of at most `width` columns; a longer word stands alone, unbroken.

    `indent` comes before every line but the first.
    """
    if display_width(text) <= width:
        line = " ".join(word for word in text.split(" ") if word)
        return [line] if line else []
    if is_simple(text):
        simple = " ".join(word for word in text.split(" ") if word)
        return list(_wrap_simple(simple, width, indent)) if simple else []
    lines: list[str] = []
    line, used = "", 0
    for unit, blank in _units(text):
        columns = display_width(unit)
        gap = " " if blank and line.strip() else ""
        if line.strip() and used + len(gap) + columns > width:
            lines.append(line)
            line, used, gap = indent, len(indent), ""
        line += gap + unit
        used += len(gap) + columns
    return [*lines, line] if line.strip() else lines


def _wrap_simple(text: str, width: int, indent: str) -> Iterator[str]:
    """The same for a text of single blanks in which every character takes one column."""
    start, before = 0, ""
    while len(text) - start > width - len(before):
        end = text.rfind(" ", start, start + width - len(before) + 1)
        if end < 0:  # a word longer than a line
            end = text.find(" ", start)
        if end < 0:
            break
        yield before + text[start:end]
        start, before = end + 1, indent
    yield before + text[start:]


def _columns(mark: str) -> int:
    if unicodedata.category(mark) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(mark) in "WF" else 1


def _units(text: str) -> Iterator[tuple[str, bool]]:
    """What must stay together, and whether a blank comes before it."""
    for word in text.split(" "):
        if not word:
            continue
        blank = True
        for unit in [word] if _SIMPLE.match(word) else _breakable(word):
            yield unit, blank
            blank = False


def _breakable(word: str) -> list[str]:
    units: list[str] = []
    for mark in word:
        last = units[-1] if units else ""
        narrow = _columns(mark) < 2 and bool(last) and _columns(last[-1]) < 2
        if last and (narrow or _columns(mark) == 0 or mark in _NOT_FIRST or last[-1] in _NOT_LAST):
            units[-1] += mark
        else:
            units.append(mark)
    return units
