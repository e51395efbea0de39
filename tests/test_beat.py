"""The beat: one at a time, nothing lost without Redis, nothing flooded with it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from redis import Redis
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign import beat as beat_module
from campaign import config
from campaign.beat import LOCK_NAME, Beat
from campaign.campaigns import life
from campaign.clock import utc_now
from campaign.db import Database
from campaign.dispatch import control, moves, plan
from campaign.dispatch.breaker import Breaker
from campaign.dispatch.host import this_host
from campaign.dispatch.journal import Journal
from campaign.dispatch.transports.relay import read_relays
from campaign.models import (
    AudienceCheck,
    Channel,
    CheckState,
    DeliveryState,
    InboundMail,
    Mailing,
    MailingState,
    Notice,
    SegmentDigest,
)
from campaign.queue import QUEUE_OF, Job, Queues
from campaign.segments.exam import digest
from tests.campaigns.helpers import Office
from tests.conftest import NOW
from tests.dispatch.making import make_mailing, rows_of, states
from tests.factories import make_contact, make_delivery, make_segment


def beat_on(database: Database, redis_url: str, tmp_path: Path) -> tuple[Beat, Queues]:
    settings = config.load({"CAMPAIGN_STATE_DIR": str(tmp_path), "REDIS_URL": redis_url})
    queues = Queues(Redis.from_url(redis_url))
    return Beat(settings, database, queues), queues


def a_lane_dies(db: Session, mailing: Mailing, state_dir: Path, now: datetime) -> None:
    """It had claimed two rows and ended neither: its journal says nothing of them."""
    host = this_host(state_dir)
    journal = Journal(host, f"{host.id}:1:x")
    moves.claim(db, mailing.id, Channel.EMAIL, f"{host.id}:1:x", 2, now)
    db.commit()
    journal.leave()


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


def test_a_large_mailing_is_planned_in_one_round_when_there_is_time(
    database: Database, db: Session, redis_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beat, queues = beat_on(database, redis_url, tmp_path)
    mailing = make_mailing(db, NOW, people=7)
    mailing.started_at = NOW  # as `control.start` leaves it when there are many
    db.commit()
    monkeypatch.setattr(plan.plan_chunk, "__defaults__", (2,))
    monkeypatch.setattr(beat_module, "CHUNKS_SECONDS", 0)
    assert beat.round(utc_now())
    assert beat.has_more
    assert len(rows_of(db, mailing)) == 2
    monkeypatch.setattr(beat_module, "CHUNKS_SECONDS", 60)
    assert beat.round(utc_now())
    assert not beat.has_more
    db.refresh(mailing)
    assert mailing.state is MailingState.RUNNING
    assert len(rows_of(db, mailing)) == 7
    assert queues.waiting(Job.EMAIL_LANE, mailing.id) == 2
    queues.connection.close()


def test_it_rings_for_a_check_that_goes_on(
    database: Database, db: Session, redis_url: str, tmp_path: Path
) -> None:
    beat, queues = beat_on(database, redis_url, tmp_path)
    mailing = make_mailing(db, NOW)
    facts = {"message_id": mailing.message_id, "account_id": mailing.created_by, "asked_at": NOW}
    reading = AudienceCheck(**facts, state=CheckState.READING)
    over = AudienceCheck(**facts, state=CheckState.BLOCKED)
    db.add_all([reading, over])
    db.commit()
    assert beat.round(utc_now())
    assert beat.round(utc_now())
    assert queues.waiting(Job.AUDIENCE_CHECK, reading.id) == 1
    assert queues.waiting(Job.AUDIENCE_CHECK, over.id) == 0
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


def test_mail_that_nobody_heard_of_is_rung_for(
    database: Database, db: Session, redis_url: str, tmp_path: Path
) -> None:
    beat, queues = beat_on(database, redis_url, tmp_path)
    now = utc_now()
    for number, age in enumerate((60, 0)):
        received = now - timedelta(seconds=age)
        db.add(InboundMail(sha256=str(number), envelope_to="x", raw=b"", received_at=received))
    db.commit()
    beat.round(now)
    beat.round(now)
    assert queues.waiting(Job.INBOUND, 1) == 1
    assert queues.waiting(Job.INBOUND, 2) == 0
    queues.connection.close()


def test_letters_that_wait_are_rung_for(
    database: Database, db: Session, redis_url: str, tmp_path: Path
) -> None:
    beat, queues = beat_on(database, redis_url, tmp_path)
    mailing_id = make_delivery(db, channel=Channel.LETTER, state=DeliveryState.QUEUED).mailing_id
    db.commit()
    # before the factories' mailing has passed its deadline
    assert beat.round(NOW)
    assert beat.round(NOW)
    assert queues.waiting(Job.PRINT_RUN, mailing_id) == 1
    assert queues.waiting(Job.EMAIL_LANE, mailing_id) == 0
    queues.connection.close()


def test_a_notice_is_not_rung_for_while_every_relay_is_left_alone(
    database: Database, db: Session, redis_url: str, tmp_path: Path
) -> None:
    beat, queues = beat_on(database, redis_url, tmp_path)
    office = Office(db, NOW)
    life.submit(db, office.campaign(NOW), office.account("mai"), NOW)
    notice = db.scalars(select(Notice.id)).first()
    assert notice is not None
    db.commit()
    (relay,) = read_relays(config.load({"CAMPAIGN_STATE_DIR": str(tmp_path)}).smtp_url)
    breaker = Breaker(queues.connection, relay.name)
    breaker.trip("down")
    assert beat.round(NOW)
    assert queues.waiting(Job.NOTICE, notice) == 0
    breaker.close()
    assert beat.round(NOW)
    assert queues.waiting(Job.NOTICE, notice) == 1
    queues.connection.close()


def test_who_is_in_each_segment_is_noted_once_a_night(
    database: Database, db: Session, redis_url: str, tmp_path: Path
) -> None:
    beat, queues = beat_on(database, redis_url, tmp_path)
    segment = make_segment(db).id
    person = make_contact(db).id
    db.commit()
    # two o'clock at night in Hà Nội, then the rest of that day and the next night
    night = NOW.replace(hour=19)
    rung = []
    for hours in (-1, 0, 1, 12, 24, 25):
        now = night + timedelta(hours=hours)
        assert beat.round(now)
        rung.append(queues.waiting(Job.SEGMENT_DIGESTS))
        if rung[-1]:
            assert beat.round(now)  # it rings no second time
            assert queues.waiting(Job.SEGMENT_DIGESTS) == 1
            queues.queue(QUEUE_OF[Job.SEGMENT_DIGESTS]).empty()
            digest.take_all(database, lambda: now)  # noqa: B023 (called at once)
    assert rung == [0, 1, 0, 0, 1, 0]
    rows = db.execute(select(SegmentDigest.segment_id, SegmentDigest.day, SegmentDigest.sample))
    first, second = date(2026, 3, 10), date(2026, 3, 11)
    assert sorted(map(tuple, rows)) == [(segment, first, [person]), (segment, second, [person])]
    queues.connection.close()
