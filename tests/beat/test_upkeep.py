"""What a round does in the database."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from campaign.beat import upkeep
from campaign.clock import utc_now
from campaign.db import Database
from campaign.dispatch import plan
from campaign.models import MailingState
from campaign.queue import Job
from tests.beat.making import beat_on
from tests.conftest import NOW
from tests.dispatch.making import make_mailing, rows_of


def test_a_large_mailing_is_planned_in_one_round_when_there_is_time(
    database: Database, db: Session, redis_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beat, queues = beat_on(database, redis_url, tmp_path)
    mailing = make_mailing(db, NOW, people=7)
    mailing.started_at = NOW  # as `control.start` leaves it when there are many
    db.commit()
    monkeypatch.setattr(plan.plan_chunk, "__defaults__", (2,))
    monkeypatch.setattr(upkeep, "CHUNKS_SECONDS", 0)
    assert beat.round(utc_now())
    assert beat.has_more
    assert len(rows_of(db, mailing)) == 2
    monkeypatch.setattr(upkeep, "CHUNKS_SECONDS", 60)
    assert beat.round(utc_now())
    assert not beat.has_more
    db.refresh(mailing)
    assert mailing.state is MailingState.RUNNING
    assert len(rows_of(db, mailing)) == 7
    assert queues.waiting(Job.EMAIL_LANE, mailing.id) == 2
    queues.connection.close()
