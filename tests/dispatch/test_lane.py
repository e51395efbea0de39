"""A lane against a real server that misbehaves at each phase."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign import config
from campaign.clock import utc_now
from campaign.db import Database
from campaign.dispatch import control, moves, sweep
from campaign.dispatch.gate import OpenGate
from campaign.dispatch.host import this_host
from campaign.dispatch.lane import Lane
from campaign.dispatch.lane_report import LaneReport, Stop
from campaign.dispatch.transports.relay import Relay
from campaign.dispatch.transports.smtp import Timeouts
from campaign.lab.sink import DROP, HANG, TAKE_AND_DROP, Sink, running
from campaign.models import DeliveryState, Mailing, MailingState, Suppression
from tests.dispatch.making import PlainWriter, kill_address, make_mailing, rows_of, states, terms_of

# for servers that say nothing: what an answer that comes may take on a busy machine, it has
SHORT = Timeouts(connect=60, reply=5, dot=5, data=5, block=5)
PATIENT = Timeouts(connect=60, reply=60, dot=60, data=60, block=60)
# what changes in the database, acts within this
ACT_SECONDS = 2.0
GIVE_UP_SECONDS = 300
State = DeliveryState


@pytest.fixture(autouse=True)
def state_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Where the lanes of a test keep their journals; none is left behind by a lane that ended."""
    monkeypatch.setenv("CAMPAIGN_STATE_DIR", str(tmp_path))
    yield
    assert list(tmp_path.glob("journal/*")) == []


@pytest.fixture
def sink() -> Iterator[Sink]:
    with running(Sink()) as server:
        yield server


def started(db: Session, people: int = 3) -> Mailing:
    now = utc_now()
    mailing = make_mailing(db, now, people)
    control.start(db, mailing, now)
    db.commit()
    return mailing


def send(
    database: Database, mailing: Mailing, *ports: int, connections: int = 1, **options: object
) -> LaneReport:
    """A lane over one connection, where the order of things matters."""
    settings = {"clock": utc_now, "timeouts": PATIENT, "writer": PlainWriter(), "terms": terms_of(mailing)}
    settings |= {
        "gate": OpenGate(connections),
        "host": this_host(config.load().state_dir),
        "local_name": "test",
    } | options
    return Lane(database, relays=[Relay("127.0.0.1", port) for port in ports], **settings).run()  # type: ignore[arg-type]


def only_for(recipient: str, phase: str, act: str) -> Callable[[str, str], str | None]:
    return lambda at, to: act if at == phase and to == recipient else None


def test_all_leave_once_with_the_bytes_that_were_written(database: Database, db: Session, sink: Sink) -> None:
    mailing = started(db, people=30)
    sink.bodies = []
    report = send(database, mailing, sink.port)
    rows = rows_of(db, mailing)
    assert report.stop is Stop.DRAINED
    assert states(db, mailing) == {State.ACCEPTED: 30}
    assert sink.connections == 1
    assert sorted(found.recipient for found in sink.accepted) == sorted(row.address for row in rows)
    assert {found.sha256 for found in sink.accepted} == {row.body_sha256 for row in rows}
    assert {found.message_id for found in sink.accepted} == {row.message_id_header for row in rows}
    assert b"\r\n.Ch\xc3\xa0o" in sink.bodies[0]
    assert all(row.attempt == 1 and row.smtp_code == 250 and row.settled_at for row in rows)
    assert sweep.sweep(db, utc_now()).finished == [mailing.id]


@pytest.mark.parametrize(
    ("phase", "act", "state"),
    [
        ("mail", "451 later", State.DEFERRED),
        ("mail", "550 no", State.REJECTED),
        ("rcpt", "450 greylisted", State.DEFERRED),
        ("rcpt", "550 5.1.1 unknown", State.REJECTED),
        ("data", "451 later", State.DEFERRED),
        ("data", "554 no", State.REJECTED),
        ("dot", "452 full", State.DEFERRED),
        ("dot", "554 spam", State.REJECTED),
        ("rcpt", DROP, State.DEFERRED),
        ("data", DROP, State.DEFERRED),
        ("body", DROP, State.DEFERRED),
        ("rcpt", HANG, State.DEFERRED),
        ("dot", DROP, State.UNKNOWN),
        ("dot", TAKE_AND_DROP, State.UNKNOWN),
        ("dot", HANG, State.UNKNOWN),
    ],
)
def test_a_fault_at_each_phase_hits_one_and_spares_the_others(
    database: Database, db: Session, sink: Sink, phase: str, act: str, state: DeliveryState
) -> None:
    mailing = started(db, people=5)
    if phase == "mail":  # no recipient is known yet: the second message is hit
        turns = iter(range(100))
        sink.faults = lambda at, _to: act if at == "mail" and next(turns) == 1 else None
    else:
        sink.faults = only_for("p2@example.com", phase, act)
    writer, timeouts = PlainWriter(), SHORT if act == HANG else PATIENT
    if phase == "body":  # more than any buffer between us holds, so that the break is felt while writing
        writer.more = "0123456789abcdef\r\n" * 500_000
    send(database, mailing, sink.port, writer=writer, timeouts=timeouts)
    assert states(db, mailing) == {state: 1, State.ACCEPTED: 4}
    hit = rows_of(db, mailing)[1]
    assert hit.state is state
    took = 5 if act == TAKE_AND_DROP else 4
    assert len(sink.accepted) == took
    # whatever happened, a later round sends only what is known not to have been sent
    sink.faults = lambda _at, _to: None
    moves.requeue_due(db, utc_now() + timedelta(minutes=6))
    db.commit()
    send(database, mailing, sink.port)
    copies = [found.recipient for found in sink.accepted]
    assert len(copies) == len(set(copies))
    final = State.ACCEPTED if state is State.DEFERRED else state
    assert rows_of(db, mailing)[1].state is final


def test_backoff_grows_and_ends_at_the_deadline(database: Database, db: Session, sink: Sink) -> None:
    mailing = started(db, people=1)
    sink.faults = lambda at, _to: "451 later" if at == "rcpt" else None
    waits: list[float] = []
    now = utc_now()
    while True:
        send(database, mailing, sink.port, clock=lambda at=now: at)
        row = rows_of(db, mailing)[0]
        if row.state is not State.DEFERRED:
            break
        assert row.next_attempt_at
        waits.append((row.next_attempt_at - now).total_seconds() / 60)
        now = row.next_attempt_at
        moves.requeue_due(db, now)
        db.commit()
    # a little later than the schedule, by the delivery's own share
    schedule = [5, 15, 60, 120, 240, 240]
    assert all(least <= wait <= 1.1 * least for least, wait in zip(schedule, waits, strict=False))
    assert row.state is State.EXPIRED
    assert sum(waits) <= 48 * 60 < sum(waits) + 240


def test_a_server_that_is_down_uses_up_nothing(database: Database, db: Session) -> None:
    mailing = started(db)
    report = send(database, mailing, 1)
    assert report.stop is Stop.DOWN
    assert "127.0.0.1:1" in report.detail
    assert states(db, mailing) == {State.QUEUED: 3}
    assert {row.attempt for row in rows_of(db, mailing)} == {0}


def test_a_closing_server_defers_one_and_gives_back_the_rest(
    database: Database, db: Session, sink: Sink
) -> None:
    mailing = started(db)
    sink.faults = lambda at, _to: "421 going down" if at == "rcpt" else None
    assert send(database, mailing, sink.port).stop is Stop.DOWN
    assert states(db, mailing) == {State.DEFERRED: 1, State.QUEUED: 2}


@pytest.mark.parametrize("act", [DROP, "421 that was enough"])
def test_a_server_that_ends_connections_now_and_then_costs_nothing(
    database: Database, db: Session, sink: Sink, act: str
) -> None:
    mailing = started(db, people=10)
    turns = iter(range(100))
    sink.faults = lambda at, _to: act if at == "mail" and next(turns) % 4 == 3 else None
    send(database, mailing, sink.port)
    assert states(db, mailing) == {State.ACCEPTED: 10}
    assert sink.connections == 4
    assert len(sink.accepted) == 10


def test_an_address_that_does_not_exist_is_not_written_to_again(
    database: Database, db: Session, sink: Sink
) -> None:
    mailing = started(db)
    words = {"p1@example.com": "550 5.1.1 no such user", "p2@example.com": "550 5.7.1 we do not like you"}
    sink.faults = lambda at, to: words.get(to) if at == "rcpt" else None
    send(database, mailing, sink.port)
    found = db.scalars(select(Suppression.address_key)).all()
    db.commit()
    assert found == ["p1@example.com"]


def test_what_cannot_be_rendered_is_rejected_and_the_others_go(
    database: Database, db: Session, sink: Sink
) -> None:
    mailing = started(db)
    send(database, mailing, sink.port, writer=PlainWriter({"p2@example.com"}))
    rows = rows_of(db, mailing)
    assert [row.state for row in rows] == [State.ACCEPTED, State.REJECTED, State.ACCEPTED]
    assert rows[1].reason == "render"


def test_who_may_no_longer_be_written_to_is_suppressed(database: Database, db: Session, sink: Sink) -> None:
    mailing = started(db)
    kill_address(db, rows_of(db, mailing)[0], utc_now())
    db.commit()
    send(database, mailing, sink.port)
    row = rows_of(db, mailing)[0]
    assert (row.state, row.reason) == (State.SUPPRESSED, "suppressed")
    assert len(sink.accepted) == 2


def test_a_suppression_under_way_is_seen_within_two_seconds(
    database: Database, db: Session, sink: Sink
) -> None:
    """The server holds the fifth message until the others are suppressed; from then on it takes longer than
    two seconds to come to the first of them."""
    mailing = started(db, people=40)
    sink.delay = 0.1
    fifth, go_on = threading.Event(), threading.Event()

    def hold(phase: str, to: str) -> None:
        if (phase, to) == ("rcpt", "p5@example.com"):
            fifth.set()
            go_on.wait(GIVE_UP_SECONDS)

    sink.faults = hold
    lane = threading.Thread(target=send, args=(database, mailing, sink.port))
    lane.start()
    assert fifth.wait(GIVE_UP_SECONDS)
    for row in rows_of(db, mailing)[30:]:
        kill_address(db, row, utc_now())
    db.commit()
    go_on.set()
    lane.join(GIVE_UP_SECONDS)
    assert states(db, mailing) == {State.ACCEPTED: 30, State.SUPPRESSED: 10}


@pytest.mark.parametrize("act", [control.pause, control.cancel])
def test_pause_and_cancel_act_within_two_seconds(
    database: Database, db: Session, sink: Sink, act: Callable[..., object]
) -> None:
    """The server takes a tenth of a second for each, however slow the machine: what it takes afterwards says
    how long the lane went on."""
    mailing = started(db, people=300)
    sink.delay = 0.1
    begun = threading.Event()
    sink.faults = lambda phase, _to: begun.set() if phase == "dot" else None
    reports: list[LaneReport] = []
    lane = threading.Thread(target=lambda: reports.append(send(database, mailing, sink.port)))
    lane.start()
    assert begun.wait(GIVE_UP_SECONDS)
    act(db, mailing, utc_now())
    db.commit()
    before = len(sink.accepted)
    lane.join(GIVE_UP_SECONDS)
    assert reports[0].stop is Stop.NOT_RUNNING
    # and the one that was under way, and the one whose time was over already
    assert len(sink.accepted) - before <= ACT_SECONDS / sink.delay + 2
    found = states(db, mailing)
    assert found[State.ACCEPTED] == len(sink.accepted)
    rest = State.CANCELLED if mailing.state is MailingState.CANCELLED else State.QUEUED
    assert found == {State.ACCEPTED: len(sink.accepted), rest: 300 - len(sink.accepted)}


def test_a_lane_that_is_asked_to_stop_gives_back_what_it_holds(
    database: Database, db: Session, sink: Sink
) -> None:
    mailing = started(db, people=20)
    report = send(database, mailing, sink.port, should_stop=lambda: len(sink.accepted) >= 7)
    assert report.stop is Stop.ASKED
    taken = len(sink.accepted)
    assert 7 <= taken <= 8  # the message in hand is finished
    assert states(db, mailing) == {State.ACCEPTED: taken, State.QUEUED: 20 - taken}


def test_a_late_writer_with_an_old_fence_changes_nothing(db: Session, now: datetime) -> None:
    mailing = make_mailing(db, now, people=1)
    control.start(db, mailing, now)
    channel = terms_of(mailing).channel
    (row_id,) = moves.claim(db, mailing.id, channel, "one", 10, now)
    assert moves.requeue_dead(db, [row_id], "one") == 1
    assert moves.claim(db, mailing.id, channel, "two", 10, now) == [row_id]
    assert moves.requeue_dead(db, [row_id], "one") == 0
    assert moves.settle(db, [moves.Outcome(row_id, 1, "reject", now)]) == 0
    assert moves.settle(db, [moves.Outcome(row_id, 2, "accept", now)]) == 1
    assert moves.settle(db, [moves.Outcome(row_id, 2, "accept", now)]) == 0


def test_a_late_reply_resolves_an_unknown_one_until_a_person_decides(db: Session, now: datetime) -> None:
    mailing = make_mailing(db, now, people=2)
    control.start(db, mailing, now)
    ids = moves.claim(db, mailing.id, terms_of(mailing).channel, "one", 10, now)
    assert moves.give_up(db, dict.fromkeys(ids, "digest"), "one", now) == 2
    assert moves.settle(db, [moves.Outcome(ids[0], 1, "accept", now)]) == 1
    assert moves.send_again(db, ids[1])
    assert moves.settle(db, [moves.Outcome(ids[1], 1, "accept", now)]) == 0
    assert states(db, mailing) == {State.ACCEPTED: 1, State.QUEUED: 1}
    assert [row.attempt for row in rows_of(db, mailing)] == [1, 1]
