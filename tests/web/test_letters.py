"""Print runs in the browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from campaign.config import Settings
from campaign.db import Database
from campaign.dispatch import print_run
from campaign.dispatch.print_letters import Press
from campaign.links import Addresses, Signer
from campaign.models import Delivery, DeliveryState, PrintRun, PrintRunState, Role
from campaign.storage import FileStore
from tests.conftest import NOW
from tests.dispatch.test_print_run import _mailing
from tests.web.conftest import SignedIn


@pytest.fixture
def run_id(db: Session, database: Database, settings: Settings) -> int:
    """A run of two letters."""
    mailing_id = _mailing(db, ["Trần Lan", "Lê Ngọc Ánh"]).id
    db.commit()
    addresses = Addresses(Signer(b"k" * 32), "https://trasen.example", "reply.example.com")
    press = Press(database, FileStore(settings.files_dir), addresses, lambda: NOW)
    (made,) = print_run.make(press, mailing_id)
    return made


def test_an_empty_list_says_what_comes(signed_in: SignedIn) -> None:
    assert "Chưa có đợt in nào" in signed_in(Role.CARE).get("/letters").text


def test_a_run_is_fetched_printed_and_posted(signed_in: SignedIn, database: Database, run_id: int) -> None:
    client = signed_in(Role.CARE)
    assert "Chờ in" in client.get("/letters").text
    page = client.get(f"/letters/{run_id}").text
    assert "Lê Ngọc Ánh" in page
    assert "Ghi đã in" in page
    for name, begins in (("package.zip", b"PK"), ("letters.pdf", b"%PDF"), ("first-sheet.png", b"\x89PNG")):
        with client.get(f"/letters/{run_id}/{name}") as answer:
            assert answer.data.startswith(begins)
    assert client.post(f"/letters/{run_id}/printed").status_code == 303
    assert "Ghi đã gửi bưu điện" in client.get(f"/letters/{run_id}").text
    assert "Cả 2 lá thư của đợt in số" in client.get(f"/letters/{run_id}/posted").text
    assert client.post(f"/letters/{run_id}/posted").status_code == 303
    assert client.get(f"/letters/{run_id}/posted").status_code == 303, "it was recorded already"
    assert "2 thư đã gửi bưu điện" in client.get(f"/letters/{run_id}").text
    with database.read() as db:
        assert db.get_one(PrintRun, run_id).state is PrintRunState.POSTED
        assert {row.state for row in db.query(Delivery)} == {DeliveryState.ACCEPTED}


def test_pressing_twice_records_once(signed_in: SignedIn, database: Database, run_id: int) -> None:
    client = signed_in(Role.MARKETER)
    client.post(f"/letters/{run_id}/posted")
    again = client.post(f"/letters/{run_id}/posted")
    assert again.status_code == 409
    assert "đã được ghi nhận" in again.text
    with database.read() as db:
        posted_at = db.get_one(PrintRun, run_id).posted_at
    assert posted_at is not None


def test_what_is_not_there(signed_in: SignedIn) -> None:
    client = signed_in(Role.CARE)
    assert client.get("/letters/7").status_code == 404
    assert client.post("/letters/7/printed").status_code == 404


def test_others_have_no_business_here(signed_in: SignedIn, run_id: int) -> None:
    assert signed_in(Role.REVIEWER).get(f"/letters/{run_id}").status_code == 403


def test_a_lost_file_is_a_404(signed_in: SignedIn, run_id: int, settings: Settings) -> None:
    for path in Path(settings.files_dir).rglob("*.zip"):
        path.unlink()
    assert signed_in(Role.CARE).get(f"/letters/{run_id}/package.zip").status_code == 404
