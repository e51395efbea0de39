"""What waits is rung for, once, and when it may be done."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign import config
from campaign.campaigns import life
from campaign.clock import utc_now
from campaign.db import Database
from campaign.dispatch.breaker import Breaker
from campaign.dispatch.transports.relay import read_relays
from campaign.models import (
    AudienceCheck,
    Channel,
    CheckState,
    DeliveryState,
    InboundMail,
    Notice,
    SegmentDigest,
)
from campaign.queue import QUEUE_OF, Job
from campaign.segments.exam import digest
from tests.beat.making import beat_on
from tests.campaigns.helpers import Office
from tests.conftest import NOW
from tests.dispatch.making import make_mailing
from tests.factories import make_contact, make_delivery, make_segment


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
