"""Which row of a file names its columns, and what a column without a name is called.

Reports of shops begin with a title and a date above the headings. The guess is shown, and a person may choose
another row.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from campaign.contacts.csv_import import mapping
from campaign.contacts.names import clean

ROWS_LOOKED_AT = 20  # rows that hold something; headings stand no further below
HEADINGS_SURE = 2  # a row with so many headings that we know is the one
ROWS_OF_A_COLUMN = 2  # fewer may be a slip
COLUMNS_OF_A_TABLE = 2  # a row with fewer cells is a title, where others have more
# a name that stands for a column without one, the same in every language; pages put words in its place
NAMELESS = "column:"
# columns that a ZIP of several files gets
FILE, STATUS = mapping.FILE_COLUMN, mapping.STATUS_COLUMN
_LETTERS = re.compile(rf"{NAMELESS}([A-Z]{{1,3}})")


def guess(rows: Sequence[Sequence[str]]) -> int:
    """The place, among the first rows, of the one with the headings: with two that we know; else the first,
    when we know one of it; else the first with two cells; else the first."""
    known = [sum(map(is_known, cells)) for cells in rows]
    sure = next((place for place, count in enumerate(known) if count >= HEADINGS_SURE), None)
    if sure is not None:
        return sure
    if known[0]:
        return 0
    filled = [sum(bool(cell.strip()) for cell in cells) for cells in rows]
    return next((place for place, count in enumerate(filled) if count >= COLUMNS_OF_A_TABLE), 0)


def is_known(cell: str) -> bool:
    """Whether a cell says what columns are usually called."""
    return mapping.is_heading(cell)


def named(cells: Sequence[str], below: Sequence[Sequence[str]] = ()) -> tuple[str, ...]:
    """The names of the columns, no two of them the same: `Tên`, `Tên (2)`. Those behind the last name are
    columns only when the rows `below` say so: a stray separator in one row makes none."""
    found = [clean(cell) for cell in cells]
    while found and not found[-1]:
        found.pop()
    if found:
        found += [""] * (_width(cells, below) - len(found))
    return _told_apart([name or f"{NAMELESS}{letters(place)}" for place, name in enumerate(found)])


def _told_apart(names: Sequence[str]) -> tuple[str, ...]:
    """The first of a name keeps it, and so does a column that was called `Tên (2)` by whoever made the file;
    the others get the next free number. The same row gives the same names, and a mapping is found again."""
    taken, last = set(names), Counter[str]()
    told: list[str] = []
    for name in names:
        last[name] += 1
        if last[name] > 1:
            while (numbered := f"{name} ({last[name]})") in taken:
                last[name] += 1
            taken.add(numbered)
            told.append(numbered)
        else:
            told.append(name)
    return tuple(told)


def _width(cells: Sequence[str], below: Sequence[Sequence[str]]) -> int:
    """The last column that holds something in half of the rows, or in one where the row of the headings has
    a cell, though an empty one."""
    filled = Counter(place for row in below for place, cell in enumerate(row) if cell.strip())
    many = max(ROWS_OF_A_COLUMN, len(below) / 2)
    return max((place + 1 for place, rows in filled.items() if rows >= many or place < len(cells)), default=0)


def letters(place: int) -> str:
    """What a spreadsheet calls the column at that place: 0 is A, 26 is AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def in_words(heading: str, say: Callable[..., str]) -> str:
    """The heading for a person to read; `say` translates a key with its values."""
    if heading in (FILE, STATUS):
        return say(f"importread-column-{heading.removeprefix(NAMELESS)}")
    found = _LETTERS.fullmatch(heading)
    return say("contacts-column-nameless", letter=found[1]) if found else heading
