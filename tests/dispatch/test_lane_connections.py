"""Many connections, several relays, plain and pipelined servers, domains that must wait."""

from __future__ import annotations

import errno
import os
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from email.utils import format_datetime
from itertools import product
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from campaign.clock import utc_now
from campaign.db import Database
from campaign.dispatch import clerk, control, moves
from campaign.dispatch import journal as journals
from campaign.dispatch.gate import OpenGate
from campaign.dispatch.host import this_host
from campaign.dispatch.lane import Lane
from campaign.dispatch.lane_report import LaneReport, Stop
from campaign.dispatch.recovery import recover
from campaign.dispatch.stages import StageTimes
from campaign.dispatch.transports import channel as channels
from campaign.dispatch.transports.relay import Relay
from campaign.dispatch.transports.smtp import Timeouts
from campaign.lab.sink import DROP, HANG, Sink, running
from campaign.lab.sink_faults import Pace
from campaign.models import DeliveryState, Mailing
from tests.dispatch.making import PlainWriter, make_mailing, rows_of, states, terms_of

# for a server that says nothing: what an answer that comes may take on a busy machine, it has
SHORT = Timeouts(connect=60, reply=5, dot=5, data=5, block=5)
PATIENT = Timeouts(connect=60, reply=60, dot=60, data=60, block=60)
State = DeliveryState


@pytest.fixture
def sink() -> Iterator[Sink]:
    with running(Sink()) as server:
        yield server


def started(db: Session, people: int) -> Mailing:
    mailing = make_mailing(db, utc_now(), people)
    control.start(db, mailing, utc_now())
    db.commit()
    return mailing


def send(
    database: Database,
    mailing: Mailing,
    folder: Path,
    *relays: int | Relay,
    connections: int = 4,
    **more: object,
) -> LaneReport:
    found = [Relay("127.0.0.1", relay) if isinstance(relay, int) else relay for relay in relays]
    options = {"clock": utc_now, "timeouts": PATIENT, "gate": OpenGate(connections), "writer": PlainWriter()}
    options |= {"terms": terms_of(mailing), "host": this_host(folder), "local_name": "test"} | more
    return Lane(database, relays=found, **options).run()  # type: ignore[arg-type]


@pytest.fixture(params=["pipelined", "plain", "plain, 7 bit"])
def server_kind(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """What the server offers; the sink speaks all of it."""
    real = channels._offers
    if request.param != "pipelined":
        monkeypatch.setattr(
            channels,
            "_offers",
            lambda smtp: replace(real(smtp), pipelining=False, eight_bit="7 bit" not in request.param),
        )
    return str(request.param)


def test_plain_and_pipelined_dialogues_come_to_the_same(
    database: Database, db: Session, sink: Sink, tmp_path: Path, server_kind: str
) -> None:
    mailing = started(db, 120)
    sink.bodies = []
    acts = {
        ("rcpt", "p3@example.com"): "550 5.1.1 no such user",
        ("rcpt", "p17@example.com"): "451 later",
        ("data", "p30@example.com"): "452 full",
        ("dot", "p44@example.com"): "554 spam",
        ("dot", "p58@example.com"): DROP,
        ("data", "p71@example.com"): DROP,
        ("rcpt", "p86@example.com"): HANG,
    }
    sink.faults = lambda phase, to: acts.get((phase, to))
    send(database, mailing, tmp_path, sink.port, timeouts=SHORT)
    found = {row.address: row.state for row in rows_of(db, mailing)}
    hit = {to: found.pop(to) for _, to in acts}
    assert set(found.values()) == {State.ACCEPTED}
    assert hit == {
        "p3@example.com": State.REJECTED,
        "p17@example.com": State.DEFERRED,
        "p30@example.com": State.DEFERRED,
        "p44@example.com": State.REJECTED,
        "p58@example.com": State.UNKNOWN,
        "p71@example.com": State.DEFERRED,
        "p86@example.com": State.DEFERRED,
    }
    copies = Counter(taken.recipient for taken in sink.accepted)
    assert max(copies.values()) == 1
    assert set(copies) == set(found)
    assert all(body.isascii() for body in sink.bodies) is ("7 bit" in server_kind)
    rows = {row.message_id_header: row.body_sha256 for row in rows_of(db, mailing)}
    assert all(rows[taken.message_id] == taken.sha256 for taken in sink.accepted)


@pytest.mark.parametrize(
    ("phase", "act"),
    [
        *product(["mail", "rcpt", "data", "dot"], ["451 4.0.0 later", "554 5.0.0 no", DROP]),
        ("body", DROP),
    ],
)
def test_a_server_that_fails_now_and_then_costs_no_copy(
    database: Database, db: Session, sink: Sink, tmp_path: Path, phase: str, act: str
) -> None:
    """Every seventh passage of a phase fails, on pipelined connections."""
    mailing = started(db, 60)
    passages = iter(range(1, 100_000))
    sink.faults = lambda at, _to: act if at == phase and next(passages) % 7 == 0 else None
    report = send(database, mailing, tmp_path, sink.port)
    assert report.stop in (Stop.DRAINED, Stop.DOWN)
    found = states(db, mailing)
    copies = Counter(taken.message_id for taken in sink.accepted)
    assert max(copies.values()) == 1
    accepted = {row.message_id_header for row in rows_of(db, mailing) if row.state is State.ACCEPTED}
    assert accepted == set(copies)
    assert State.CLAIMED not in found
    # a small body and its dot have left before the break is felt
    assert (State.UNKNOWN in found) is (phase in ("body", "dot") and act == DROP)


def test_connections_share_the_work(database: Database, db: Session, sink: Sink, tmp_path: Path) -> None:
    """A connection ends no second message before the first is answered, half a second later."""
    mailing = started(db, 40)
    sink.delay = 0.5
    send(database, mailing, tmp_path, sink.port, connections=8)
    assert sink.connections == 8
    ends = [taken.at for taken in sink.accepted]
    assert max(sum(0 <= end - begin < 0.9 * sink.delay for end in ends) for begin in ends) > 1
    assert states(db, mailing) == {State.ACCEPTED: 40}


def test_a_relay_that_works_is_told_of_at_once(
    database: Database, db: Session, sink: Sink, tmp_path: Path
) -> None:
    """Not when the lane has ended: whoever waits for a probe of that relay may go on."""
    told: list[tuple[str, int]] = []
    sink.pace = Pace(10)
    mailing = started(db, 40)
    send(
        database,
        mailing,
        tmp_path,
        sink.port,
        heard=lambda name: told.append((name, len(sink.accepted))),
    )
    assert [name for name, _ in told] == [f"127.0.0.1:{sink.port}"]
    assert told[0][1] < 40 == len(sink.accepted)


def test_relays_share_by_weight_and_stand_in_for_each_other(
    database: Database, db: Session, sink: Sink, tmp_path: Path
) -> None:
    mailing = started(db, 60)
    with ExitStack() as stack:
        heavy = stack.enter_context(running(Sink(delay=0.1)))
        sink.delay = 0.1
        relays = [Relay("127.0.0.1", sink.port), Relay("127.0.0.1", heavy.port, weight=3)]
        report = send(database, mailing, tmp_path, *relays, Relay("127.0.0.1", 1), connections=5)
        assert sink.connections < heavy.connections
        assert sink.connections + heavy.connections >= 4
        assert len(sink.accepted) < len(heavy.accepted)
    assert report.stop is Stop.DRAINED
    assert list(report.down) == ["127.0.0.1:1"]
    assert "127.0.0.1:1" in report.down["127.0.0.1:1"]
    assert report.worked == {relays[0].name, relays[1].name}
    assert states(db, mailing) == {State.ACCEPTED: 60}
    assert {row.attempt for row in rows_of(db, mailing)} == {1}


def test_a_server_that_takes_fewer_connections_gets_fewer(
    database: Database, db: Session, sink: Sink, tmp_path: Path
) -> None:
    mailing = started(db, 40)
    sink.delay = 0.01
    sink.faults = lambda at, _to: "421 too many" if at == "greeting" and sink.connections > 2 else None
    report = send(database, mailing, tmp_path, sink.port, connections=6)
    assert report.stop is Stop.DRAINED
    assert states(db, mailing) == {State.ACCEPTED: 40}


class Slow(OpenGate):
    """One domain has its pace; the others go at once."""

    def __init__(self, wait: float) -> None:
        super().__init__(2)
        self.wait = wait
        self.next = 0.0

    def take(self, domain: str) -> float:
        now = time.monotonic()
        if domain != "slow.example" or now >= self.next:
            self.next = now + self.wait if domain == "slow.example" else self.next
            return 0.0
        return self.next - now


def slow_mailing(db: Session) -> Mailing:
    mailing = started(db, 20)
    for row in rows_of(db, mailing)[:6]:
        row.address = f"p{row.id}@Slow.Example"
    db.commit()
    return mailing


class Last(Slow):
    """After its first message the slow domain waits until the others are through."""

    def __init__(self, sink: Sink) -> None:
        super().__init__(0.05)
        self.sink = sink
        self.begun = False

    def take(self, domain: str) -> float:
        if domain != "slow.example":
            return super().take(domain)
        others = sum(taken.recipient.endswith("@example.com") for taken in self.sink.accepted)
        if self.begun and others < 14:
            return self.wait
        self.begun = True
        return super().take(domain)


def test_a_domain_that_must_wait_lets_the_others_pass(
    database: Database, db: Session, sink: Sink, tmp_path: Path
) -> None:
    mailing = slow_mailing(db)
    send(database, mailing, tmp_path, sink.port, gate=Last(sink))
    assert states(db, mailing) == {State.ACCEPTED: 20}
    order = [taken.recipient for taken in sink.accepted]
    assert [to.endswith("@Slow.Example") for to in order[-5:]] == [True] * 5


def test_a_domain_that_must_wait_long_is_given_back_without_an_attempt(
    database: Database, db: Session, sink: Sink, tmp_path: Path
) -> None:
    mailing = slow_mailing(db)
    began = utc_now()
    report = send(database, mailing, tmp_path, sink.port, gate=Slow(600))
    assert report.stop is Stop.DRAINED
    assert states(db, mailing) == {State.ACCEPTED: 15, State.DEFERRED: 5}
    waiting = [row for row in rows_of(db, mailing) if row.state is State.DEFERRED]
    assert {row.attempt for row in waiting} == {0}
    due = sorted(row.next_attempt_at - began for row in waiting if row.next_attempt_at)
    assert timedelta(minutes=9) < due[0] < timedelta(minutes=19)
    assert due[-1] > timedelta(minutes=49)


def test_the_first_attempt_dates_the_message(
    database: Database, db: Session, sink: Sink, tmp_path: Path
) -> None:
    mailing = started(db, 1)
    sink.bodies = []
    sink.faults = lambda at, _to: "451 later" if at == "rcpt" else None
    send(database, mailing, tmp_path, sink.port)
    (row,) = rows_of(db, mailing)
    dated = row.dated_at
    assert dated is not None
    assert dated.microsecond == 0
    sink.faults = lambda _at, _to: None
    later = utc_now() + timedelta(minutes=6)
    moves.requeue_due(db, later)
    db.commit()
    send(database, mailing, tmp_path, sink.port, clock=lambda: later)
    (row,) = rows_of(db, mailing)
    assert (row.state, row.dated_at) == (State.ACCEPTED, dated)
    assert sink.bodies
    assert f"Date: {format_datetime(dated)}\r\n".encode() in sink.bodies[0]


def test_a_full_disk_ends_nothing_more(
    database: Database, db: Session, sink: Sink, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailing = started(db, 30)
    real = os.write

    def fills_up(file: int, data: bytes) -> int:
        if len(sink.accepted) >= 10:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(file, data)

    with monkeypatch.context() as patched:
        patched.setattr(journals.os, "write", fills_up)
        report = send(database, mailing, tmp_path, sink.port)
    assert report.stop is Stop.JOURNAL
    assert "No space left" in report.detail
    found = states(db, mailing)
    assert found == {State.ACCEPTED: len(sink.accepted), State.QUEUED: 30 - len(sink.accepted)}


def test_a_disk_that_is_full_from_the_beginning_is_a_reason_like_any_other(
    database: Database, db: Session, sink: Sink, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailing = started(db, 2)

    def full(_file: int, _data: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(journals.os, "write", full)
        report = send(database, mailing, tmp_path, sink.port)
    assert report.stop is Stop.JOURNAL
    assert "No space left" in report.detail
    assert states(db, mailing) == {State.QUEUED: 2}
    assert list(this_host(tmp_path).journals.iterdir()) == []


def test_without_a_journal_nothing_is_claimed(
    database: Database, db: Session, sink: Sink, tmp_path: Path
) -> None:
    mailing = started(db, 2)
    host = replace(this_host(tmp_path), journals=tmp_path / "not there")
    report = send(database, mailing, tmp_path, sink.port, host=host)
    assert report.stop is Stop.JOURNAL
    assert "No such file" in report.detail
    assert states(db, mailing) == {State.QUEUED: 2}


@pytest.mark.parametrize("away_for", [1, 1000])
def test_a_database_that_goes_away_costs_nothing_that_is_known(
    database: Database,
    db: Session,
    sink: Sink,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    away_for: int,
) -> None:
    """Outcomes cannot be recorded, once or from then on; the journal holds them for the sweeper."""
    mailing = started(db, 60)
    sink.delay = 0.03
    real = clerk.settle.record
    turns = iter(range(1000))

    def away(*arguments: object) -> int:
        if not 1 <= next(turns) <= away_for:
            return real(*arguments)  # type: ignore[arg-type]
        raise OperationalError("UPDATE", {}, Exception("the server closed the connection"))

    with monkeypatch.context() as patched:
        patched.setattr(clerk, "DATABASE_WAITS", ())
        patched.setattr(clerk.settle, "record", away)
        report = send(database, mailing, tmp_path, sink.port)
    assert report.stop is Stop.DATABASE
    recover(database, this_host(tmp_path), utc_now())
    found = states(db, mailing)
    assert found.get(State.UNKNOWN, 0) == 0
    assert found[State.ACCEPTED] == len(sink.accepted)
    assert found.get(State.QUEUED, 0) == 60 - len(sink.accepted)


def test_a_bench_hears_where_the_time_goes(
    database: Database, db: Session, sink: Sink, tmp_path: Path
) -> None:
    mailing = started(db, 20)
    times = StageTimes(wanted=True)
    send(database, mailing, tmp_path, sink.port, times=times)
    assert times.messages == 20
    assert set(times.microseconds()) == {"claim", "write", "journal", "smtp", "record"}
    assert all(spent > 0 for spent in times.microseconds().values())
