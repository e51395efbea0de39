"""A change of the limits reaches whoever waits for them within two seconds."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from redis import Redis
from sqlalchemy.orm import Session

from campaign import config
from campaign.beat import Beat, process
from campaign.clock import utc_now
from campaign.db import Database
from campaign.dispatch import control, lane, manners, moves, send
from campaign.dispatch.clerk import Clerk, Rest
from campaign.dispatch.lane_report import LaneReport
from campaign.dispatch.limits import following
from campaign.dispatch.limits.terms import Limit, Limits
from campaign.dispatch.manners import Manners
from campaign.dispatch.results import Results
from campaign.dispatch.stages import StageTimes
from campaign.lab.sink import Sink, running
from campaign.models import Channel, DeliveryState, Mailing
from campaign.queue import Job, Queues
from campaign.watch import waking
from tests.dispatch.making import make_mailing, settings_for, start_company, states, terms_of

PATIENCE = 300.0
ACTS_WITHIN = 2.0
State = DeliveryState


def limit(db: Session, **limits: dict[str, Limit]) -> None:
    manners.keep(db, Manners(Limits(**limits)), None, utc_now())
    db.commit()


@pytest.fixture
def mailing(db: Session) -> Mailing:
    made = make_mailing(db, utc_now())
    control.start(db, made, utc_now())
    db.commit()
    return made


def test_all_waits_together_are_under_two_seconds() -> None:
    in_a_lane = following.READ_SECONDS + lane.TICK_SECONDS
    resting = waking.SETTLE_SECONDS + process.LOOK_SECONDS
    assert max(in_a_lane, resting) <= ACTS_WITHIN / 2, "the other half is for a busy machine"
    assert following.STALE_SECONDS <= ACTS_WITHIN, "and on older knowledge nothing is let through"


@pytest.mark.parametrize(("changed", "state"), [(False, State.DEFERRED), (True, State.QUEUED)])
def test_what_must_wait_under_limits_that_no_longer_hold_is_not_put_to_rest(
    database: Database, db: Session, mailing: Mailing, *, changed: bool, state: DeliveryState
) -> None:
    limit(db, relays={"a:25": Limit(day=1)})
    known = manners.version(db)
    ids = moves.claim(db, mailing.id, Channel.EMAIL, "lane", 9, utc_now())
    db.commit()
    if changed:
        limit(db, relays={"a:25": Limit(day=9)})
    db.rollback()
    clerk = Clerk(database, terms_of(mailing), "lane", utc_now, lambda: None, StageTimes())
    tomorrow = utc_now() + timedelta(days=1)
    clerk.record(
        [], {}, dict.fromkeys([(row_id, 1) for row_id in ids], Rest(tomorrow, moves.LIMITED)), known
    ).result()
    clerk.close()
    assert states(db, mailing) == {state: 3}


def test_of_decisions_that_wait_together_the_oldest_setting_counts() -> None:
    told: list[tuple[dict[moves.Held, object], int | None]] = []

    class Listening:
        def record(self, _outcomes, _refused, postponed, setting):
            told.append((postponed, setting))

    results = Results(Listening(), None, 1, LaneReport(), StageTimes())  # type: ignore[arg-type]
    rest = Rest(utc_now(), moves.LIMITED)
    results.postpone({(1, 1): rest}, 7)
    results.postpone({(2, 1): rest}, 8)
    results.postpone({}, 9)
    results.record(time.monotonic())
    results.postpone({(3, 1): rest}, 9)
    assert told == [({(1, 1): rest, (2, 1): rest}, 7)]


def test_the_beat_does_not_wait_for_its_next_round(
    database: Database,
    db: Session,
    mailing: Mailing,
    redis_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings = config.load({"CAMPAIGN_STATE_DIR": str(tmp_path), "REDIS_URL": redis_url})
    queues = Queues(Redis.from_url(redis_url))
    beat = Beat(settings, database, queues)
    ids = moves.claim(db, mailing.id, Channel.EMAIL, "lane", 9, utc_now())
    moves.postpone(db, [(row_id, 1) for row_id in ids], utc_now() + timedelta(days=1), moves.LIMITED, "lane")
    db.commit()
    beat.round(utc_now())
    assert queues.waiting(Job.EMAIL_LANE, mailing.id) == 0
    monkeypatch.setattr(process, "EVERY_SECONDS", PATIENCE)
    ended = threading.Event()
    resting = threading.Thread(target=process.rest, args=(beat, ended))
    resting.start()
    try:
        limit(db, relays={"a:25": Limit(day=9)})
        _until(lambda: queues.waiting(Job.EMAIL_LANE, mailing.id) > 0)
    finally:
        ended.set()
        resting.join()
    assert states(db, mailing) == {State.QUEUED: 3}
    assert not beat.hasten(utc_now()), "once a change: or a beat that may not act would ask for ever"
    queues.connection.close()


def test_a_relay_that_had_to_wait_is_used_again_when_its_limit_is_lifted(
    database: Database, db: Session, redis_url: str, tmp_path: Path
) -> None:
    with running(Sink()) as narrow, running(Sink()) as slow:
        slow.delay = 0.25
        settings = replace(settings_for(tmp_path, narrow, slow, REDIS_URL=redis_url), smtp_connections=2)
        mailing = start_company(db, 400)
        limit(db, relays={f"127.0.0.1:{narrow.port}": Limit(hour=1)})
        ended = threading.Event()
        going = threading.Thread(
            target=send.run_email_lane,
            args=(database, settings, mailing.id),
            kwargs={"clock": utc_now, "should_stop": ended.is_set},
        )
        going.start()
        try:
            _until(lambda: len(slow.accepted) > 4)
            assert len(narrow.accepted) <= 1
            limit(db)
            # an hour was its wait, half a minute is the lane's time
            _until(lambda: len(narrow.accepted) > 10)
        finally:
            ended.set()
            going.join()


def _until(true) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "took too long"
        time.sleep(0.02)
