"""Files as people send them, and files that are none."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.contacts import csv_safe
from campaign.contacts.csv_import.csv_rows import COLUMN_LIMIT, FORMULA_STARTS, LINE_LIMIT
from campaign.contacts.csv_import.mapping import check, guess
from campaign.contacts.csv_import.reading import TABLE_ROW_LIMIT, TABLE_SIZE_LIMIT, read
from campaign.errors import InvalidInput
from campaign.models import ImportKind

TEXT = "Họ tên;E-mail\r\nNguyễn Thị Ễn;en@example.com\r\n"


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
    ],
)
def test_every_usual_encoding_gives_the_same_table(content: bytes) -> None:
    table = read(content)
    assert table.headings == ("Họ tên", "E-mail")
    assert table.rows[0].cells == ("Nguyễn Thị Ễn", "en@example.com")
    assert table.rows[0].number == 2


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators_are_found_and_quoted_ones_do_not_count(separator: str) -> None:
    table = read(f'"a,b;c",x{separator}y\n'.replace(",x", separator + "x").encode())
    assert len(table.headings) == 3
    assert table.separator == separator


def test_blank_lines_are_passed_over_and_short_rows_filled() -> None:
    table = read(b"a,b,c\n\n1\n,,\n2,3,4\n")
    assert [(row.number, row.cells) for row in table.rows] == [(3, ("1", "", "")), (5, ("2", "3", "4"))]


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "contacts-import-empty"),
        (b"\n\n  \n", "contacts-import-empty"),
        (b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00\xff\xfe\x9c", "contacts-import-workbook"),
        (b"name,email\nLan\0,lan@example.com\n", "contacts-import-binary"),
        ("tên\nLan\nNguyên".encode("cp1258") + b"\x8a", "contacts-import-encoding"),
        (b'name,email\n"Lan,lan@example.com\n', "contacts-import-quotes"),
        (b'name,email\n"Lan"x,lan@example.com\n', "contacts-import-quotes"),
        (b"a," * COLUMN_LIMIT + b"b\n", "contacts-import-columns"),
        (b"a\n" + b"x" * (LINE_LIMIT + 1), "contacts-import-long-line"),
        (b"a\n" * (TABLE_ROW_LIMIT + 2), "contacts-import-rows"),
        (b"a\n" + b"x\n" * TABLE_SIZE_LIMIT, "contacts-import-too-large"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_with_a_sentence(content: bytes, key: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read(content)
    assert refused.value.key == key


@pytest.mark.parametrize(
    "bomb",
    [
        b"a" * TABLE_SIZE_LIMIT,
        b"," * TABLE_SIZE_LIMIT,
        b'"' * TABLE_SIZE_LIMIT,
        b"a\n" * (TABLE_SIZE_LIMIT // 2),
    ],
)
def test_a_bomb_within_the_size_limit_is_read_or_refused_soon(bomb: bytes) -> None:
    begun = time.process_time()
    with contextlib.suppress(InvalidInput):
        read(bomb)
    assert time.process_time() - begun < 10  # about 1 s on a quiet machine


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with contextlib.suppress(InvalidInput):  # nothing else may come out
        assert read(content).headings


CELLS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=8)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), max_size=5))
def test_what_we_write_we_read_again_and_no_cell_is_a_formula(rows: list[list[str]]) -> None:
    content = "".join(csv_safe.lines([["a", "b"], *rows], csv_safe.cell)).encode()
    for line in content.decode("utf-8-sig").splitlines():
        assert not line.lstrip('"').startswith(FORMULA_STARTS)
    kept = [tuple(row) for row in rows if any(cell.strip() for cell in row)]
    assert [row.cells for row in read(content).rows] == [tuple(_once(cell) for cell in row) for row in kept]


def _once(cell: str) -> str:
    """A cell that a person wrote with an apostrophe before a formula comes back without it."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA_STARTS) else cell


def test_headings_are_guessed_in_two_languages() -> None:
    headings = ("Mã KH", "Họ và tên", "E-mail", "SĐT", "Ngày sinh", "Sở thích", "???")
    assert guess(headings, ImportKind.CONTACTS, {"so_thich": "Sở thích"}) == {
        "Mã KH": "code", "Họ và tên": "full_name", "E-mail": "email", "SĐT": "phone", "Ngày sinh": "birthday",
        "Sở thích": "custom.so_thich",
    }  # fmt: skip
    assert guess(("Tên khách",), ImportKind.CONTACTS, {}) == {"Tên khách": "full_name"}
    assert guess(("Customer code", "Order number", "Date", "Total"), ImportKind.ORDERS, {}) == {
        "Customer code": "customer_code", "Order number": "number", "Date": "ordered_on", "Total": "amount",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("mapped", "key"),
    [
        ({"x": "full_name"}, "contacts-import-no-heading"),
        ({"a": "password_hash"}, "contacts-import-no-field"),
        ({"a": "full_name", "b": "full_name"}, "contacts-import-field-twice"),
        ({"a": "email"}, "contacts-import-field-missing"),
    ],
)
def test_a_mapping_that_makes_no_sense_is_refused(mapped: dict[str, str], key: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        check(mapped, ("a", "b"), ImportKind.CONTACTS, ())
    assert refused.value.key == key
