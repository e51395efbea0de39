"""Workbooks: what cells mean."""

from __future__ import annotations

import contextlib
import io
import zipfile

import pytest

from campaign.contacts.csv_import.reading import read
from campaign.errors import InvalidInput
from tests.contacts.workbooks import workbook

HEAD = (
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>Mail</t></is></c>'
    '<c r="C1" t="s"><v>1</v></c></row>'
)
STRINGS = (
    "<si><t>Tên</t></si><si><r><t>Ngày</t></r>"
    "<r><t xml:space='preserve'> sinh</t></r><rPh><t>x</t></rPh></si>"
)


def cells(row: str, flags: str = "") -> tuple[str, ...]:
    return read(workbook(HEAD + row, STRINGS, flags)).rows[0].cells


def test_shared_rich_and_inline_strings_and_gaps() -> None:
    table = read(workbook(HEAD + '<row r="7"><c r="C7" t="str"><f>A1</f><v>ba</v></c></row>', STRINGS))
    assert table.headings == ("Tên", "Mail", "Ngày sinh")
    assert [(row.number, row.cells) for row in table.rows] == [(7, ("", "", "ba"))]
    assert table.encoding == "xlsx"


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ('<c r="A2"><v>84912345678</v></c>', "84912345678"),
        ('<c r="A2"><v>8.4912345678E10</v></c>', "84912345678"),
        ('<c r="A2"><v>0.10000000000000001</v></c>', "0.1"),
        ('<c r="A2" s="1"><v>45000</v></c>', "2023-03-15"),
        ('<c r="A2" s="2"><v>45000.5</v></c>', "2023-03-15 12:00:00"),
        ('<c r="A2" s="3"><v>3</v></c>', "3"),
        ('<c r="A2" t="b"><v>1</v></c>', "TRUE"),
        ('<c r="A2" t="e"><v>#N/A</v></c><c r="B2"><v>1</v></c>', ""),
        ('<c r="A2" t="s"><v>99</v></c><c r="B2"><v>1</v></c>', ""),
        ('<c r="A2" t="inlineStr"><is><t>a&#10;b</t></is></c>', "a\nb"),
    ],
)
def test_a_cell_reads_as_a_person_would_read_it(cell: str, shown: str) -> None:
    assert cells(f'<row r="2">{cell}</row>')[0] == shown


def test_days_may_count_from_1904() -> None:
    assert cells('<row r="2"><c r="A2" s="1"><v>43538</v></c></row>', ' date1904="1"')[0] == "2023-03-15"


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 and no more",
        workbook(HEAD)[:-40],
        workbook("<row><c><v>1</v></row>"),
        workbook('<row r="1"><c><v>&boom;</v></c></row>'),
    ],
)
def test_a_damaged_workbook_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(InvalidInput) as refused:
        read(content)
    assert refused.value.key == "contacts-import-workbook"


def test_another_office_file_is_no_workbook() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
    with pytest.raises(InvalidInput) as refused:
        read(out.getvalue())
    assert refused.value.key == "contacts-import-workbook"


def test_a_workbook_damaged_anywhere_is_read_or_refused() -> None:
    content = workbook(HEAD + '<row r="2"><c r="A2"><v>1</v></c></row>', STRINGS)
    for at in range(len(content)):
        broken = bytearray(content)
        broken[at] ^= 0xA5
        with contextlib.suppress(InvalidInput):  # nothing else may come out
            read(bytes(broken))
