"""Reports as shops make them: titles above the headings, columns without a name, several sheets."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from campaign.contacts.csv_import import headings, imports
from campaign.contacts.csv_import.outcome import refused_csv
from campaign.contacts.csv_import.reading import Look, read
from campaign.db import Database
from campaign.errors import InvalidInput
from campaign.models import Contact, ImportState
from campaign.storage import FileStore
from tests.contacts.test_imports import people, upload, work
from tests.contacts.workbooks import book, cells

TITLED = (
    "DANH SÁCH KHÁCH HÀNG\nTháng 3, năm 2026\n\nHọ tên;E-mail\nLan;lan@example.com\nHoa;hoa@example.com\n"
)


@pytest.mark.parametrize(
    ("text", "found", "first"),
    [
        (TITLED, ("Họ tên", "E-mail"), 5),
        ("Báo cáo,,\nIn ngày,1/3/2026,\nMã KH,Họ tên,SĐT\nK1,Lan,0912\n", ("Mã KH", "Họ tên", "SĐT"), 4),
        ("Danh sách\nX1,X2\na,b\n", ("X1", "X2"), 3),  # headings that nobody knows
        ("E-mail\nlan@example.com\nhoa@example.com\n", ("E-mail",), 2),  # one column
        ("Danh sách\nlan@example.com\n", ("Danh sách",), 2),
        ("Họ tên\nLan,Hoa\n", ("Họ tên",), 2),  # a stray separator below makes no heading
        ("Tên hàng\tGiá\nChè, ngon, thơm\t1,5\nTrà, sen, nhài\t2,5\n", ("Tên hàng", "Giá"), 2),
    ],
)
def test_the_row_of_the_headings_is_found(text: str, found: tuple[str, ...], first: int) -> None:
    table = read(text.encode())
    assert table.headings == found
    assert table.rows[0].number == first


def test_another_row_may_be_chosen() -> None:
    table = read(TITLED.encode(), header=5)
    assert table.headings == ("Lan", "lan@example.com")
    assert [row.cells for row in table.rows] == [("Hoa", "hoa@example.com")]
    for number in (3, 400):  # blank, and beyond the end
        with pytest.raises(InvalidInput) as refused:
            read(TITLED.encode(), header=number)
        assert refused.value.key == "importread-no-header"


def test_columns_without_a_name_are_called_by_their_letter() -> None:
    table = read(b"Ten,,,E-mail,\nLan,a,b,lan@example.com,\n")
    assert table.headings == ("Ten", "column:B", "column:C", "E-mail")
    assert table.rows[0].cells == ("Lan", "a", "b", "lan@example.com", "")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Họ tên,,\nLan,a,\nHoa,,\n", ("Họ tên", "column:B")),  # an empty cell in the row of the headings
        ("Họ tên\nLan,a\nHoa,b\nMai\n", ("Họ tên", "column:B")),
        ("Họ tên\nLan,a\nHoa\nMai\nSen\n", ("Họ tên",)),  # a slip, and the row says so
        ("Họ tên,,,\nLan,,,\n", ("Họ tên",)),
    ],
)
def test_columns_behind_the_last_name_are_some_when_the_rows_say_so(
    text: str, found: tuple[str, ...]
) -> None:
    assert read(text.encode()).headings == found


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (("Tên", "Tên"), ("Tên", "Tên (2)")),
        (("Tên", "", "Tên", "Tên"), ("Tên", "column:B", "Tên (2)", "Tên (3)")),
        (("Tên", "Tên", "Tên (2)"), ("Tên", "Tên (3)", "Tên (2)")),  # somebody's own name stays theirs
        (("Tên (2)", "Tên (2)", "Tên"), ("Tên (2)", "Tên (2) (2)", "Tên")),
        (("", "column:A"), ("column:A", "column:A (2)")),
        (("Tên ", "tên"), ("Tên", "tên")),
    ],
)
def test_columns_of_one_name_are_told_apart(cells: tuple[str, ...], told: tuple[str, ...]) -> None:
    assert headings.named(cells) == told


NAMES = ("a", "a", "a (2)", "a (3)", "a (2) (2)", "", "column:B", "b")


@given(cells=st.lists(st.sampled_from(NAMES), max_size=9).filter(any))
def test_no_two_columns_are_called_alike_and_the_same_row_says_the_same(cells: list[str]) -> None:
    told = headings.named(cells, [["x"] * len(cells)] * 2)
    assert len(set(told)) == len(told) == len(cells)
    names = [name or f"column:{headings.letters(place)}" for place, name in enumerate(cells)]
    firsts = {name: place for place, name in reversed(list(enumerate(names)))}
    assert all(told[place] == name for name, place in firsts.items())
    assert headings.named(told) == told


def test_both_columns_of_one_name_can_be_used_and_are_remembered(
    database: Database, now: datetime, tmp_path: Path
) -> None:
    files = FileStore(tmp_path)
    content = "Họ tên,Điện thoại,Điện thoại\nLan,0912345678,lan@example.com\nHoa,0912345679,hỏng\n".encode()
    mapped = {"Họ tên": "full_name", "Điện thoại": "phone", "Điện thoại (2)": "email"}
    with database.write() as db:
        begun = upload(db, files, now, content)
        # what the second is, a person says
        assert begun.mapping == {"Họ tên": "full_name", "Điện thoại": "phone"}
        imports.ask_run_at_once(begun, mapped, {})
    done = work(database, files, begun.id, now)
    assert (done.counts["created"], done.counts["refused"]) == (1, 1)
    with database.write() as db:
        lan = db.scalars(select(Contact)).one()
        assert (lan.phone, lan.email) == ("0912345678", "lan@example.com")
        lines = list(refused_csv(done.options["headings"], imports.refusals(db, done), "vi"))
        assert "Điện thoại,Điện thoại (2)" in lines[0]
        assert upload(db, files, now, content).mapping == mapped
        # what was refused comes back under these names
        again = upload(db, files, now, "".join(lines).encode())
        assert [name for name in again.options["headings"] if name in mapped] == list(mapped)


@pytest.mark.parametrize(
    ("place", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (701, "ZZ"), (702, "AAA")]
)
def test_letters_as_a_spreadsheet_has_them(place: int, name: str) -> None:
    assert headings.letters(place) == name


def test_a_nameless_column_can_be_taken_in_and_is_named_in_every_language(
    database: Database, now: datetime, tmp_path: Path
) -> None:
    files = FileStore(tmp_path)
    with database.write() as db:
        begun = upload(db, files, now, "Họ tên,,,Ghi chú\nLan,lan@example.com,,\nHoa,hỏng,,x\n".encode())
        mapped = {"Họ tên": "full_name", "column:B": "email"}
        imports.ask_run_at_once(begun, mapped, {})
    done = work(database, files, begun.id, now)
    assert (done.counts["created"], done.counts["refused"]) == (1, 1)
    with database.write() as db:
        refused = imports.refusals(db, done)
        for language, name in (("vi", "Cột B"), ("en", "Column B")):
            lines = list(refused_csv(done.options["headings"], refused, language))
            assert name in lines[0]
            assert "column:" not in lines[0]


SHEETS = {
    "Hướng dẫn": "",
    "Khách": cells("KHÁCH HÀNG", "Họ tên|E-mail", "Lan|lan@example.com"),
    "Đại lý": cells("Họ tên|SĐT", "Sen|0912345678", "Mai|0912345679"),
}


def test_the_first_sheet_that_holds_something_is_read_and_another_may_be_chosen() -> None:
    assert read(book(SHEETS)).headings == ("Họ tên", "E-mail")
    assert [row.cells for row in read(book(SHEETS), sheet="Đại lý").rows] == [
        ("Sen", "0912345678"), ("Mai", "0912345679")
    ]  # fmt: skip
    for sheet, key in (("Hướng dẫn", "contacts-import-empty"), ("?", "importread-no-sheet")):
        with pytest.raises(InvalidInput) as refused:
            read(book(SHEETS), sheet=sheet)
        assert refused.value.key == key


def test_what_was_chosen_is_what_is_taken_in(database: Database, now: datetime, tmp_path: Path) -> None:
    files = FileStore(tmp_path)
    with database.write() as db:
        begun = upload(db, files, now, book(SHEETS))
        assert (begun.options["sheet"], begun.options["header"], begun.options["rows"]) == ("Khách", 2, 1)
        table, rows = imports.read_again(files, begun, Look(sheet="Đại lý"))
        imports.describe(db, begun, table, rows)
        assert begun.mapping == {"Họ tên": "full_name", "SĐT": "phone"}
        imports.ask_run_at_once(begun, begun.mapping, {})
    done = work(database, files, begun.id, now)
    assert (done.state, done.counts["created"], people(database)) == (ImportState.FINISHED, 2, 2)
