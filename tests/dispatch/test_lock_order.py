"""Two transactions that are at the same rows: one may wait for the other, never each for the other.

Provoked on a real PostgreSQL: one stops between its statements until the other has come to its end, or to a
row that it must wait for. (SQLite has one writer at a time.)
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from campaign.db import Database
from campaign.dispatch import control, moves, settle, sweep
from campaign.dispatch.host import this_host
from campaign.dispatch.journal import Journal
from campaign.dispatch.moves import Outcome
from campaign.dispatch.recovery import recover
from campaign.models import Channel, DeliveryState, Mailing, MailingState
from tests.dispatch.making import make_mailing, rows_of

PATIENCE = 300.0
OWNER = "lane"
State = DeliveryState
WAITING = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


@pytest.fixture
def mailing(database: Database, db: Session, now: datetime) -> Mailing:
    """All three rows in the hands of one lane, whose host has been away for long by this clock."""
    if database.is_sqlite:
        pytest.skip("SQLite has one writer at a time")
    made = make_mailing(db, now, people=3)
    control.start(db, made, now)
    moves.claim(db, made.id, Channel.EMAIL, OWNER, 3, now - timedelta(hours=1))
    db.commit()
    return made


def cross(
    database: Database, one: Callable[[Session], object], before: int, other: Callable[[Session], object]
) -> None:
    """`one` stops before its UPDATE of deliveries with that number and goes on when `other`, in a transaction
    of its own, is over or waits. Raises what either raises."""
    arrived, go_on, over = threading.Event(), threading.Event(), threading.Event()
    seen: list[str] = []
    errors: list[BaseException] = []

    def stop(_connection, _cursor, statement, _parameters, _context, _many) -> None:
        if statement.startswith("UPDATE delivery"):
            seen.append(statement)
            if len(seen) == before:
                arrived.set()
                assert go_on.wait(PATIENCE)

    def first() -> None:
        with database.write() as db:
            event.listen(db.connection(), "before_cursor_execute", stop)
            one(db)

    def second() -> None:
        with database.write() as db:
            other(db)

    def run(work: Callable[[], None], ended: threading.Event) -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001 (raised below)
            errors.append(error)
        finally:
            ended.set()

    threads = [threading.Thread(target=run, args=(first, arrived))]
    threads[0].start()
    assert arrived.wait(PATIENCE)
    threads.append(threading.Thread(target=run, args=(second, over)))
    threads[1].start()
    _until_over_or_waiting(database, over)
    go_on.set()
    for thread in threads:
        thread.join(PATIENCE)
    assert len(seen) >= before
    if errors:
        raise errors[0]


def _until_over_or_waiting(database: Database, over: threading.Event) -> None:
    end = time.monotonic() + PATIENCE
    with database.read() as looking:
        while not over.wait(0.05) and not looking.scalar(WAITING):
            assert time.monotonic() < end
            looking.rollback()


def outcome(row_id: int, transition: str, now: datetime) -> Outcome:
    due = now + timedelta(hours=1) if transition == "defer" else None
    return Outcome(row_id, 1, transition, now, "late", 250, "late", due)


def test_a_sweep_that_finishes_a_mailing_and_a_late_word_that_keeps_it_open(
    database: Database, db: Session, mailing: Mailing, now: datetime
) -> None:
    """The late word has the mailing and wants the row, the sweep has the row and wants the mailing."""
    row, *others = [one.id for one in rows_of(db, mailing)]
    settle.record(db, [outcome(one, "accept", now) for one in others], now)
    db.commit()
    cross(
        database,
        lambda late: settle.record(late, [outcome(row, "defer", now)], now),
        1,
        lambda sweeping: sweep.sweep(sweeping, now),
    )
    assert [one.state for one in rows_of(db, mailing)] == [State.DEFERRED, State.ACCEPTED, State.ACCEPTED]
    db.refresh(mailing)
    assert mailing.state is MailingState.RUNNING


def test_a_sweep_that_gives_up_rows_and_a_late_word_on_them(
    database: Database, db: Session, mailing: Mailing, now: datetime
) -> None:
    """Each has a row that the other wants."""
    rows = [one.id for one in rows_of(db, mailing)]
    late_words = [outcome(rows[2], "accept", now), outcome(rows[0], "reject", now)]
    cross(
        database,
        lambda late: settle.record(late, late_words, now),
        2,
        lambda sweeping: sweep.sweep(sweeping, now),
    )
    assert [one.state for one in rows_of(db, mailing)] == [State.REJECTED, State.UNKNOWN, State.ACCEPTED]


def test_a_lane_that_renews_its_leases_and_writes_outcomes_down(
    database: Database, db: Session, mailing: Mailing, now: datetime
) -> None:
    """It does both at once: two threads, two transactions."""
    rows = [one.id for one in rows_of(db, mailing)]
    words = [outcome(rows[2], "accept", now), outcome(rows[0], "reject", now)]
    cross(
        database,
        lambda writing: settle.record(writing, words, now),
        2,
        lambda taking: moves.renew(taking, OWNER, now),
    )
    first, second, third = rows_of(db, mailing)
    assert (first.state, second.state, third.state) == (State.REJECTED, State.CLAIMED, State.ACCEPTED)
    assert second.lease_until is not None
    assert second.lease_until > now


def test_a_host_that_came_back_and_a_late_word_of_its_lane(
    database: Database, db: Session, mailing: Mailing, now: datetime, tmp_path: Path
) -> None:
    """What the journal does not know of opens the mailing, as the late word does; both have words on rows."""
    host = this_host(tmp_path)
    sent, late, silent = [one.id for one in rows_of(db, mailing)]
    journal = Journal(host, f"{host.id}:1:x")
    journal.intend(sent, 1, "a" * 64)
    journal.settle(outcome(sent, "accept", now))
    journal.flush()
    journal.leave()
    db.execute(text("UPDATE delivery SET lease_owner = :owner"), {"owner": f"{host.id}:1:x"})
    moves.give_up_away(db, now, now)
    db.commit()
    words = [outcome(late, "defer", now), outcome(sent, "accept", now)]
    cross(
        database,
        lambda speaking: settle.record(speaking, words, now),
        2,
        lambda _unused: recover(database, host, now),
    )
    states = {one.id: one.state for one in rows_of(db, mailing)}
    assert states == {sent: State.ACCEPTED, late: State.DEFERRED, silent: State.QUEUED}
