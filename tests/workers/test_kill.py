"""Real workers killed while they send: nothing is lost, nothing is sent twice, the unknown is bounded."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from redis import Redis
from sqlalchemy.orm import Session

from campaign import config
from campaign.beat import Beat
from campaign.clock import utc_now
from campaign.db import Database
from campaign.dispatch import control
from campaign.dispatch.lane import CONNECTIONS
from campaign.dispatch.states import SETTLED
from campaign.lab.bench_company import make_company
from campaign.lab.sink import Sink, running
from campaign.lab.sink_faults import Pace
from campaign.models import Delivery, DeliveryState, Mailing
from campaign.queue import Queues
from campaign.supervisor import members
from tests.dispatch.making import rows_of

PEOPLE = 160
KILLS = 3
State = DeliveryState


def wait_until(done: Callable[[], bool], seconds: float = 300) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "took too long"
        time.sleep(0.01)


@contextmanager
def worker(env: dict[str, str]) -> Iterator[Callable[[], None]]:
    """A worker process; what is given kills it and the child it forked."""
    process = subprocess.Popen(
        [sys.executable, "-m", "workers", "email"],
        env=env,
        start_new_session=True,
        stderr=subprocess.DEVNULL,
    )

    def kill() -> None:
        for pid in members({process.pid}):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.wait()

    try:
        yield kill
    finally:
        kill()


def test_killed_workers_lose_nothing_and_send_nothing_twice(
    database: Database, db: Session, redis_url: str, tmp_path: Path
) -> None:
    with running(Sink()) as sink:
        sink.pace = Pace(40)  # so that there is time to kill who sends
        env = os.environ | {
            "DATABASE_URL": database.url.render_as_string(hide_password=False),
            "REDIS_URL": redis_url,
            "CAMPAIGN_STATE_DIR": str(tmp_path),
            "SMTP_URL": f"smtp://127.0.0.1:{sink.port}",
            "CAMPAIGN_EMAIL_WORKERS": "1",
        }
        queues = Queues(Redis.from_url(redis_url))
        beat = Beat(config.load(env), database, queues)
        mailing = make_company(db, PEOPLE, utc_now())
        control.start(db, mailing, utc_now())
        db.commit()
        in_flight = 0
        for turn in range(1, KILLS + 1):
            with worker(env) as kill:
                beat.round(utc_now())
                wait_until(lambda at=turn: len(sink.accepted) >= at * 30)
                kill()
            if turn == 2:
                queues.connection.flushall()
            in_flight += any(row.state is not State.QUEUED for row in unsettled(db, mailing))
            # no lane lives: this host's beat reads what they left
            beat.round(utc_now())
        with worker(env):
            beat.round(utc_now())
            wait_until(lambda: not unsettled(db, mailing))
        queues.connection.close()
        rows = rows_of(db, mailing)
        copies = Counter(taken.message_id for taken in sink.accepted)
    assert in_flight, "no worker was killed with rows in flight: the test says nothing"
    assert len(rows) == PEOPLE
    assert max(copies.values()) == 1  # I1
    accepted = {row.message_id_header for row in rows if row.state is State.ACCEPTED}
    unknown = {row.message_id_header for row in rows if row.state is State.UNKNOWN}
    assert accepted <= set(copies) <= accepted | unknown  # I2
    assert {row.state for row in rows} <= {State.ACCEPTED, State.UNKNOWN}  # I3
    assert len(unknown) <= KILLS * CONNECTIONS  # I4


def unsettled(db: Session, mailing: Mailing) -> list[Delivery]:
    return [row for row in rows_of(db, mailing) if row.state not in SETTLED]
