"""Submitting for a large audience: the page answers at once, shows how far it is, and what came of it."""

from __future__ import annotations

import pytest

from campaign.campaigns import checking
from campaign.clock import utc_now
from campaign.db import Database
from tests.campaigns.helpers import good_copy
from tests.web.campaigns.conftest import Desk, Rows
from tests.web.campaigns.test_write import saved, typed


@pytest.fixture(autouse=True)
def everything_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "LARGE", 1)


def work(database: Database) -> None:
    while checking.go_on(database, 1, utc_now, lambda: False):
        pass


def test_from_the_button_to_the_reviewer(desk: Desk, rows: Rows, database: Database) -> None:
    mai = desk("mai")
    assert mai.post("/messages/1/sign-off", data={"note": "Gấp"}).status_code == 303
    page = mai.get("/messages/1/sign-off").text
    assert 'hx-get="/messages/1/sign-off/progress"' in page
    assert 'name="note"' not in page, "nobody asks twice"
    assert "HX-Refresh" not in mai.get("/messages/1/sign-off/progress").headers
    assert checking.go_on(database, 1, utc_now, lambda: False)
    assert "0 trên 4" in mai.get("/messages/1/sign-off/progress").text
    work(database)
    assert mai.get("/messages/1/sign-off/progress").headers["HX-Refresh"] == "true"
    assert rows.campaign.state == "in_review"
    assert 'id="checking"' not in mai.get("/messages/1/sign-off").text
    assert "Gấp" in desk("tam").get("/review/1").text


def test_what_blocks_stands_on_the_page_with_room_for_reasons(
    desk: Desk, rows: Rows, database: Database
) -> None:
    mai = desk("mai")
    mai.post("/messages/1/write?language=vi", data=typed(good_copy(), subject="Xin chào"))
    mai.post("/messages/1/sign-off")
    work(database)
    page = mai.get("/messages/1/sign-off").text
    assert 'name="ask.' in page
    assert rows.campaign.state == "draft"
    mai.post("/messages/1/write?language=vi", data=typed(good_copy(), saved(rows)))
    assert 'name="ask.' not in mai.get("/messages/1/sign-off").text, "other words, other findings"


def test_an_edit_meanwhile_and_a_stop_are_said(desk: Desk, database: Database) -> None:
    mai = desk("mai")
    mai.post("/messages/1/sign-off")
    checking.go_on(database, 1, utc_now, lambda: False)
    mai.post("/messages/1/write?language=vi", data=typed(good_copy(), subject="[QC] Trà mới, nhẹ hơn 30%"))
    work(database)
    assert "sửa trong lúc máy soát" in mai.get("/messages/1/sign-off").text
    mai.post("/messages/1/sign-off")
    assert mai.post("/messages/1/sign-off/stop", follow_redirects=True).status_code == 200
    assert 'name="note"' in mai.get("/messages/1/sign-off").text
