"""What becomes of claims whose lanes died: decided by the host's journal, and by nothing else."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.db import Database
from campaign.dispatch import control, moves, recovery, sweep
from campaign.dispatch.host import Host, boot_seconds, this_host
from campaign.dispatch.journal import Journal, journals_of
from campaign.dispatch.moves import Outcome
from campaign.dispatch.recovery import recover
from campaign.models import Channel, Delivery, DeliveryState, Mailing, MailingState, Suppression
from tests.dispatch.making import make_mailing, rows_of, states

State = DeliveryState


@pytest.fixture
def host(tmp_path: Path) -> Host:
    return this_host(tmp_path)


@pytest.fixture
def mailing(db: Session, now: datetime) -> Mailing:
    made = make_mailing(db, now, people=4)
    control.start(db, made, now)
    db.commit()
    return made


def a_lane(
    db: Session, mailing: Mailing, host: Host, now: datetime, size: int = 3
) -> tuple[Journal, list[int]]:
    """A lane that has claimed rows."""
    owner = f"{host.id}:1:{mailing.id}"
    journal = Journal(host, owner)
    ids = list(moves.claim(db, mailing.id, Channel.EMAIL, owner, size, now))
    db.commit()
    return journal, ids


def test_the_journal_of_a_dead_lane_decides(
    database: Database, db: Session, mailing: Mailing, host: Host, now: datetime
) -> None:
    journal, (sent, doubtful, silent) = a_lane(db, mailing, host, now)
    journal.intend(sent, 1, "a" * 64)
    journal.settle(Outcome(sent, 1, "accept", now, "", 250, "2.0.0 ok"))
    journal.intend(doubtful, 1, "b" * 64)
    journal.flush()
    assert not recover(database, host, now)  # it lives
    journal.leave()
    done = recover(database, host, now)
    assert (done.settled, done.unknown, done.requeued) == (1, 1, 1)
    rows = {row.id: row for row in rows_of(db, mailing)}  # which of the four were claimed, nobody promised
    first, second, third = rows.pop(sent), rows.pop(doubtful), rows.pop(silent)
    assert (first.state, first.smtp_reply, first.body_sha256) == (State.ACCEPTED, "2.0.0 ok", "a" * 64)
    assert (second.state, second.body_sha256) == (State.UNKNOWN, "b" * 64)
    assert (third.state, third.attempt) == (State.QUEUED, 0)
    assert [row.state for row in rows.values()] == [State.QUEUED]
    again = recover(database, host, now)
    assert not again  # reading it twice changes nothing
    assert list(journals_of(host)) == [journal.path]  # a commit may still be under way


def test_a_journal_that_is_done_with_is_removed(
    database: Database,
    mailing: Mailing,
    db: Session,
    host: Host,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    journal, _ = a_lane(db, mailing, host, now)
    journal.leave()
    monkeypatch.setattr(recovery, "FRESH_SECONDS", 0)
    assert recover(database, host, now).journals == 1
    assert list(journals_of(host)) == []


def test_what_died_before_it_was_born_is_cleared_away(database: Database, host: Host, now: datetime) -> None:
    old, new = host.journals / "a.new", host.journals / "b.new"
    for path in (old, new):
        path.touch()
    os.utime(old, (0, 0))
    recover(database, host, now)
    assert list(host.journals.iterdir()) == [new]  # its lane may be about to lock it


def test_after_a_power_cut_silence_proves_nothing(
    database: Database, db: Session, mailing: Mailing, host: Host, now: datetime
) -> None:
    journal, (sent, *_) = a_lane(db, mailing, host, now)
    journal.settle(Outcome(sent, 1, "accept", now, "", 250, "ok"))
    journal.flush()
    journal.leave()
    recover(database, replace(host, boot="another"), now)
    assert states(db, mailing) == {State.ACCEPTED: 1, State.UNKNOWN: 2, State.QUEUED: 1}


def test_no_other_host_decides_before_the_host_is_away(
    database: Database, db: Session, mailing: Mailing, host: Host, now: datetime, tmp_path: Path
) -> None:
    a_lane(db, mailing, host, now)[0].leave()
    other = this_host(tmp_path / "other")
    recover(database, other, now)
    # a state folder that was copied: its journals are not the copy's to decide
    shutil.copytree(host.journals, other.journals, dirs_exist_ok=True)
    recover(database, other, now)
    sweep.sweep(db, now + timedelta(minutes=15))
    db.commit()
    assert states(db, mailing)[State.CLAIMED] == 3
    assert sweep.sweep(db, now + timedelta(minutes=17)).unknown == 3
    db.commit()
    assert states(db, mailing) == {State.UNKNOWN: 3, State.QUEUED: 1}


def test_a_host_that_comes_back_resolves_what_was_given_up(
    database: Database, db: Session, mailing: Mailing, host: Host, now: datetime
) -> None:
    journal, (sent, doubtful, silent) = a_lane(db, mailing, host, now)
    journal.intend(sent, 1, "a" * 64)
    journal.settle(Outcome(sent, 1, "accept", now, "", 250, "ok"))
    journal.intend(doubtful, 1, "b" * 64)
    journal.flush()
    journal.leave()
    (last,) = moves.claim(db, mailing.id, Channel.EMAIL, "elsewhere", 1, now)
    moves.settle(db, [Outcome(last, 1, "accept", now)])
    later = now + timedelta(hours=1)
    assert sweep.sweep(db, later).finished == [mailing.id]
    db.commit()
    done = recover(database, host, later)
    assert (done.settled, done.given_back) == (1, 1)
    assert {row.id: (row.state, row.attempt) for row in rows_of(db, mailing)} == {
        sent: (State.ACCEPTED, 1),
        doubtful: (State.UNKNOWN, 1),
        silent: (State.QUEUED, 0),
        last: (State.ACCEPTED, 1),
    }
    # what stays unknown is so no longer because nobody spoke for it
    still = db.get_one(Delivery, doubtful, populate_existing=True)
    assert (still.reason, still.body_sha256) == ("lease", "b" * 64)
    db.refresh(mailing)
    assert mailing.state is MailingState.RUNNING  # one of its rows waits again


def test_a_person_who_decided_first_is_right(
    database: Database, db: Session, mailing: Mailing, host: Host, now: datetime
) -> None:
    journal, ids = a_lane(db, mailing, host, now, size=2)
    sweep.sweep(db, now + timedelta(hours=1))
    assert moves.count_as_sent(db, ids[0])
    assert moves.send_again(db, ids[1])
    db.commit()
    journal.settle(Outcome(ids[1], 1, "accept", now))
    journal.flush()
    journal.leave()
    assert not recover(database, host, now + timedelta(hours=1))
    assert states(db, mailing) == {State.ACCEPTED: 1, State.QUEUED: 3}


def test_a_lane_that_stands_still_is_taken_for_dead_once_its_lease_is_over(
    database: Database,
    db: Session,
    mailing: Mailing,
    host: Host,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    journal, (doubtful, *_) = a_lane(db, mailing, host, now)
    journal.intend(doubtful, 1, "a" * 64)
    journal.flush()
    monkeypatch.setattr(recovery, "BUSY_SECONDS", 0)
    began = boot_seconds()
    monkeypatch.setattr(recovery, "boot_seconds", lambda: began + 60)
    assert not recover(database, host, now)
    monkeypatch.setattr(recovery, "boot_seconds", lambda: began + 80)
    done = recover(database, host, now)
    assert (done.unknown, done.requeued, done.journals) == (1, 2, 0)
    # it wakes up: the reply it was waiting for is a fact, and counts
    assert moves.settle(db, [Outcome(doubtful, 1, "accept", now)]) == 1
    journal.leave()


def test_a_dead_address_in_a_journal_is_not_written_to_again(
    database: Database, db: Session, mailing: Mailing, host: Host, now: datetime
) -> None:
    journal, (dead, *_) = a_lane(db, mailing, host, now)
    journal.settle(Outcome(dead, 1, "reject", now, "rcpt", 550, "5.1.1 no", dead_address=True))
    journal.flush()
    journal.leave()
    recover(database, host, now)
    row = next(row for row in rows_of(db, mailing) if row.id == dead)
    assert row.state is State.REJECTED
    assert db.scalars(select(Suppression.address_key)).all() == [row.address_key]
    db.commit()


def test_what_returns_to_a_cancelled_mailing_is_cancelled(
    database: Database, db: Session, mailing: Mailing, host: Host, now: datetime
) -> None:
    a_lane(db, mailing, host, now)[0].leave()
    assert control.cancel(db, mailing, now) == 1
    db.commit()
    assert states(db, mailing) == {State.CANCELLED: 1, State.CLAIMED: 3}
    recover(database, host, now)
    assert sweep.sweep(db, now).cancelled == 3
    db.commit()
    assert states(db, mailing) == {State.CANCELLED: 4}
