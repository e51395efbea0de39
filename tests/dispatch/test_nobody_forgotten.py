"""What returns from "settled" finds a mailing that is looked after; what two do at once is done once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.contacts import suppression
from campaign.db import Database
from campaign.dispatch import clerk, control, manners, moves, quiet_hours, recovery, settle, sweep
from campaign.dispatch.host import Host, this_host
from campaign.dispatch.manners import Manners, QuietHours
from campaign.dispatch.moves import Outcome
from campaign.errors import Refused
from campaign.models import (
    Account,
    Channel,
    DeliveryState,
    Mailing,
    MailingState,
    Suppression,
    SuppressionReason,
)
from tests.dispatch.making import make_mailing, rows_of, states
from tests.dispatch.test_recovery import a_lane

State = DeliveryState
# a thread that waits for a lock is given so long to show that it does not
MOMENT = 0.3
PATIENCE = 60.0
NEVER = datetime.fromisoformat("2036-01-01T00:00:00+00:00")


@pytest.fixture
def host(tmp_path: Path) -> Host:
    return this_host(tmp_path)


@pytest.fixture
def mailing(db: Session, now: datetime) -> Mailing:
    made = make_mailing(db, now, people=2)
    control.start(db, made, now)
    db.commit()
    return made


@pytest.fixture
def done(db: Session, mailing: Mailing, host: Host, now: datetime) -> tuple[Mailing, int, datetime]:
    """A finished mailing, the row of it that nobody knows about, and an hour later. Its lane's journal says
    that the server put it off."""
    journal, (late,) = a_lane(db, mailing, host, now, size=1)
    journal.intend(late, 1, "a" * 64)
    journal.settle(Outcome(late, 1, "defer", now, "data", 451, "try later", now + timedelta(hours=2)))
    journal.flush()
    journal.leave()
    (other,) = moves.claim(db, mailing.id, Channel.EMAIL, "elsewhere", 1, now)
    moves.settle(db, [Outcome(other, 1, "accept", now)])
    later = now + timedelta(hours=1)
    assert sweep.sweep(db, later).finished == [mailing.id]
    db.commit()
    assert states(db, mailing) == {State.UNKNOWN: 1, State.ACCEPTED: 1}
    return mailing, late, later


def test_a_journal_that_says_try_later_has_the_mailing_run_again(
    database: Database, db: Session, done: tuple[Mailing, int, datetime], host: Host
) -> None:
    mailing, late, later = done
    recovery.recover(database, host, later)
    db.refresh(mailing)
    assert (mailing.state, mailing.finished_at) == (MailingState.RUNNING, None)
    sweep.sweep(db, later + timedelta(hours=2))
    db.commit()
    assert sweep.to_ring(db) == [mailing.id]
    assert [row.state for row in rows_of(db, mailing) if row.id == late] == [State.QUEUED]


def test_a_lane_that_reads_it_late_does_so_too(db: Session, done: tuple[Mailing, int, datetime]) -> None:
    mailing, late, later = done
    due = later + timedelta(minutes=5)
    settle.record(db, [Outcome(late, 1, "defer", later, "data", 451, "try later", due)], later)
    db.commit()
    db.refresh(mailing)
    assert mailing.state is MailingState.RUNNING
    # past its deadline the machine tries nothing, and says so
    sweep.sweep(db, mailing.deadline + timedelta(seconds=1))
    db.commit()
    assert states(db, mailing) == {State.EXPIRED: 1, State.ACCEPTED: 1}
    db.refresh(mailing)
    assert mailing.state is MailingState.FINISHED


def test_nothing_of_a_cancelled_mailing_is_sent_again(db: Session, mailing: Mailing, now: datetime) -> None:
    (row_id, _) = moves.claim(db, mailing.id, Channel.EMAIL, "lane", 2, now)
    moves.settle(db, [Outcome(row_id, 1, "lose", now)])
    control.cancel(db, mailing, now)
    db.commit()
    account = db.get_one(Account, mailing.created_by)
    with pytest.raises(Refused, match="dispatch-cancelled"):
        control.send_again(db, row_id, account, now + timedelta(hours=1))
    db.rollback()
    assert [row.state for row in rows_of(db, mailing) if row.id == row_id] == [State.UNKNOWN]
    control.count_as_sent(db, row_id, account, now)


def _postpone(db: Session, claims: list[moves.Held], owner: str) -> int:
    return moves.postpone(db, claims, NEVER, moves.LIMITED, owner)


@pytest.mark.parametrize("again", [moves.put_back, _postpone])
def test_a_repeated_transaction_does_not_take_back_a_later_claim(
    db: Session, mailing: Mailing, now: datetime, again: Callable[..., int]
) -> None:
    ids = moves.claim(db, mailing.id, Channel.EMAIL, "lane", 2, now)
    first = [(row_id, 1) for row_id in ids]
    assert moves.put_back(db, first, "lane") == 2
    moves.claim(db, mailing.id, Channel.EMAIL, "lane", 2, now)  # by the same lane, meanwhile
    assert again(db, first, "lane") == 0
    assert states(db, mailing) == {State.CLAIMED: 2}
    assert again(db, [(row_id, 2) for row_id in ids], "lane") == 2
    db.commit()


def _meanwhile(database: Database, act: Callable[[Session], object], commit: Callable[[], None]) -> None:
    """`act` in a transaction that begins while another one is under way, which then ends by `commit`. (On
    SQLite it begins afterwards: one writes at a time.)"""

    def run() -> None:
        with database.write() as other:
            act(other)

    with ThreadPoolExecutor(1) as thread:
        if database.is_sqlite:
            commit()
        acted = thread.submit(run)
        if not database.is_sqlite:
            wait([acted], MOMENT)
            commit()
        acted.result(PATIENCE)


def test_a_mailing_does_not_finish_under_who_sends_one_again(
    database: Database, db: Session, mailing: Mailing, now: datetime
) -> None:
    ids = moves.claim(db, mailing.id, Channel.EMAIL, "lane", 2, now)
    moves.settle(db, [Outcome(ids[0], 1, "lose", now), Outcome(ids[1], 1, "accept", now)])
    db.commit()
    account = db.get_one(Account, mailing.created_by)
    later = now + timedelta(hours=1)
    control.send_again(db, ids[0], account, later)  # not committed yet

    _meanwhile(database, lambda other: sweep.sweep(other, later), db.commit)
    db.refresh(mailing)
    assert mailing.state is MailingState.RUNNING
    assert sweep.to_ring(db) == [mailing.id]


def test_two_lanes_that_meet_a_dead_address_at_once(database: Database, db: Session, now: datetime) -> None:

    def suppress(session: Session, source: str) -> None:
        suppression.suppress(
            session, Channel.EMAIL, "dead@example.com", SuppressionReason.BOUNCED, source=source, now=now
        )

    suppress(db, "first")
    _meanwhile(database, lambda other: suppress(other, "other"), db.commit)
    assert db.scalars(select(Suppression.source)).all() == ["first"]


def at_night(db: Session, now: datetime) -> None:
    local = now.astimezone(quiet_hours.ZoneInfo("Asia/Ho_Chi_Minh"))
    night = QuietHours(True, (local - timedelta(hours=1)).time(), (local + timedelta(hours=1)).time())
    manners.keep(db, Manners(quiet=night), None, now)
    db.commit()


def _claims_rest(db: Session, mailing: Mailing, now: datetime) -> set[int]:
    """At their claim."""
    ids = moves.claim(db, mailing.id, Channel.EMAIL, "lane", 2, now)
    return quiet_hours.rest(db, mailing.id, Channel.EMAIL, ids, now)


def _held_rest(db: Session, mailing: Mailing, now: datetime) -> set[int]:
    """While a lane has them in hand."""
    ids = moves.claim(db, mailing.id, Channel.EMAIL, "lane", 2, now)
    db.commit()
    rest = clerk.Rest(NEVER, quiet_hours.REASON)
    held = {(row_id, 1): rest for row_id in ids}
    clerk.postpone(db, mailing.id, held, manners.version(db), "lane")
    return set(ids)


@pytest.mark.parametrize("come_to_rest", [_claims_rest, _held_rest])
def test_quiet_hours_are_switched_off_while_rows_are_put_to_rest(
    database: Database,
    db: Session,
    mailing: Mailing,
    now: datetime,
    come_to_rest: Callable[[Session, Mailing, datetime], set[int]],
) -> None:
    at_night(db, now)
    ids = come_to_rest(db, mailing, now)  # not committed yet
    assert len(ids) == 2
    woken: list[int] = []

    def switch_off(other: Session) -> None:
        manners.keep(other, Manners(), None, now)
        woken.extend(moves.wake(other, [quiet_hours.REASON], 0, 10, now)[0])

    _meanwhile(database, switch_off, db.commit)
    assert woken == sorted(ids)
    assert states(db, mailing) == {State.QUEUED: 2}
