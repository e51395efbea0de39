"""SIGTERM: a worker that sends ends soon, with nothing in doubt; so does the beat."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

import pytest
from redis import Redis
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from campaign import config
from campaign.beat import Beat, upkeep
from campaign.clock import utc_now
from campaign.db import Database
from campaign.dispatch import clerk as clerks
from campaign.dispatch import control, lane, plan
from campaign.dispatch.clerk import Clerk
from campaign.dispatch.host import this_host
from campaign.dispatch.journal import journals_of
from campaign.dispatch.lane_report import Stop
from campaign.dispatch.stages import StageTimes
from campaign.dispatch.transports.relay import Relay
from campaign.lab.bench_company import make_company
from campaign.lab.sink import HANG, Sink, running
from campaign.lab.sink_faults import Pace
from campaign.models import DeliveryState, Mailing
from campaign.queue import Queues
from campaign.supervisor import STOP_SECONDS
from tests.dispatch.making import PlainWriter, make_mailing, rows_of, states, terms_of
from tests.sockets import closed_port
from tests.workers.test_kill import wait_until

PEOPLE = 160
PATIENCE = 300.0
State = DeliveryState


def test_a_lane_makes_less_haste_than_who_stops_it_has_patience() -> None:
    assert lane.HASTE_SECONDS + lane.TICK_SECONDS < STOP_SECONDS / 2


def test_a_worker_that_is_stopped_while_it_sends_leaves_nothing_in_doubt(
    database: Database, db: Session, redis_url: str, tmp_path: Path
) -> None:
    with running(Sink()) as sink:
        sink.pace = Pace(40)  # so that it is stopped in the midst of it
        env = os.environ | {
            "DATABASE_URL": database.url.render_as_string(hide_password=False),
            "REDIS_URL": redis_url,
            "CAMPAIGN_STATE_DIR": str(tmp_path),
            "SMTP_URL": f"smtp://127.0.0.1:{sink.port}",
            "CAMPAIGN_EMAIL_WORKERS": "1",
        }
        queues = Queues(Redis.from_url(redis_url))
        mailing = make_company(db, PEOPLE, utc_now())
        control.start(db, mailing, utc_now())
        db.commit()
        Beat(config.load(env), database, queues).round(utc_now())
        worker = subprocess.Popen(
            [sys.executable, "-m", "workers", "email"], env=env, stderr=subprocess.DEVNULL
        )
        try:
            wait_until(lambda: len(sink.accepted) >= 30)
            worker.send_signal(signal.SIGTERM)
            # without the lane's end it would send all the others, and wait for more
            assert worker.wait(PATIENCE) == 0
        finally:
            worker.kill()
            worker.wait()
            queues.connection.close()
        copies = Counter(taken.message_id for taken in sink.accepted)
    rows = rows_of(db, mailing)
    assert {row.state for row in rows} == {State.ACCEPTED, State.QUEUED}
    assert {row.message_id_header for row in rows if row.state is State.ACCEPTED} == set(copies)
    assert max(copies.values()) == 1
    assert list(journals_of(this_host(tmp_path))) == [], "all of it is in the database"


def test_what_a_server_is_slow_to_hear_is_dropped_before_its_dot(
    database: Database, db: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lane, "GRACE_SECONDS", PATIENCE)  # what a lane has that makes way
    mailing = _running(db)
    with running(Sink()) as sink:
        silent = threading.Event()

        def faults(phase: str, _to: str) -> str | None:
            if phase != "data":
                return None
            silent.set()
            return HANG

        sink.faults = faults
        sending = lane.Lane(
            database,
            terms_of(mailing),
            PlainWriter(),
            [Relay("127.0.0.1", sink.port)],
            this_host(tmp_path),
            clock=utc_now,
            should_stop=silent.is_set,
        )
        report = sending.run()
    assert report.stop is Stop.ASKED
    assert states(db, mailing) == {State.QUEUED: 3}


def test_a_lane_in_a_hurry_does_not_wait_for_a_database_that_is_away(
    db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clerks, "DATABASE_WAITS", (PATIENCE,))
    mailing = _running(db)
    with closed_port() as port:
        away = Database(f"postgresql+psycopg://127.0.0.1:{port}/nothing")
        clerk = Clerk(away, terms_of(mailing), "lane", utc_now, lambda: None, StageTimes())
        asked = clerk.claim(1)
        clerk.hurry()
        with pytest.raises(OperationalError):
            asked.result(PATIENCE / 2)
        clerk.close()
        away.close()


def test_a_beat_that_is_stopped_begins_no_other_chunk(
    database: Database, db: Session, redis_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "CHUNKS_SECONDS", PATIENCE)
    monkeypatch.setattr(plan.plan_chunk, "__defaults__", (1,))
    settings = config.load({"CAMPAIGN_STATE_DIR": str(tmp_path), "REDIS_URL": redis_url})
    queues = Queues(Redis.from_url(redis_url))
    mailing = make_mailing(db, utc_now(), people=5)
    mailing.started_at = utc_now()
    db.commit()
    beat = Beat(settings, database, queues, should_stop=lambda: True)
    assert beat.round(utc_now())
    queues.connection.close()
    assert beat.has_more
    assert len(rows_of(db, mailing)) < 5


def _running(db: Session) -> Mailing:
    mailing = make_mailing(db, utc_now())
    control.start(db, mailing, utc_now())
    db.commit()
    return mailing
