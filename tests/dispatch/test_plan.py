"""Deliveries from a frozen audience."""

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from campaign.dispatch import control, plan
from campaign.errors import Refused
from campaign.models import DeliveryState, MailingState, Submission, SubmissionState
from tests.dispatch.making import make_mailing, rows_of


def test_every_member_gets_one_row_with_its_own_message_id(db: Session, now: datetime) -> None:
    mailing = make_mailing(db, now, people=5)
    assert plan.plan(db, mailing) == 5
    rows = rows_of(db, mailing)
    assert {row.state for row in rows} == {DeliveryState.QUEUED}
    assert len({row.message_id_header for row in rows}) == 5
    assert all(row.message_id_header.endswith("@example.com") for row in rows)
    assert [row.address for row in rows] == [f"p{n}@example.com" for n in range(1, 6)]


def test_planning_goes_on_where_it_stopped_and_never_twice(db: Session, now: datetime) -> None:
    mailing = make_mailing(db, now, people=5)
    assert plan.plan_chunk(db, mailing, size=2) == 2
    db.commit()
    assert not plan.is_complete(db, mailing)
    assert not control.run_when_complete(db, mailing)
    assert plan.plan(db, mailing) == 5
    assert plan.plan(db, mailing) == 5
    assert plan.is_complete(db, mailing)


def test_what_was_planned_and_not_noted_is_not_planned_again(db: Session, now: datetime) -> None:
    mailing = make_mailing(db, now, people=5)
    plan.plan(db, mailing)
    db.refresh(mailing)
    assert mailing.planned_to == rows_of(db, mailing)[-1].audience_member_id
    mailing.planned_to = 0
    db.flush()
    assert plan.plan_chunk(db, mailing, size=3) == 3
    assert plan.plan(db, mailing) == 5


def test_nothing_starts_without_a_sign_off(db: Session, now: datetime) -> None:
    mailing = make_mailing(db, now)
    db.get_one(Submission, mailing.submission_id).state = SubmissionState.VOIDED
    with pytest.raises(Refused, match="dispatch-not-approved"):
        control.start(db, mailing, now)


def test_start_runs_a_small_mailing_at_once_and_only_once(db: Session, now: datetime) -> None:
    mailing = make_mailing(db, now)
    assert control.start(db, mailing, now) is MailingState.RUNNING
    with pytest.raises(Refused, match="dispatch-not-startable"):
        control.start(db, mailing, now)
