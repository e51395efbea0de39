"""The care desk in the browser: whom to greet, the letter before it goes, the greeting itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from campaign.care import due
from campaign.contacts import holds
from campaign.db import Database
from campaign.models import Delivery, Greeting, HoldReason, Role
from campaign.web import unit
from tests.care import test_greet
from tests.factories import make_consent, make_contact, make_sender
from tests.web.conftest import SignedIn

# no holiday is near, on which other people, or the same ones again, would be greeted
ORDINARY = datetime(2026, 5, 12, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def an_ordinary_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unit, "utc_now", lambda: ORDINARY)


@pytest.fixture
def desk(database: Database, monkeypatch: pytest.MonkeyPatch) -> str:
    """Two birthdays today and approved words; the address of the occasion."""
    today = due.today(ORDINARY)
    monkeypatch.setattr(test_greet, "NOW", ORDINARY)
    monkeypatch.setattr(test_greet, "TODAY", today)
    with database.write() as db:
        sender = make_sender(db)
        test_greet.make_words(db, sender)
        for name in ("Trần Lan", "Lê Ánh"):
            contact = make_contact(db, full_name=name, birth_day=today.day, birth_month=today.month)
            make_consent(db, contact, sender)
    return f"/care/birthday/{today}"


def test_an_empty_plan_says_what_to_do(signed_in: SignedIn) -> None:
    page = signed_in(Role.CARE).get("/care")
    assert page.status_code == 200
    assert "không có ai để chúc" in page.text


def test_the_plan_names_people_and_leads_to_the_greeting(signed_in: SignedIn, desk: str) -> None:
    page = signed_in(Role.CARE).get("/care").text
    assert "2 người đang chờ một lời chúc" in page
    assert "Lê Ánh" in page
    assert desk in page
    english = signed_in(Role.CARE, language="en").get("/care?span=month").text
    assert "2 people are waiting for a greeting" in english


def test_only_my_customers(signed_in: SignedIn, desk: str) -> None:
    assert "Lê Ánh" not in signed_in(Role.CARE).get("/care?whose=mine").text


def test_all_are_greeted_by_letter(signed_in: SignedIn, database: Database, desk: str) -> None:
    client = signed_in(Role.CARE)
    assert "Gửi lời chúc cho cả 2 người" in client.get(desk).text
    answer = client.post(f"{desk}/greet", data={"channel": "letter"})
    assert answer.status_code == 303
    assert "2 lá thư đang được dàn trang" in client.get(answer.location).text
    with database.read() as db:
        assert len(db.scalars(select(Greeting)).all()) == len(db.scalars(select(Delivery)).all()) == 2
    assert "Đã chúc xong" in client.get("/care").text
    assert client.post(f"{desk}/greet", data={"channel": "letter"}).status_code == 409


def test_one_is_greeted_by_mail(signed_in: SignedIn, database: Database, desk: str) -> None:
    client = signed_in(Role.CARE)
    with database.read() as db:
        lan = (
            db.scalars(select(test_greet.Contact).where(test_greet.Contact.full_name == "Trần Lan")).one().id
        )
    assert client.post(f"{desk}/greet", data={"channel": "email", "person": lan}).status_code == 303
    page = client.get(f"{desk}?channel=email").text
    assert "Gửi lời chúc cho cả 1 người" in page
    assert "Đã chúc qua thư điện tử" in page


def test_the_letter_and_the_mail_are_shown_before(signed_in: SignedIn, desk: str) -> None:
    client = signed_in(Role.CARE)
    with client.get("/care/preview/birthday/1/letter.png") as picture:
        assert picture.data.startswith(b"\x89PNG")
    mail = client.get("/care/preview/birthday/1/mail.html")
    assert "sandbox" in mail.headers["Content-Security-Policy"]
    assert "tuổi mới thật khoẻ" in mail.text


def test_without_words_the_page_says_how_to_get_them(signed_in: SignedIn, database: Database) -> None:
    today = due.today(ORDINARY)
    with database.write() as db:
        make_contact(db, birth_day=today.day, birth_month=today.month)
    page = signed_in(Role.CARE).get(f"/care/birthday/{today}").text
    assert "chưa có lời chúc nào được duyệt" in page
    assert "Gửi lời chúc cho cả" not in page


def test_who_is_held_is_shown_with_the_reason(signed_in: SignedIn, database: Database) -> None:
    day = due.today(ORDINARY) + timedelta(days=2)
    with database.write() as db:
        make_sender(db)
        contact = make_contact(db, birth_day=day.day, birth_month=day.month)
        holds.place(db, contact, HoldReason.BEREAVEMENT, now=ORDINARY - timedelta(days=1))
    page = signed_in(Role.CARE).get("/care").text
    assert "đang tạm ngưng liên lạc" in page
    assert "Không còn ai chờ lời chúc" in page


@pytest.mark.parametrize(
    "path",
    [
        "/care/birthday/tomorrow",
        "/care/carnival/2026-03-09",
        "/care/tet/2026-03-09",
        "/care/preview/tet/1/letter.png",
    ],
)
def test_what_is_not_there(signed_in: SignedIn, path: str) -> None:
    assert signed_in(Role.CARE).get(path).status_code == 404


def test_others_have_no_business_here(signed_in: SignedIn) -> None:
    assert signed_in(Role.REVIEWER).get("/care").status_code == 403


def test_a_letter_that_cannot_be_made_says_why(signed_in: SignedIn, database: Database, desk: str) -> None:
    today = due.today(ORDINARY)
    with database.write() as db:
        odd = make_contact(db, full_name="Lê 😀", birth_day=today.day, birth_month=today.month).id
    client = signed_in(Role.CARE)
    page = client.get(f"{desk}?channel=letter&person={odd}").text
    assert "không in được ký tự “😀”" in page
    refused = client.post(f"{desk}/greet", data={"channel": "letter"})
    assert refused.status_code == 409
    assert "Chưa gửi cho ai cả" in refused.text
    with database.read() as db:
        assert db.scalars(select(Greeting)).all() == []
