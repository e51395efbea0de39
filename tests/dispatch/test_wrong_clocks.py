"""Clocks that are set while lanes send: who lives is not taken for dead."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from campaign.db import Database
from campaign.dispatch import control, moves, recovery, sweep
from campaign.dispatch import journal as journals
from campaign.dispatch.host import this_host
from campaign.dispatch.journal import Journal, journals_of
from campaign.dispatch.lease import READ_AFTER
from campaign.dispatch.recovery import recover
from campaign.dispatch.states import LEASE
from campaign.dispatch.sweep import HOST_AWAY, Watch
from campaign.models import Channel, Delivery, DeliveryState, Mailing
from tests.dispatch.making import make_mailing, states

PEOPLE = 30
State = DeliveryState
HOUR = timedelta(hours=1)
ONE_LEASE = LEASE.total_seconds()


class Boot:
    """The clock that nobody sets."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def boot(monkeypatch: pytest.MonkeyPatch) -> Boot:
    made = Boot()
    monkeypatch.setattr(sweep, "boot_seconds", made)
    return made


@pytest.fixture
def mailing(db: Session, now: datetime) -> Mailing:
    made = make_mailing(db, now, PEOPLE)
    control.start(db, made, now)
    db.commit()
    return made


def rounds(db: Session, boot: Boot, watch: Watch, now: datetime, seconds: float) -> int:
    """The beat's rounds of so many seconds; how many rows they gave up."""
    given_up = 0
    for _ in range(int(seconds / 2)):
        boot.seconds += 2
        given_up += sweep.sweep(db, now, HOST_AWAY, watch).unknown
    return given_up


def test_a_lane_that_renews_is_never_taken_for_away(
    db: Session, mailing: Mailing, boot: Boot, now: datetime
) -> None:
    moves.claim(db, mailing.id, Channel.EMAIL, "lives", 3, now)
    watch = Watch()
    for turn in range(12):
        assert rounds(db, boot, watch, now + HOUR, ONE_LEASE / 3) == 0
        moves.renew(db, "lives", now + timedelta(seconds=20 * turn))
    db.commit()
    assert states(db, mailing)[State.CLAIMED] == 3


def test_one_that_does_not_is_once_its_host_would_have_spoken(
    db: Session, mailing: Mailing, boot: Boot, now: datetime
) -> None:
    moves.claim(db, mailing.id, Channel.EMAIL, "gone", 3, now)
    watch = Watch()
    assert rounds(db, boot, watch, now + HOST_AWAY, 3 * ONE_LEASE) == 0, "by the wall it is not away yet"
    assert rounds(db, boot, watch, now + HOUR, READ_AFTER) == 0
    assert rounds(db, boot, watch, now + HOUR, 4) == 3
    db.commit()


def test_a_print_run_that_renews_keeps_its_letters_whatever_the_beat_s_clock_says(
    db: Session, boot: Boot, now: datetime
) -> None:
    letters = make_mailing(db, now, 4, Channel.LETTER)
    control.start(db, letters, now)
    moves.claim(db, letters.id, Channel.LETTER, "print:lives", 4, now)
    watch = Watch()
    for turn in range(12):
        rounds(db, boot, watch, now + HOUR, ONE_LEASE / 3)
        moves.renew(db, "print:lives", now + timedelta(seconds=20 * turn))
    db.commit()
    assert states(db, letters) == {State.CLAIMED: 4}
    rounds(db, boot, watch, now + HOUR, READ_AFTER + 4)
    db.commit()
    assert states(db, letters) == {State.QUEUED: 4}


def test_a_beat_that_did_not_look_has_seen_nothing(
    db: Session, mailing: Mailing, boot: Boot, now: datetime
) -> None:
    moves.claim(db, mailing.id, Channel.EMAIL, "gone", 3, now)
    watch = Watch()
    rounds(db, boot, watch, now + HOUR, 4)
    boot.seconds += 2 * ONE_LEASE  # the database was away, from the lane as well
    assert rounds(db, boot, watch, now + HOUR, 4) == 0
    assert rounds(db, boot, watch, now + HOUR, READ_AFTER) == 3
    db.commit()


def test_a_lane_that_stands_still_is_its_host_s_to_decide_whatever_the_beat_s_clock_says(
    database: Database,
    tmp_path: Path,
    mailing: Mailing,
    boot: Boot,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(recovery, "boot_seconds", boot)
    monkeypatch.setattr(journals, "boot_seconds", boot)
    host = this_host(tmp_path)
    owner = f"{host.id}:1:a"
    with database.write() as db:
        doubtful, *_ = moves.claim(db, mailing.id, Channel.EMAIL, owner, 3, now)
    journal = Journal(host, owner)
    journal.intend(doubtful, 1, "a" * 64)
    journal.flush()
    written, began = journal.path.stat().st_mtime, boot.seconds
    monkeypatch.setattr(recovery.time, "time", lambda: written + boot.seconds - began)
    watch = Watch()
    for _ in range(int(2 * READ_AFTER / 2)):
        recover(database, host, now)
        with database.write() as db:
            assert rounds(db, boot, watch, now + HOUR, 2) == 0
    with database.read() as db:
        assert states(db, mailing) == {State.UNKNOWN: 1, State.QUEUED: PEOPLE - 1}
        assert db.get_one(Delivery, doubtful).reason == moves.LOST
    journal.leave()


def test_a_journal_is_not_old_because_the_wall_s_clock_jumped(
    database: Database, tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last claim of its lane may still be under way in the database."""
    host = this_host(tmp_path)
    journal = Journal(host, f"{host.id}:1:a")
    journal.leave()
    monkeypatch.setattr(recovery.time, "time", lambda: journal.path.stat().st_mtime + 3600)
    recover(database, host, now)
    assert list(journals_of(host)) == [journal.path]
    ahead = recovery.boot_seconds() + recovery.FRESH_SECONDS
    monkeypatch.setattr(recovery, "boot_seconds", lambda: ahead)
    recover(database, host, now)
    assert list(journals_of(host)) == []
