"""A campaign that was finished goes on when one of its mailings does."""

from __future__ import annotations

from sqlalchemy.orm import Session

from campaign.campaigns import life
from campaign.models import CampaignState, MailingState
from tests.conftest import NOW
from tests.report.test_numbers import make_campaign


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
