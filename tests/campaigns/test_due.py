"""The beat's round starts what is due, once, and finishes what is done."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from redis import Redis

from campaign import config
from campaign.approval.checklist import QUESTIONS
from campaign.beat import Beat
from campaign.campaigns import life
from campaign.db import Database
from campaign.models import Campaign, CampaignState
from campaign.queue import Queues
from tests.campaigns.helpers import Office


def test_a_round_starts_a_due_campaign(database: Database, now: datetime, tmp_path: Path) -> None:
    with database.write() as db:
        office = Office(db, now)
        office.campaign(now)
        submission = life.submit(db, office.made, office.account("mai"), now)
        life.approve(db, submission, office.account("tam"), now, ticked=QUESTIONS)
        life.schedule(db, office.made, office.account("mai"), now + timedelta(minutes=1), now)
    settings = config.load({"CAMPAIGN_STATE_DIR": str(tmp_path / "state")})
    # no queue server answers there: the rows move on all the same
    beat = Beat(settings, database, Queues(Redis(unix_socket_path=str(tmp_path / "none.sock"))))
    for minutes, state in ((0, CampaignState.SCHEDULED), (2, CampaignState.RUNNING)):
        beat.round(now + timedelta(minutes=minutes))
        with database.read() as db:
            assert db.get_one(Campaign, 1).state is state
