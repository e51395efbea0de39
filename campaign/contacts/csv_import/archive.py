"""A ZIP of CSV files, as Mailchimp delivers an audience: its tables one under another.

Subscribed, unsubscribed and cleaned addresses come in a file each, with columns of their own. What the file's
name says of its people no column repeats for all of them, so it becomes one: who is in none of the three may
otherwise seem to have agreed.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Generator, Sequence
from itertools import islice
from pathlib import PurePosixPath
from typing import BinaryIO, NamedTuple, cast

from campaign.contacts.csv_import import csv_rows, encodings, headings, packed, xlsx
from campaign.contacts.names import clean
from campaign.errors import InvalidInput

SUFFIXES = frozenset({".csv", ".tsv"})
FILES_LIMIT = 50
_STATUS = re.compile(r"(non-?subscribed|unsubscribed|subscribed|cleaned|pending|archived)(?![a-z])")


class _Part(NamedTuple):
    """One table: how it is read, its headings and the row they stand in."""

    entry: zipfile.ZipInfo
    encoding: str
    separator: str
    header: int
    names: tuple[str, ...]
    status: str


def holds_workbook(file: BinaryIO) -> bool:
    """Whether it is an XLSX file. InvalidInput when it is no archive that can be read."""
    with packed.opened(file) as archive:
        return "[Content_Types].xml" in archive.namelist() or "xl/workbook.xml" in archive.namelist()


def rows(file: BinaryIO, size_limit: int) -> Generator[xlsx.Cells, None, None]:
    """The headings of all tables, then the rows that hold something, counted through from 2. Behind the
    columns stand the name of the file and, where names say it, the standing of its people. InvalidInput
    when there is no table, or one unpacks to more than people write."""
    with packed.opened(file) as archive:
        parts = [part for entry in _entries(archive, size_limit) if (part := _part(archive, entry))]
        if not parts:
            raise InvalidInput("importread-archive-empty")
        names = tuple(dict.fromkeys(name for part in parts for name in part.names))
        added = (headings.FILE, headings.STATUS) if any(part.status for part in parts) else (headings.FILE,)
        yield 1, (*names, *added)
        number = 1
        for part in parts:
            last = (_base(part.entry), part.status)[: len(added)]
            for cells in _rows(archive, part):
                number += 1
                yield number, _placed(cells, part.names, names, last)


def _entries(archive: zipfile.ZipFile, size_limit: int) -> list[zipfile.ZipInfo]:
    found = [
        entry
        for entry in archive.infolist()
        if PurePosixPath(entry.filename).suffix.lower() in SUFFIXES
        and not entry.filename.startswith("__MACOSX/")
        and not _base(entry).startswith(".")
    ]
    if len(found) > FILES_LIMIT:
        raise InvalidInput("importread-archive-files", limit=FILES_LIMIT)
    total = sum(entry.file_size for entry in found)
    if total > size_limit or any(packed.is_bomb(entry, size_limit) for entry in found):
        raise InvalidInput("importread-archive-unpacked", megabytes=size_limit // 1024 // 1024)
    return found


def _part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> _Part | None:
    """None for an empty one: a list may have nobody who unsubscribed."""
    with archive.open(entry) as opened:
        if not opened.read(packed.SMALL_PART).strip():
            return None
        opened.seek(0)
        encoding = encodings.detect(cast(BinaryIO, opened))
        separator = csv_rows.separator_of(cast(BinaryIO, opened), encodings.named(encoding))
    form = _Part(entry, encoding, separator, 0, (), _status(entry))
    first = list(islice(_numbered(archive, form), headings.ROWS_LOOKED_AT))
    place = headings.guess([cells for _, cells in first])
    header, cells = first[place]
    below = [cells for _, cells in first[place + 1 :]]
    return form._replace(header=header, names=headings.named(cells, below))


def _rows(archive: zipfile.ZipFile, part: _Part) -> Generator[tuple[str, ...], None, None]:
    for number, cells in _numbered(archive, part):
        if number > part.header:
            yield cells


def _numbered(archive: zipfile.ZipFile, part: _Part) -> Generator[xlsx.Cells, None, None]:
    opened = cast(BinaryIO, archive.open(part.entry))
    yield from csv_rows.rows(opened, encodings.named(part.encoding), part.separator)


def _placed(
    cells: Sequence[str], own: Sequence[str], names: Sequence[str], last: Sequence[str]
) -> tuple[str, ...]:
    """The cells under the headings of all tables. More cells than its own table has columns stay too many,
    so that the row is refused."""
    at = dict(zip(own, cells, strict=False))
    return (*(at.get(name, "") for name in names), *last, *cells[len(own) :])


def _status(entry: zipfile.ZipInfo) -> str:
    found = _STATUS.match(_base(entry).lower())
    return found[1] if found else ""


def _base(entry: zipfile.ZipInfo) -> str:
    return clean(PurePosixPath(entry.filename).name)
