"""Limits where they are set and where they act: a lane into a real sink, the beat beside it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from redis import Redis
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign import config
from campaign.beat import Beat
from campaign.clock import utc_now
from campaign.config import Settings
from campaign.db import Database
from campaign.dispatch import control, manners, moves, send
from campaign.dispatch.lane_report import Stop
from campaign.dispatch.limits.terms import Limit, Limits, WarmUp
from campaign.dispatch.manners import Manners, PauseRule, QuietHours
from campaign.lab.sink import Sink, running
from campaign.models import AuditEntry, Channel, DeliveryState, HouseSetting, Mailing, SendingDay
from campaign.queue import Queues
from campaign.watch import waking
from tests.dispatch.making import make_mailing, rows_of, settings_for, start_company, states


@pytest.fixture
def sink() -> Iterator[Sink]:
    with running(Sink()) as server:
        yield server


@pytest.fixture
def settings(sink: Sink, redis_url: str, tmp_path: Path) -> Settings:
    return settings_for(tmp_path, sink, REDIS_URL=redis_url, CAMPAIGN_TIME_ZONE=where_it_is_noon())


def where_it_is_noon() -> str:
    """A zone whose day does not end while a test counts what is sent on it."""
    ahead = 12 - utc_now().hour
    return f"Etc/GMT{-ahead:+d}"  # whose signs are the other way round (IANA's `etcetera`)


@pytest.fixture
def mailing(db: Session) -> Mailing:
    return start_company(db, 8)


def limit_relay(db: Session, sink: Sink, limit: Limit) -> None:
    relays = {f"127.0.0.1:{sink.port}": limit}
    manners.keep(db, Manners(Limits(relays=relays)), None, utc_now())
    db.commit()


def test_the_setting_is_the_same_after_its_json_and_stands_in_the_log(db: Session) -> None:
    now = utc_now()
    warm = WarmUp(now.date(), 50, 50)
    kept = Manners(
        Limits(
            {"a:25": Limit(second=5, connections=2)},
            {"b.example": Limit(day=9, warm_up=warm)},
            {"*": Limit(hour=1)},
        ),
        3,
        QuietHours(True),
        PauseRule(4.5, 0.2, 10, 20),
    )
    manners.keep(db, kept, None, now)
    manners.keep(db, kept, None, now)
    assert manners.read(db) == kept
    assert len(db.scalars(select(HouseSetting)).all()) == 1
    assert db.scalars(select(AuditEntry.action)).all() == ["house.changed"]
    db.commit()


def test_what_is_over_the_day_rests_until_tomorrow(
    database: Database, db: Session, sink: Sink, settings: Settings, mailing: Mailing
) -> None:
    limit_relay(db, sink, Limit(day=5))
    report = send.run_email_lane(database, settings, mailing.id, clock=utc_now)
    assert report.stop is Stop.DRAINED
    assert states(db, mailing) == {DeliveryState.ACCEPTED: 5, DeliveryState.DEFERRED: 3}
    resting = [row for row in rows_of(db, mailing) if row.state is DeliveryState.DEFERRED]
    assert {row.attempt for row in resting} == {0}
    zone = ZoneInfo(settings.time_zone)
    tomorrow = datetime.combine(
        utc_now().astimezone(zone).date() + timedelta(days=1), datetime.min.time(), zone
    )
    for row in resting:
        assert row.next_attempt_at is not None
        # the wait is told by one clock and counted from another
        assert abs(row.next_attempt_at - tomorrow) < timedelta(minutes=10)


def test_a_lane_keeps_to_the_rate(
    database: Database, db: Session, sink: Sink, settings: Settings, mailing: Mailing
) -> None:
    limit_relay(db, sink, Limit(second=4))
    began = utc_now()
    send.run_email_lane(database, settings, mailing.id, clock=utc_now)
    assert states(db, mailing) == {DeliveryState.ACCEPTED: 8}
    assert utc_now() - began > timedelta(seconds=1), "eight at four a second, never five in one"


def test_no_connection_left_none_is_opened(
    database: Database, db: Session, sink: Sink, settings: Settings, mailing: Mailing
) -> None:
    limit_relay(db, sink, Limit(connections=1))
    redis = Redis.from_url(settings.redis_url)
    keys = f"rq:slots:127.0.0.1:{sink.port}"
    redis.zadd(f"{keys}:leases", {"another": utc_now().timestamp() * 1000 + 60_000})
    redis.hset(f"{keys}:held", mapping={"another": 1})
    end = time.monotonic() + 2
    report = send.run_email_lane(
        database, settings, mailing.id, clock=utc_now, should_stop=lambda: time.monotonic() > end
    )
    assert report.stop is Stop.ASKED
    assert sink.connections == 0
    redis.delete(f"{keys}:leases", f"{keys}:held")
    assert send.run_email_lane(database, settings, mailing.id, clock=utc_now).stop is Stop.DRAINED
    assert redis.exists(f"{keys}:leases") == 0, "given back at the end"
    redis.close()


def test_a_day_s_count_outlives_the_server_that_counts(
    database: Database, db: Session, sink: Sink, settings: Settings, mailing: Mailing
) -> None:
    limit_relay(db, sink, Limit(day=5))
    queues = Queues(Redis.from_url(settings.redis_url))
    beat = Beat(settings, database, queues)
    subject = f"relay/127.0.0.1:{sink.port}"
    send.run_email_lane(database, settings, mailing.id, clock=utc_now)
    beat.round(utc_now())
    assert db.scalars(select(SendingDay.used)).all() == [5]
    db.commit()
    queues.connection.flushall()
    for _ in range(2):
        beat.round(utc_now())
        assert int(queues.connection.hget(f"rq:limit:{subject}/day", "used") or 0) == 5
    # what is counted before the beat comes by is added to what it knew, not put in its place
    queues.connection.flushall()
    limit_relay(db, sink, Limit(day=7))
    db.connection().exec_driver_sql("UPDATE delivery SET state = 'queued' WHERE state = 'deferred'")
    db.commit()
    send.run_email_lane(database, settings, mailing.id, clock=utc_now)
    beat.round(utc_now())
    db.expire_all()
    assert db.scalars(select(SendingDay.used)).all() == [8]
    db.commit()
    queues.connection.close()


def test_without_the_server_of_limits_it_is_still_sent(
    database: Database, db: Session, sink: Sink, settings: Settings, mailing: Mailing, tmp_path: Path
) -> None:
    limit_relay(db, sink, Limit(second=200))
    nowhere = config.load(
        {
            "CAMPAIGN_STATE_DIR": str(tmp_path),
            "SMTP_URL": settings.smtp_url,
            "REDIS_URL": "redis://127.0.0.1:1",
        }
    )
    assert send.run_email_lane(database, nowhere, mailing.id, clock=utc_now).stop is Stop.DRAINED
    assert states(db, mailing) == {DeliveryState.ACCEPTED: 8}


def test_a_higher_limit_wakes_what_rests_until_tomorrow(
    database: Database, db: Session, sink: Sink, settings: Settings, mailing: Mailing
) -> None:
    limit_relay(db, sink, Limit(day=5))
    send.run_email_lane(database, settings, mailing.id, clock=utc_now)
    assert states(db, mailing) == {DeliveryState.ACCEPTED: 5, DeliveryState.DEFERRED: 3}
    limit_relay(db, sink, Limit(day=7))
    assert waking.at_once(db, utc_now()) == {mailing.id}
    db.commit()
    send.run_email_lane(database, settings, mailing.id, clock=utc_now)
    assert states(db, mailing) == {DeliveryState.ACCEPTED: 7, DeliveryState.DEFERRED: 1}


def test_the_beat_wakes_each_row_once_a_change(db: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """More rows than fit in a chunk, of which those woken first come to rest again."""
    monkeypatch.setattr(waking, "CHUNK_ROWS", 2)
    now = utc_now()
    mailing = make_mailing(db, now, people=5)
    control.start(db, mailing, now)
    rest_until_tomorrow(db, mailing, now)
    changed = now + timedelta(seconds=1)
    manners.keep(db, Manners(Limits(relays={"a:25": Limit(day=9)})), None, changed)
    assert not waking.go_on(db, changed), "lanes have not heard of it yet"
    later = changed + timedelta(seconds=3)
    assert waking.go_on(db, later)
    assert states(db, mailing) == {DeliveryState.QUEUED: 2, DeliveryState.DEFERRED: 3}
    rest_until_tomorrow(db, mailing, later)
    assert waking.go_on(db, later)
    assert not waking.go_on(db, later)
    assert states(db, mailing) == {DeliveryState.QUEUED: 3, DeliveryState.DEFERRED: 2}
    assert not waking.go_on(db, later)
    assert states(db, mailing) == {DeliveryState.QUEUED: 3, DeliveryState.DEFERRED: 2}


def test_what_a_server_put_off_is_not_woken(db: Session) -> None:
    now = utc_now()
    mailing = make_mailing(db, now, people=1)
    control.start(db, mailing, now)
    (row_id,) = moves.claim(db, mailing.id, Channel.EMAIL, "lane", 5, now)
    tomorrow = now + timedelta(days=1)
    fence = rows_of(db, mailing)[0].fence
    moves.settle(db, [moves.Outcome(row_id, fence, "defer", now, "rcpt", 450, "later", tomorrow)])
    assert waking.at_once(db, now) == set()
    assert states(db, mailing) == {DeliveryState.DEFERRED: 1}


def rest_until_tomorrow(db: Session, mailing: Mailing, now: datetime) -> None:
    """What is queued, as a lane does it for a day's limit."""
    ids = moves.claim(db, mailing.id, Channel.EMAIL, "lane", 100, now)
    held = [(row_id, fence) for row_id, (fence, _) in moves.held_by(db, "lane").items() if row_id in ids]
    moves.postpone(db, held, now + timedelta(days=1), moves.LIMITED, "lane")
