"""The beat: one at a time, nothing lost without Redis, nothing flooded with it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from campaign.beat import LOCK_NAME
from campaign.clock import utc_now
from campaign.db import Database
from campaign.dispatch import control
from campaign.models import DeliveryState
from campaign.queue import Job
from tests.beat.making import a_lane_dies, beat_on
from tests.dispatch.making import make_mailing, states


def test_it_mends_and_rings_and_rings_again_after_a_flush(
    database: Database, db: Session, redis_url: str, tmp_path: Path
) -> None:
    beat, queues = beat_on(database, redis_url, tmp_path)
    now = utc_now()
    mailing = make_mailing(db, now)
    control.start(db, mailing, now)
    a_lane_dies(db, mailing, tmp_path, now)
    later = now + timedelta(minutes=2)
    assert beat.round(later)
    assert states(db, mailing) == {DeliveryState.QUEUED: 3}
    assert queues.waiting(Job.EMAIL_LANE, mailing.id) == 2
    queues.connection.flushall()
    assert beat.round(later)
    assert beat.round(later)
    assert queues.waiting(Job.EMAIL_LANE, mailing.id) == 2
    queues.connection.close()


def test_a_second_beat_does_nothing(database: Database, redis_url: str, tmp_path: Path) -> None:
    beat, queues = beat_on(database, redis_url, tmp_path)
    with queues.connection.lock(LOCK_NAME):
        assert not beat.round(utc_now())
    assert beat.round(utc_now())
    queues.connection.close()


def test_rows_move_on_without_a_queue_server(database: Database, db: Session, tmp_path: Path) -> None:
    beat, _ = beat_on(database, "redis://127.0.0.1:1", tmp_path)
    now = utc_now()
    mailing = make_mailing(db, now)
    control.start(db, mailing, now)
    a_lane_dies(db, mailing, tmp_path, now)
    assert beat.round(now + timedelta(minutes=2))
    assert states(db, mailing) == {DeliveryState.QUEUED: 3}
