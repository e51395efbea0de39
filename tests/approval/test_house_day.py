"""What ends on a day ends at the office's midnight: the clock of UTC is seven hours behind it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from campaign.approval import standing, waiving
from campaign.approval.checklist import QUESTIONS
from campaign.campaigns import life, running
from campaign.clock import house_day
from campaign.db import Database
from campaign.errors import InvalidInput, Refused
from campaign.lint import Finding, blocking
from campaign.models import Message, StandingApproval
from tests.approval.test_waiving import asks_of, with_subject
from tests.campaigns.helpers import Office, good_copy

DAY = date(2026, 3, 9)
# 23:59 and 00:00 in Ho Chi Minh City
LAST_MINUTE = datetime(2026, 3, 9, 16, 59, tzinfo=UTC)
MIDNIGHT = datetime(2026, 3, 9, 17, 0, tzinfo=UTC)


def test_the_day_changes_at_the_offices_midnight(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (house_day(LAST_MINUTE), house_day(MIDNIGHT)) == (DAY, DAY + timedelta(days=1))
    monkeypatch.setenv("CAMPAIGN_TIME_ZONE", "Europe/Berlin")
    assert house_day(MIDNIGHT) == DAY


def test_a_waiver_is_granted_for_days_of_the_office(database: Database) -> None:
    with database.write() as db:
        office = Office(db, LAST_MINUTE)
        office.campaign(LAST_MINUTE)
        office.write(with_subject("Xin chào"), "mai", LAST_MINUTE)
        submission = life.submit(db, office.made, office.account("mai"), LAST_MINUTE, asks=asks_of(office))
        findings = blocking([Finding.from_json(item) for item in submission.findings])
        tam = office.account("tam")
        assert findings
        for one in findings:
            with pytest.raises(InvalidInput):  # that day is over at the office
                waiving.waive(db, submission, one, "", DAY, tam, MIDNIGHT)
            waiving.waive(db, submission, one, "", DAY, tam, LAST_MINUTE)
        life.approve(db, submission, tam, LAST_MINUTE, ticked=QUESTIONS)
        assert running.signed(db, office.made, LAST_MINUTE) is submission
        with pytest.raises(Refused, match="campaigns-not-signed"):
            running.signed(db, office.made, MIDNIGHT)


def greeting(db: Session, office: Office) -> Message:
    made = life.create_greeting(
        db, office.account("mai"), LAST_MINUTE, name="Sinh nhật", sender=office.sender, channels="both"
    )
    office.made = type("Made", (), {"message": made})()
    office.write(office.with_hook(good_copy(), "Chúc mừng"), "mai", LAST_MINUTE)
    return made


def test_a_standing_approval_is_asked_for_in_days_of_the_office(db: Session) -> None:
    office = Office(db, LAST_MINUTE)
    message, mai = greeting(db, office), office.account("mai")
    tomorrow = DAY + timedelta(days=1)
    with pytest.raises(InvalidInput):  # it is tomorrow there already
        life.submit_standing(db, message, "birthday", tomorrow, mai, MIDNIGHT)
    submission = life.submit_standing(db, message, "birthday", tomorrow, mai, LAST_MINUTE)
    life.approve(db, submission, office.account("tam"), LAST_MINUTE, ticked=QUESTIONS)
    assert held(db, message, MIDNIGHT)
    assert held(db, message, MIDNIGHT + timedelta(hours=23, minutes=59))
    assert not held(db, message, MIDNIGHT + timedelta(days=1))


def held(db: Session, message: Message, now: datetime) -> list[StandingApproval]:
    return standing.holding(db, message.id, house_day(now))
