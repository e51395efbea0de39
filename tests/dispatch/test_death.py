"""A real lane in a process of its own, killed or stopped at each point of a message's way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from campaign.clock import utc_now
from campaign.db import Database
from campaign.dispatch import control
from campaign.dispatch.gate import OpenGate
from campaign.dispatch.host import this_host
from campaign.dispatch.lane import Lane
from campaign.dispatch.lane_report import Stop
from campaign.dispatch.recovery import recover
from campaign.dispatch.transports.relay import Relay
from campaign.lab.sink import Sink, running
from campaign.models import DeliveryState, Mailing
from tests.dispatch.making import PlainWriter, make_mailing, rows_of, states, terms_of

PEOPLE = 24
# a busy machine may take a while to start Python
GIVE_UP_SECONDS = 300
State = DeliveryState
# the point, and whether anything can be in doubt by then
POINTS = [
    ("before the claim is committed", 1, False),
    ("after the claim", 1, False),
    ("body written", 1, False),
    ("body written", 4, True),
    ("intent journalled", 1, True),
    ("intent journalled", 7, True),
    ("terminator written", 1, True),
    ("terminator written", 8, True),
    ("outcome journalled", 1, True),
    ("outcome recorded", 1, True),
]


def begin(
    database: Database,
    mailing: Mailing,
    sink: Sink,
    folder: Path,
    point: str,
    nth: int,
    connections: int,
    **more: str,
) -> subprocess.Popen[str]:
    env = (
        os.environ
        | more
        | {
            "DATABASE_URL": database.url.render_as_string(hide_password=False),
            "CAMPAIGN_STATE_DIR": str(folder),
        }
    )
    arguments = [point, str(nth), str(mailing.id), str(sink.port), str(connections)]
    return subprocess.Popen(
        [sys.executable, "-m", "tests.dispatch.dying", *arguments],
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def started(db: Session) -> Mailing:
    mailing = make_mailing(db, utc_now(), PEOPLE)
    control.start(db, mailing, utc_now())
    db.commit()
    return mailing


def finish(database: Database, mailing: Mailing, sink: Sink, folder: Path) -> None:
    """Another lane sends what is left."""
    relay = Relay("127.0.0.1", sink.port)
    lane = Lane(
        database, terms_of(mailing), PlainWriter(), [relay], this_host(folder),
        clock=utc_now, gate=OpenGate(3), local_name="test",
    )  # fmt: skip
    assert lane.run().stop is Stop.DRAINED


@pytest.mark.parametrize("connections", [1, 3])
@pytest.mark.parametrize(("point", "nth", "doubt"), POINTS)
def test_a_kill_loses_nothing_and_sends_nothing_twice(
    database: Database, db: Session, tmp_path: Path, point: str, nth: int, doubt: bool, connections: int
) -> None:
    mailing = started(db)
    with running(Sink()) as sink:
        lane = begin(database, mailing, sink, tmp_path, point, nth, connections)
        _, errors = lane.communicate(timeout=GIVE_UP_SECONDS)
        assert lane.returncode == -signal.SIGKILL, errors
        time.sleep(0.05)  # what was in the socket arrives
        recover(database, this_host(tmp_path), utc_now())
        found = states(db, mailing)
        assert State.CLAIMED not in found
        finish(database, mailing, sink, tmp_path)
        copies = Counter(taken.message_id for taken in sink.accepted)
    rows = rows_of(db, mailing)
    accepted = {row.message_id_header for row in rows if row.state is State.ACCEPTED}
    unknown = {row.message_id_header for row in rows if row.state is State.UNKNOWN}
    assert {row.state for row in rows} <= {State.ACCEPTED, State.UNKNOWN}
    assert set(copies.values()) == {1}
    assert accepted <= set(copies) <= accepted | unknown
    assert len(unknown) <= (connections if doubt else 0)
    if point == "intent journalled" and nth == 1:
        assert unknown  # nobody can tell it from the next point
        assert not unknown & set(copies)
    if point == "terminator written" and nth == 1:
        assert unknown & set(copies)


@pytest.mark.parametrize("point", ["after the claim", "body written", "intent journalled"])
def test_a_lane_that_stood_still_past_its_lease_ends_nothing(
    database: Database, db: Session, tmp_path: Path, point: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is stopped, its rows are taken over and sent by another, and then it goes on."""
    mailing = started(db)
    with running(Sink()) as sink:
        lane = begin(database, mailing, sink, tmp_path, point, 1, 1, STAND_STILL="1")
        _wait_until_stopped(lane.pid)
        time.sleep(1.2)
        monkeypatch.setattr("campaign.dispatch.recovery.FROZEN_AFTER", 1.0)
        monkeypatch.setattr("campaign.dispatch.recovery.BUSY_SECONDS", 0)
        assert recover(database, this_host(tmp_path), utc_now())
        finish(database, mailing, sink, tmp_path)
        os.kill(lane.pid, signal.SIGCONT)
        out, errors = lane.communicate(timeout=GIVE_UP_SECONDS)
        assert out.splitlines()[-1] == Stop.LEASE.value, errors
        copies = Counter(taken.message_id for taken in sink.accepted)
    assert set(copies.values()) == {1}
    found = states(db, mailing)
    late = found.get(State.UNKNOWN, 0) + found.get(State.DEFERRED, 0)
    assert found[State.ACCEPTED] + late == PEOPLE
    assert late <= 1


def _wait_until_stopped(pid: int) -> None:
    end = time.monotonic() + GIVE_UP_SECONDS
    while True:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        if state == "T":
            return
        assert time.monotonic() < end, "it never came to that point"
        time.sleep(0.02)
