"""Choosing what of a file is read: its sheet, and the row that names the columns."""

from __future__ import annotations

import io

import pytest
from sqlalchemy import select, text

from campaign.db import Database
from campaign.models import ContactImport, Role
from campaign.web.contacts import imports as page_of_imports
from tests.contacts.workbooks import book, cells
from tests.web.conftest import SignedIn

SHEETS = {
    "Khách": cells("DANH SÁCH KHÁCH", "Họ tên||E-mail", "Lan|vip|lan@example.com", "Hoa|vip|hoa@example.com"),
    "Đại lý": cells("Mã KH|SĐT", "K1|0912345678"),
}


def test_another_row_and_another_sheet_are_chosen_on_the_page(signed_in: SignedIn) -> None:
    marketer = signed_in(Role.MARKETER)
    data = {"kind": "contacts", "file": (io.BytesIO(book(SHEETS)), "khách.xlsx")}
    mapping = marketer.post("/contacts/imports/new", data=data).location
    reading = mapping.replace("mapping", "reading")
    page = marketer.get(mapping).text
    assert "có 2 dòng" in page
    for words in ("Cột B", "Dòng 1: DANH SÁCH KHÁCH", "Dòng 2: Họ tên · E-mail", "Đại lý"):
        assert words in page, words
    assert "column:" not in page

    assert marketer.post(reading, data={"sheet": "Khách", "header": "3"}).status_code == 303
    page = marketer.get(mapping).text
    assert "có 1 dòng" in page
    assert '<label for="column-0">Lan</label>' in page

    # its headings stand elsewhere, whatever row was chosen before
    assert marketer.post(reading, data={"sheet": "Đại lý", "header": "3"}).status_code == 303
    page = marketer.get(mapping).text
    assert '<label for="column-0">Mã KH</label>' in page

    for wrong, words in (
        ({"sheet": "x"}, "không có trang tính"),
        ({"sheet": "Đại lý", "header": "9"}, "Dòng 9"),
    ):
        answer = marketer.post(reading, data=wrong)
        assert (answer.status_code, words in answer.text) == (422, True)
        assert '<label for="column-0">Mã KH</label>' in answer.text  # as it was read before


def test_a_small_plain_file_asks_nothing_about_sheets(signed_in: SignedIn) -> None:
    marketer = signed_in(Role.MARKETER)
    data = {"kind": "contacts", "file": (io.BytesIO(b"Ten,Email\nLan,lan@example.com\n"), "k.csv")}
    page = marketer.get(marketer.post("/contacts/imports/new", data=data).location).text
    assert "Trang tính" not in page


def test_others_write_while_a_file_is_read(
    signed_in: SignedIn, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On SQLite there is one writer: a file of half a minute would outlast everybody's patience."""
    marketer = signed_in(Role.MARKETER)
    wrote: list[str] = []
    receive, again = page_of_imports.imports.receive, page_of_imports.imports.read_again

    def write(what: str) -> None:
        with database.write() as db:
            db.execute(text("UPDATE contact SET note = '' WHERE 0 = 1"))
        wrote.append(what)

    def receiving(*args: object, **more: object) -> object:
        write("upload")
        return receive(*args, **more)  # type: ignore[arg-type]

    def reading(*args: object) -> object:
        write("reading")
        return again(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(page_of_imports.imports, "receive", receiving)
    monkeypatch.setattr(page_of_imports.imports, "read_again", reading)
    data = {"kind": "contacts", "file": (io.BytesIO(b"Ten,Email\nLan,lan@example.com\n"), "k.csv")}
    mapping = marketer.post("/contacts/imports/new", data=data).location
    assert marketer.post(mapping.replace("mapping", "reading"), data={"header": "1"}).status_code == 303
    assert wrote == ["upload", "reading"]
    with database.read() as db:
        (begun,) = db.scalars(select(ContactImport))
        assert begun.account_id is not None
