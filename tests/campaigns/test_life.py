"""From a draft to the last delivery, and what a missed hour does."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.approval.checklist import QUESTIONS
from campaign.campaigns import life
from campaign.errors import InvalidInput, Refused
from campaign.models import (
    AuditEntry,
    CampaignState,
    Delivery,
    DeliveryState,
    MailingState,
    SubmissionState,
)
from tests.campaigns.helpers import Office, good_copy

S = CampaignState
HOUR = timedelta(hours=1)


@pytest.fixture
def office(db: Session, now: datetime) -> Office:
    made = Office(db, now)
    made.campaign(now)
    return made


@pytest.fixture
def signed(office: Office, now: datetime) -> Office:
    submission = life.submit(office.db, office.made, office.account("mai"), now)
    life.approve(office.db, submission, office.account("tam"), now, ticked=QUESTIONS)
    assert office.made.state is S.APPROVED
    return office


def test_start_makes_the_deliveries_of_what_was_signed(signed: Office, now: datetime) -> None:
    mailing = life.start(signed.db, signed.made, signed.account("mai"), now)
    assert (signed.made.state, mailing.state) == (S.RUNNING, MailingState.RUNNING)
    assert len(signed.db.scalars(select(Delivery)).all()) == len(signed.contacts)
    with pytest.raises(Refused, match="campaigns-cannot-start"):
        life.start(signed.db, signed.made, signed.account("mai"), now)


def test_nothing_starts_unsigned_or_changed(office: Office, now: datetime) -> None:
    with pytest.raises(Refused, match="campaigns-cannot-start"):
        life.start(office.db, office.made, office.account("mai"), now)
    submission = life.submit(office.db, office.made, office.account("mai"), now)
    life.approve(office.db, submission, office.account("tam"), now, ticked=QUESTIONS)
    office.sender.from_name = "Ai khác"
    office.db.flush()
    with pytest.raises(Refused, match="campaigns-not-signed"):
        life.start(office.db, office.made, office.account("mai"), now)


def test_pause_resume_cancel(signed: Office, now: datetime) -> None:
    mailing = life.start(signed.db, signed.made, signed.account("mai"), now)
    life.pause(signed.db, signed.made, signed.account("mai"), now)
    assert (signed.made.state, mailing.state) == (S.PAUSED, MailingState.PAUSED)
    life.resume(signed.db, signed.made, signed.account("mai"), now)
    assert mailing.state is MailingState.RUNNING
    life.cancel(signed.db, signed.made, signed.account("mai"), now)
    assert (signed.made.state, mailing.state) == (S.CANCELLED, MailingState.CANCELLED)
    assert {d.state for d in signed.db.scalars(select(Delivery))} == {DeliveryState.CANCELLED}
    with pytest.raises(Refused, match="campaigns-cannot-resume"):
        life.resume(signed.db, signed.made, signed.account("mai"), now)
    acts = signed.db.scalars(select(AuditEntry.action).where(AuditEntry.noun == "campaign")).all()
    assert acts[-4:] == ["campaign.start", "campaign.pause", "campaign.resume", "campaign.cancel"]


def test_a_schedule_starts_when_it_is_due(signed: Office, now: datetime) -> None:
    life.schedule(signed.db, signed.made, signed.account("mai"), now + HOUR, now)
    assert life.start_due(signed.db, now) == []
    assert life.start_due(signed.db, now + HOUR) == [signed.made]
    assert signed.made.state is S.RUNNING


def test_a_schedule_missed_by_long_asks_a_person(signed: Office, now: datetime) -> None:
    life.schedule(signed.db, signed.made, signed.account("mai"), now + HOUR, now)
    late = now + HOUR + life.MISSED_AFTER + timedelta(seconds=1)
    assert life.start_due(signed.db, late) == []
    assert signed.made.state is S.APPROVED
    assert life.missed(signed.made, late)


def test_a_schedule_whose_seal_broke_goes_back_to_the_desk(signed: Office, now: datetime) -> None:
    life.schedule(signed.db, signed.made, signed.account("mai"), now + HOUR, now)
    signed.segments["first"].rule = {"type": "or", "rules": []}
    signed.db.flush()
    assert life.start_due(signed.db, now + HOUR) == []
    assert signed.made.state is S.DRAFT


def test_schedules_lie_ahead_and_can_be_dropped(signed: Office, now: datetime) -> None:
    with pytest.raises(InvalidInput, match="campaigns-schedule-past"):
        life.schedule(signed.db, signed.made, signed.account("mai"), now, now)
    life.schedule(signed.db, signed.made, signed.account("mai"), now + HOUR, now)
    life.unschedule(signed.db, signed.made, signed.account("mai"), now)
    assert (signed.made.state, signed.made.send_at) == (S.APPROVED, None)


def test_an_edit_brings_it_back_to_the_desk_until_it_runs(signed: Office, now: datetime) -> None:
    life.schedule(signed.db, signed.made, signed.account("mai"), now + HOUR, now)
    signed.write(signed.with_hook(good_copy(), "Nay"), "mai", now)
    assert (signed.made.state, signed.made.send_at) == (S.DRAFT, None)
    submission = life.submit(signed.db, signed.made, signed.account("mai"), now)
    life.approve(signed.db, submission, signed.account("tam"), now, ticked=QUESTIONS)
    life.start(signed.db, signed.made, signed.account("mai"), now)
    with pytest.raises(Refused, match="campaigns-cannot-edit"):
        signed.write(good_copy(), "mai", now)
    assert submission.state is SubmissionState.APPROVED


def test_finished_when_its_mailing_is(signed: Office, now: datetime) -> None:
    mailing = life.start(signed.db, signed.made, signed.account("mai"), now)
    assert life.finish_done(signed.db, now) == []
    mailing.state = MailingState.FINISHED
    signed.db.flush()
    assert life.finish_done(signed.db, now) == [signed.made]
    assert signed.made.state is S.FINISHED


def test_an_unknown_delivery_is_decided_by_a_person(signed: Office, now: datetime) -> None:
    mailing = life.start(signed.db, signed.made, signed.account("mai"), now)
    first, second = signed.db.scalars(select(Delivery).order_by(Delivery.id)).all()
    for delivery in (first, second):
        delivery.state, delivery.settled_at = DeliveryState.UNKNOWN, now
    mailing.state = MailingState.FINISHED
    signed.db.flush()
    life.finish_done(signed.db, now)
    life.decide_unknown(signed.db, signed.made, first, False, signed.account("mai"), now)
    later = now + timedelta(minutes=11)
    life.decide_unknown(signed.db, signed.made, second, True, signed.account("mai"), later)
    signed.db.expire_all()
    assert (first.state, second.state) == (DeliveryState.ACCEPTED, DeliveryState.QUEUED)
    assert (signed.made.state, mailing.state) == (S.RUNNING, MailingState.RUNNING)
