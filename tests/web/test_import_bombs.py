"""Files made to exhaust us, on the way that strangers to our code send them: through the form."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select

from campaign.db import Database
from campaign.models import ContactImport, Role
from tests.contacts import test_bombs as bombs
from tests.web.conftest import SignedIn

SECONDS = 20.0  # processor time of the whole request; the largest take two on a quiet machine


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (bombs.spaces, "unpacks to far more"),
        (bombs.lying, "cannot be read"),
        (bombs.wide_sheet, "more than 100 columns"),
        (bombs.long_cell, "longer than 32,767 characters"),
        (bombs.entities, "cannot be read"),
        (bombs.empty_cells, "empty cells"),
        (bombs.empty_strings, "empty cells"),
        (bombs.many_entries, "cannot be read"),
        (bombs.packed_tables, "unpacks to far more"),
        (bombs.million_columns, "no row of a table"),
        (bombs.open_quote, "quotation mark"),
        (bombs.first_line, "no row of a table"),
    ],
)
def test_a_bomb_in_the_form_is_refused_soon_and_leaves_nothing(
    signed_in: SignedIn, database: Database, tmp_path: Path, make: Callable[[Path], None], words: str
) -> None:
    marketer = signed_in(Role.MARKETER, language="en")
    make(tmp_path / "bomb")
    with (tmp_path / "bomb").open("rb") as file:
        data = {"kind": "contacts", "file": (file, "khach.xlsx")}
        before = time.process_time()
        answer = marketer.post("/contacts/imports/new", data=data)
        seconds = time.process_time() - before
        answer.request.environ["wsgi.input"].close()  # what the client sent, in a file of its own
    assert answer.status_code == 422
    assert words in answer.text
    assert seconds < SECONDS
    with database.read() as db:
        assert db.scalar(select(func.count()).select_from(ContactImport)) == 0
    kept = (tmp_path / "state" / "files").rglob("*")
    assert [path for path in kept if path.is_file()] == []


def test_a_file_beyond_the_limit_is_not_read_at_all(signed_in: SignedIn, tmp_path: Path) -> None:
    marketer = signed_in(Role.MARKETER)
    bombs.too_large(tmp_path / "bomb")
    with (tmp_path / "bomb").open("rb") as file:
        before = time.process_time()
        answer = marketer.post(
            "/contacts/imports/new",
            input_stream=file,
            content_type="multipart/form-data; boundary=x",
            headers={"Content-Length": str((tmp_path / "bomb").stat().st_size)},
        )
        seconds = time.process_time() - before
    assert answer.status_code == 413
    assert seconds < SECONDS
