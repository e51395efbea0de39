"""A campaign stands still with its mailing, whoever stopped that."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign import audit
from campaign.campaigns import health, life
from campaign.dispatch import control
from campaign.models import AuditEntry, CampaignState, MailingState
from tests.campaigns.helpers import Office
from tests.campaigns.test_added import allowing
from tests.campaigns.test_trials import office_with, started
from tests.conftest import NOW


def unsendable(db: Session, office: Office) -> None:
    """What a lane does when nothing of a mailing can be written."""
    (mailing,) = life.mailings_of(db, office.made)
    control.pause(db, mailing, NOW)
    audit.record(db, None, health.UNSENDABLE, "mailing", mailing.id, NOW, why="No key for this domain.")


def test_a_campaign_whose_mailing_a_lane_stopped_can_go_on(db: Session) -> None:
    office = office_with(db, NOW, people=2)
    started(office, allowing(NOW), NOW)
    assert health.follow_paused(db, NOW) == []
    unsendable(db, office)
    assert health.follow_paused(db, NOW) == [office.made]
    assert office.made.state is CampaignState.PAUSED
    assert health.unsendable(db, life.mailings_of(db, office.made)) == "No key for this domain."
    assert health.follow_paused(db, NOW) == []
    life.resume(db, office.made, office.account("mai"), NOW)
    mailings = life.mailings_of(db, office.made)
    assert [one.state for one in mailings] == [MailingState.RUNNING]
    assert health.unsendable(db, mailings) == ""
    life.pause(db, office.made, office.account("mai"), NOW)
    assert health.unsendable(db, mailings) == "", "a person paused it: that says nothing of the letter"
    assert health.UNSENDABLE in db.scalars(select(AuditEntry.action)).all()
