"""The page of a segment's exam, with nobody, with few and with many people."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from campaign.clock import utc_now
from campaign.db import Database
from campaign.models import AuditEntry, EventKind, Role
from campaign.segments.exam import settings
from campaign.segments.exam.settings import ExamSettings
from tests.factories import make_consent, make_contact, make_delivery, make_mailing, make_segment, make_sender
from tests.segments.exam.test_different import happen
from tests.web.conftest import SignedIn

PROVINCE = {"type": "attribute", "field": "province", "op": "is", "values": ["Huế"]}


def a_segment(database: Database, people: int, answers: int = 0) -> int:
    now = utc_now()
    with database.write() as db:
        sender = make_sender(db)
        mailing = make_mailing(db, started_at=now - timedelta(days=60))
        for number in range(people):
            person = make_contact(
                db, now=now - timedelta(days=80), province="Huế" if number % 2 else "Hà Nội"
            )
            make_consent(db, person, sender)
            delivery = make_delivery(db, mailing, person)
            if number % 2 and number < 2 * answers:
                happen(db, delivery, EventKind.CLICK, now - timedelta(days=58))
        return make_segment(db, name="Khách <Huế>", rule=PROVINCE).id


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("people", [0, 2, 40])
def test_five_rows_with_a_verdict_each(
    database: Database, signed_in: SignedIn, language: str, people: int
) -> None:
    number = a_segment(database, people, answers=15)
    browser = signed_in(Role.MARKETER, language=language)
    shown = browser.get(f"/segments/{number}")
    assert f"/segments/{number}/exam" in shown.text
    answer = browser.get(f"/segments/{number}/exam")
    assert answer.status_code == 200
    page = BeautifulSoup(answer.text, "html.parser")
    rows = page.select(".exam > li")
    assert len(rows) == 5
    assert all(row.select_one(".tag") and row.select_one(".exam-words > p:not(.hint)") for row in rows)
    assert page.select_one(".exam-conclusion")
    assert "Khách <Huế>" not in answer.text  # escaped
    pictures = {place for place, row in enumerate(rows) if row.select_one("svg")}
    assert pictures == {0: set(), 2: {0, 2, 4}, 40: {0, 2, 3, 4}}[people]


def test_few_answers_are_never_a_percentage(database: Database, signed_in: SignedIn) -> None:
    number = a_segment(database, 8, answers=1)
    page = BeautifulSoup(signed_in(Role.CARE).get(f"/segments/{number}/exam").text, "html.parser")
    assert "%" not in page.select(".exam > li")[3].get_text()


def test_the_house_says_sizes_and_costs(database: Database, signed_in: SignedIn) -> None:
    number = a_segment(database, 4)
    browser = signed_in(Role.MARKETER)
    typed = {"least_people": "2", "email_cost": "20", "letter_cost": ""}
    assert browser.post(f"/segments/{number}/exam", data=typed).status_code == 303
    with database.read() as db:
        assert settings.read(db) == ExamSettings(2, 20, None)
        assert db.scalar(select(AuditEntry.action).where(AuditEntry.action == "house.changed"))
    assert "Gửi 2 e-mail hết 40" in browser.get(f"/segments/{number}/exam").text
    for wrong in ("", "0", "-1", "1.5", "٣", "9" * 30):
        answer = browser.post(f"/segments/{number}/exam", data=typed | {"least_people": wrong})
        assert answer.status_code == 422
    with database.read() as db:
        assert settings.read(db) == ExamSettings(2, 20, None)


def test_who_may_read_and_who_may_say(database: Database, signed_in: SignedIn) -> None:
    number = a_segment(database, 2)
    care = signed_in(Role.CARE)
    assert 'name="least_people"' not in care.get(f"/segments/{number}/exam").text
    assert care.post(f"/segments/{number}/exam", data={"least_people": "2"}).status_code == 403
    assert signed_in(Role.REVIEWER).get(f"/segments/{number}/exam").status_code == 403
    assert signed_in(Role.MARKETER).get("/segments/999/exam").status_code == 404
