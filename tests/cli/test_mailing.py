"""`campaign mailing` from the outside: states, words and exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.audience.terms import SendingTerms, TrialTerms
from campaign.campaigns import life
from campaign.clock import utc_now
from campaign.db import Database
from campaign.models import AuditEntry, Campaign, Delivery, DeliveryState, Mailing, MailingState
from tests.campaigns.test_trials import office_with, started


@pytest.fixture
def now() -> datetime:
    return utc_now()


def run(database: Database, folder: Path, *words: str) -> tuple[int, dict[str, object], str]:
    env = os.environ | {
        "DATABASE_URL": database.url.render_as_string(hide_password=False),
        "CAMPAIGN_STATE_DIR": str(folder),
        "REDIS_URL": "redis://127.0.0.1:1",  # nobody there: the beat would ring
    }
    command = [sys.executable, "-m", "campaign.cli", "mailing", *words]
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=300)
    found = json.loads(done.stdout) if done.stdout.startswith("{") else {"text": done.stdout}
    return done.returncode, found, done.stderr


def test_a_campaigns_mailing_under_the_operators_hand(
    database: Database, db: Session, now: datetime, tmp_path: Path
) -> None:
    office = office_with(db, now, people=6)
    mailing = started(office, SendingTerms(trial=TrialTerms(share=50)), now)
    rows = db.scalars(select(Delivery).where(Delivery.state == DeliveryState.QUEUED)).all()
    rows[0].state, rows[0].reason = DeliveryState.EXPIRED, "deadline"
    db.commit()
    number = str(mailing.id)

    code, found, _ = run(database, tmp_path, "status", number, "--json")
    assert (code, found["state"], found["campaign"]) == (0, "running", office.made.id)
    assert (found["failed"], found["retryable"]) == ({"expired": 1}, 1)
    assert found["trial"]["state"] == "running"  # type: ignore[index]
    assert run(database, tmp_path, "pause", number, "--json")[1]["state"] == "paused"
    with database.read() as fresh:
        assert fresh.get_one(Campaign, office.made.id).state == "paused"
    code, _, words = run(database, tmp_path, "pause", number)
    assert (code, words.splitlines()[-1]) == (1, "Only a campaign that is sending can pause.")
    assert run(database, tmp_path, "resume", number, "--json")[1]["state"] == "running"
    code, found, _ = run(database, tmp_path, "retry", number, "--json")
    assert (code, found["retried"], found["retryable"]) == (0, 1, 0)
    code, _, words = run(database, tmp_path, "retry", number)
    assert code == 1
    assert "Nothing failed" in words
    code, found, _ = run(database, tmp_path, "status", number)
    assert "trial" in str(found["text"])
    assert run(database, tmp_path, "cancel", number, "--json")[1]["state"] == "cancelled"
    code, _, words = run(database, tmp_path, "status", "999")
    assert code == 2
    assert "no mailing number 999" in words
    with database.read() as fresh:
        acts = fresh.scalars(select(AuditEntry.action).where(AuditEntry.noun == "mailing")).all()
    assert {"mailing.pause", "mailing.resume", "mailing.retry", "mailing.cancel"} <= set(acts)


def test_status_changes_nothing(database: Database, db: Session, now: datetime, tmp_path: Path) -> None:
    office = office_with(db, now, people=2)
    mailing = started(office, SendingTerms(), now)
    assert life.mailing_of(db, office.made) is mailing
    db.commit()
    run(database, tmp_path, "status", str(mailing.id))
    db.expire_all()
    assert db.get_one(Mailing, mailing.id).state is MailingState.RUNNING
