"""A campaign that was finished goes on when one of its mailings does; what comes back late to a mailing that
was done does as its campaign does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.campaigns import life
from campaign.dispatch import control, moves, settle, sweep
from campaign.dispatch.moves import Outcome
from campaign.errors import Refused
from campaign.models import CampaignState, Channel, Delivery, DeliveryState, Mailing, MailingState
from tests.campaigns import adding
from tests.campaigns.helpers import Office
from tests.campaigns.test_added import allowing, join
from tests.campaigns.test_trials import office_with, started
from tests.conftest import NOW
from tests.report.test_numbers import make_campaign

LATER = NOW + timedelta(hours=1)


def test_a_finished_campaign_whose_mailing_runs_again_goes_on(db: Session) -> None:
    campaign, mailing = make_campaign(db)
    campaign.state, mailing.state = CampaignState.FINISHED, MailingState.FINISHED
    db.flush()
    assert life.go_on(db, NOW) == []
    mailing.state = MailingState.RUNNING
    db.flush()
    assert life.go_on(db, NOW) == [campaign]
    assert campaign.state is CampaignState.RUNNING
    life.pause(db, campaign, None, NOW)
    assert mailing.state is MailingState.PAUSED
    assert life.go_on(db, NOW) == []


@pytest.fixture
def office(db: Session) -> Office:
    """Its campaign goes to people added since; the first mailing is done, but for one that nobody knows."""
    made = office_with(db, NOW, people=3)
    first = started(made, allowing(NOW), NOW)
    ids = moves.claim(db, first.id, Channel.EMAIL, "lane", 9, NOW)
    moves.settle(db, [Outcome(ids[0], 1, "lose", NOW), *(Outcome(one, 1, "accept", NOW) for one in ids[1:])])
    assert sweep.sweep(db, NOW).finished == [first.id]
    join(made, NOW)
    adding.send(db, made.made, made.account("mai"), NOW)
    db.commit()
    return made


def late(db: Session, office: Office) -> tuple[Mailing, Delivery]:
    first = life.mailings_of(db, office.made)[0]
    unknown = (Delivery.mailing_id == first.id, Delivery.state == DeliveryState.UNKNOWN)
    return first, db.scalars(select(Delivery).where(*unknown)).one()


def put_off(db: Session, row: Delivery) -> None:
    due = LATER + timedelta(minutes=5)
    settle.record(db, [Outcome(row.id, 1, "defer", LATER, "data", 451, "later", due)], LATER)
    db.commit()
    db.refresh(row)


def test_while_it_is_paused_nothing_of_a_finished_mailing_runs(db: Session, office: Office) -> None:
    first, row = late(db, office)
    life.pause(db, office.made, office.account("mai"), NOW)
    db.commit()
    put_off(db, row)
    assert (first.state, row.state) == (MailingState.PAUSED, DeliveryState.DEFERRED)
    sweep.sweep(db, LATER + timedelta(minutes=6))
    assert sweep.to_ring(db) == []
    life.resume(db, office.made, office.account("mai"), LATER)
    assert first.state is MailingState.RUNNING
    assert first.id in sweep.to_ring(db)


def test_what_a_person_tries_again_in_a_paused_campaign_waits_for_it(db: Session, office: Office) -> None:
    first, row = late(db, office)
    mai = office.account("mai")
    life.pause(db, office.made, mai, NOW)
    life.decide_unknown(db, office.made, row, True, mai, LATER)
    assert first.state is MailingState.PAUSED
    assert sweep.to_ring(db) == []


def test_nothing_comes_back_in_a_cancelled_one(db: Session, office: Office) -> None:
    first, row = late(db, office)
    mai = office.account("mai")
    life.cancel(db, office.made, mai, NOW)
    db.commit()
    with pytest.raises(Refused, match="dispatch-cancelled"):
        life.decide_unknown(db, office.made, row, True, mai, LATER)
    db.rollback()
    put_off(db, row)
    assert (first.state, row.state) == (MailingState.FINISHED, DeliveryState.CANCELLED)
    sweep.sweep(db, LATER + timedelta(minutes=6))
    assert sweep.to_ring(db) == []


def test_what_comes_back_long_after_a_cancellation_is_not_forgotten(db: Session) -> None:
    office = office_with(db, NOW, people=3)
    mailing = started(office, allowing(NOW), NOW)
    (row_id,) = moves.claim(db, mailing.id, Channel.EMAIL, "lane", 1, NOW)
    moves.settle(db, [Outcome(row_id, 1, "lose", NOW)])
    control.cancel(db, mailing, NOW)
    db.commit()
    much_later = NOW + moves.RETURN_WITHIN + timedelta(days=1)
    due = much_later + timedelta(minutes=5)
    settle.record(db, [Outcome(row_id, 1, "defer", much_later, "data", 451, "later", due)], much_later)
    sweep.sweep(db, due)
    db.commit()
    assert db.get_one(Delivery, row_id).state is DeliveryState.CANCELLED
