"""Files made to exhaust us: each is refused within two seconds by a process that stays small.

They are real files, made here; each is read in a process of its own, whose processor time and memory count.
"""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from itertools import chain, islice
from pathlib import Path
from random import Random

import pytest

from campaign.contacts.csv_import.packed import SHRINKS_TO
from tests.contacts.workbooks import LINKS, WORKBOOK, bomb, book, sheet, workbook

GIGABYTE = 1024**3
BLOCK = 8 * 1024 * 1024
SECONDS = 2.0
MORE_MB = 100
READ = """
import json, resource, sys, time
from pathlib import Path
from campaign.contacts.csv_import.reading import open_path
from campaign.errors import InvalidInput
import campaign.contacts.csv_import.imports
used = resource.getrusage(resource.RUSAGE_SELF)
before, kb = time.process_time(), used.ru_maxrss
try:
    rows = sum(1 for _ in open_path(Path(sys.argv[1])).rows)
    key = f"{rows} rows"
except InvalidInput as error:
    key = error.key
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([key, time.process_time() - before, (after - kb) / 1024]))
"""


def spaces(path: Path) -> None:
    """Ten megabytes that unpack to ten gigabytes: one deflated block over and over."""
    deflated(path, "xl/worksheets/sheet1.xml", b"", b" " * BLOCK, 10 * GIGABYTE // BLOCK)
    assert path.stat().st_size < 12 * 1024**2


def deflated(path: Path, part: str, head: bytes, block: bytes, times: int) -> None:
    """A workbook one part of which is a head and the same block over and over, deflated once."""
    deflate = zlib.compressobj(6, zlib.DEFLATED, -15)
    first, again = (deflate.compress(one) + deflate.flush(zlib.Z_FULL_FLUSH) for one in (head, block))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", WORKBOOK.format(flags=""))
        archive.writestr("xl/_rels/workbook.xml.rels", LINKS)
        with archive.open(part, "w", force_zip64=True) as opened:
            archive.fp.write(first)
            for _ in range(times):
                archive.fp.write(again)
            opened._file_size = len(head) + times * len(block)
            opened._compress_size = len(first) + times * len(again)


def lying(path: Path) -> None:
    """Says that its sheet holds a thousand bytes, and unpacks to a hundred megabytes."""
    bomb(path, "xl/worksheets/sheet1.xml", (b" " * BLOCK for _ in range(100 * 1024**2 // BLOCK)))
    content = bytearray(path.read_bytes())
    size = (100 * 1024**2 // BLOCK * BLOCK).to_bytes(4, "little")
    at = content.rfind(size)
    while at >= 0:
        content[at : at + 4] = (1000).to_bytes(4, "little")
        at = content.rfind(size, 0, at)
    path.write_bytes(content)


def strings(path: Path) -> None:
    bomb(path, "xl/sharedStrings.xml", (b"<si><t>" + b"x" * BLOCK for _ in range(128 * 1024**2 // BLOCK)))


def long_string(path: Path) -> None:
    """Behind so many short ones that their number pays for its megabytes."""
    words = b" ".join(b"%x" % n for n in range(BLOCK // 8))
    blocks = [b"<sst>" + b"<si><t>a</t></si>" * 50_000 + b"<si><t>", *[words] * 15, b"</t></si></sst>"]
    bomb(path, "xl/sharedStrings.xml", blocks)


def half_empty(element: str) -> Iterator[bytes]:
    """Elements with nothing in them that pack a hundred to one, as a sheet may."""
    random = Random(1)
    block = "".join(
        element * 30 + element.replace("/", f' s="{random.randrange(9)}"/') for _ in range(20_000)
    ).encode()
    for _ in range(GIGABYTE // 4 // len(block)):
        yield block


def empty_cells(path: Path) -> None:
    bomb(path, "xl/worksheets/sheet1.xml", chain([b"<worksheet><sheetData><row>"], half_empty("<c/>")))
    with zipfile.ZipFile(path) as archive:
        entry = archive.getinfo("xl/worksheets/sheet1.xml")
    assert 50 < entry.file_size / entry.compress_size < SHRINKS_TO


def empty_rows(path: Path) -> None:
    bomb(path, "xl/worksheets/sheet1.xml", chain([b"<worksheet><sheetData>"], half_empty("<row/>")))


def empty_cells_below_a_row(path: Path) -> None:
    head = b'<worksheet><sheetData><row><c t="str"><v>Ten</v></c></row><row>'
    bomb(path, "xl/worksheets/sheet1.xml", chain([head], half_empty("<c/>")))


def empty_strings(path: Path) -> None:
    blocks = islice(half_empty("<si/>"), 14)
    bomb(path, "xl/sharedStrings.xml", chain([b"<sst>"], blocks, [b"</sst>"]))


def padding(path: Path) -> None:
    """Remarks between the cells."""
    block = b"".join(b"<!--%060d-->" % n for n in range(100_000))
    head = b'<worksheet><sheetData><row><c t="str"><v>Ten</v></c></row>'
    bomb(path, "xl/worksheets/sheet1.xml", chain([head], (block for _ in range(130))))


def tiny_cells(path: Path) -> None:
    """A gigabyte of cells with a digit each, a hundred a row: a table of 700,000 rows that nobody made."""
    random = Random(1)
    block = "".join(
        "<row>" + "".join(f"<c><v>{random.randrange(10)}</v></c>" for _ in range(100)) + "</row>"
        for _ in range(BLOCK // 1511)
    ).encode()
    deflated(path, "xl/worksheets/sheet1.xml", b"<worksheet><sheetData>", block, GIGABYTE // len(block))


def sheet_behind_sheet(path: Path) -> None:
    """A hundred sheets of blanks, none of which is too much by itself."""
    names = [f"s{n}" for n in range(100)]
    path.write_bytes(book(dict.fromkeys(names, "")))
    with zipfile.ZipFile(path) as made:
        plan = {name: made.read(name) for name in made.namelist() if "worksheets" not in name}
    blanks = b"".join(b" " * 1_000 + b"%d" % n for n in range(60_000))
    content = b"<worksheet>" + blanks + b"</worksheet>"
    deflate = zlib.compressobj(6, zlib.DEFLATED, -15)
    raw = deflate.compress(content) + deflate.flush()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, planned in plan.items():
            archive.writestr(name, planned)
        for n in range(1, len(names) + 1):
            with archive.open(f"xl/worksheets/sheet{n}.xml", "w") as opened:
                archive.fp.write(raw)
                opened._file_size, opened._compress_size = len(content), len(raw)
                opened._crc = zlib.crc32(content)


def many_styles(path: Path) -> None:
    block = b"<xf/>" * 1000 + b"".join(b'<xf i="%d"/>' % n for n in range(100))
    bomb(path, "xl/styles.xml", chain([b"<styleSheet><cellXfs>"], (block for _ in range(600))))


def many_entries(path: Path) -> None:
    """The list of contents alone is forty megabytes."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", WORKBOOK.format(flags=""))
        entry = archive.filelist[0]
        archive.filelist += [entry] * 600_000


def packed_tables(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("subscribed.csv", "cleaned.csv"):
            with archive.open(name, "w") as opened:
                opened.write(b"Ten,Email\n")
                for _ in range(20):
                    opened.write(b"a,\n" * (BLOCK // 3))


def wide_sheet(path: Path) -> None:
    path.write_bytes(workbook("<row>" + "".join(f"<c><v>{n}</v></c>" for n in range(1_000_000)) + "</row>"))


def corners(path: Path) -> None:
    path.write_bytes(
        workbook('<row><c r="A1"><v>1</v></c></row><row r="9"><c r="XFD1048576"><v>1</v></c></row>')
    )


def long_cell(path: Path) -> None:
    path.write_bytes(workbook('<row><c t="inlineStr"><is><t>' + "xyz" * 1_000_000 + "</t></is></c></row>"))


def entities(path: Path) -> None:
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    doctype = f'<!DOCTYPE worksheet [<!ENTITY a0 "ha">{laughs}]>'
    text = doctype + sheet('<row><c t="inlineStr"><is><t>&a11;</t></is></c></row>')
    bomb(path, "xl/worksheets/sheet1.xml", [text.encode()])


def long_line(path: Path) -> None:
    with path.open("wb") as file:
        file.write(b"ten,mail\n")
        for _ in range(GIGABYTE // BLOCK // 8):  # 128 MB are read no further than the first of them
            file.write(b"x" * BLOCK)


def first_line(path: Path) -> None:
    path.write_bytes(b"x" * (128 * 1024**2))


def million_columns(path: Path) -> None:
    path.write_bytes(b",".join(b"c%d" % n for n in range(1_000_000)) + b"\n" + b"1," * 1_000_000)


def open_quote(path: Path) -> None:
    path.write_bytes(b'ten,mail\n"' + b"Lan\n" * 20_000_000)


def endless_row(path: Path) -> None:
    path.write_bytes(b"ten,mail\n" + b'"\n",' * 10_000_000)


def too_large(path: Path) -> None:
    with path.open("wb") as file:
        file.write(b"ten,mail\n")
        file.truncate(GIGABYTE)  # a hole: a gigabyte of zeros that takes no room


@pytest.mark.parametrize(
    ("make", "key"),
    [
        (spaces, "contacts-import-unpacked"),
        (lying, "contacts-import-workbook"),
        (strings, "contacts-import-unpacked"),
        (long_string, "importread-long-text"),
        (empty_cells, "importread-empty-cells"),
        (empty_rows, "importread-empty-cells"),
        (empty_cells_below_a_row, "importread-empty-cells"),
        (empty_strings, "importread-empty-cells"),
        (padding, "importread-empty-cells"),
        (tiny_cells, "importread-too-many-cells"),
        (sheet_behind_sheet, "importread-empty-cells"),
        (many_styles, "importread-empty-cells"),
        (many_entries, "contacts-import-workbook"),
        (packed_tables, "importread-archive-unpacked"),
        (wide_sheet, "contacts-import-columns"),
        (corners, "contacts-import-columns"),
        (long_cell, "contacts-import-long-cell"),
        (entities, "contacts-import-workbook"),
        (long_line, "contacts-import-long-line"),
        (first_line, "contacts-import-long-line"),
        (million_columns, "contacts-import-long-line"),
        (open_quote, "contacts-import-quotes"),
        (endless_row, "contacts-import-quotes"),
        (too_large, "contacts-import-too-large"),
    ],
)
def test_a_bomb_is_refused_soon_and_cheaply(make: Callable[[Path], None], key: str, tmp_path: Path) -> None:
    path = tmp_path / "bomb"
    make(path)
    told = subprocess.run([sys.executable, "-c", READ, str(path)], capture_output=True, text=True, check=True)
    said, seconds, more = json.loads(told.stdout)
    assert said == key
    assert seconds < SECONDS
    assert more < MORE_MB
