"""Servers that keep to the letter of SMTP, and not to what one expects of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from smtplib import SMTP

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from campaign.db import Database
from campaign.dispatch.lane_report import Stop
from campaign.dispatch.transports import channel as channels
from campaign.dispatch.transports.dialogue import Offers
from campaign.dispatch.transports.relay import Relay
from campaign.dispatch.transports.smtp import Connection, Down, Envelope, Timeouts
from campaign.lab.sink import DROP, Sink, running
from campaign.models import Delivery
from campaign.models import DeliveryState as State
from tests.dispatch.making import rows_of, states
from tests.dispatch.test_lane_connections import send, started

ENOUGH = "421 4.7.0 that was enough"


@pytest.mark.parametrize("most", [1, 3])
@pytest.mark.parametrize("farewell", [ENOUGH, DROP])
def test_a_server_that_takes_so_many_a_connection_puts_nobody_off(
    database: Database, db: Session, tmp_path: Path, farewell: str, most: int
) -> None:
    """Several connections come to their end at the same time, so a message may meet one after the other."""
    mailing = started(db, 60)
    with running(Sink()) as sink:
        sink.most, sink.farewell = most, farewell
        report = send(database, mailing, tmp_path, sink.port, connections=6)
    assert report.stop is Stop.DRAINED, report.detail
    assert states(db, mailing) == {State.ACCEPTED: 60}
    assert len(sink.accepted) == 60


def test_a_server_that_refuses_to_begin_afresh_refuses_nobody_else(
    database: Database, db: Session, tmp_path: Path
) -> None:
    """It says no to p5, then to the RSET after it; p6 is on its way by then and was not meant."""
    mailing = started(db, 12)
    with running(Sink()) as sink:
        acts = {("rcpt", "p5@example.com"): "550 5.1.1 no such user", ("rset", ""): "502 no such command"}
        sink.faults = lambda phase, to: acts.get((phase, to))
        send(database, mailing, tmp_path, sink.port, connections=1)
    assert states(db, mailing) == {State.ACCEPTED: 11, State.REJECTED: 1}
    assert [row.address for row in rows_of(db, mailing) if row.state is State.REJECTED] == ["p5@example.com"]


STARTTLS_FIRST = "530 5.7.0 Must issue a STARTTLS command first"


def test_a_server_that_lets_nobody_in_rejects_nobody(database: Database, db: Session, tmp_path: Path) -> None:
    """A setting is wrong, or a password has lapsed: no word on any of the messages."""
    mailing = started(db, 12)
    with running(Sink()) as sink:
        sink.faults = lambda phase, _to: STARTTLS_FIRST if phase == "mail" else None
        report = send(database, mailing, tmp_path, sink.port, connections=4)
    assert report.stop is Stop.DOWN
    assert STARTTLS_FIRST in report.detail
    assert report.worked == set()
    assert states(db, mailing) == {State.QUEUED: 12}
    assert {row.attempt for row in rows_of(db, mailing)} == {0}


def test_another_server_takes_what_one_lets_in_from_nobody(
    database: Database, db: Session, tmp_path: Path
) -> None:
    """The one connection goes to the heavier of the two first."""
    mailing = started(db, 12)
    with running(Sink()) as closed, running(Sink()) as open_to_us:
        closed.faults = lambda phase, _to: STARTTLS_FIRST if phase == "mail" else None
        heavy = Relay("127.0.0.1", closed.port, weight=2)
        report = send(database, mailing, tmp_path, open_to_us.port, heavy, connections=1)
    assert report.stop is Stop.DRAINED
    assert list(report.down) == [f"127.0.0.1:{closed.port}"]
    assert states(db, mailing) == {State.ACCEPTED: 12}


def test_a_single_mail_is_not_refused_by_a_server_that_lets_nobody_in() -> None:
    with running(Sink()) as sink:
        sink.faults = lambda phase, _to: STARTTLS_FIRST if phase == "mail" else None
        connection = Connection(Relay("127.0.0.1", sink.port), "test", Timeouts(60, 60, 60))
        with pytest.raises(Down, match="STARTTLS"):
            connection.open(Envelope("a@example.com", "b@example.com"))
        connection.abort()


@pytest.mark.parametrize("lacks", ["size", "smtputf8"])
def test_what_one_server_cannot_take_goes_over_another_that_can(
    database: Database, db: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lacks: str
) -> None:
    mailing = started(db, 12)
    if lacks == "smtputf8":
        db.execute(update(Delivery).where(Delivery.id < 7).values(address="nguyễn@example.com"))
        db.commit()
    with running(Sink()) as poor, running(Sink()) as rich:
        real = channels._offers

        def offers(smtp: SMTP) -> Offers:
            """Of the poor one it does not know SMTPUTF8."""
            assert smtp.sock is not None
            found = real(smtp)
            is_poor = smtp.sock.getpeername()[1] == poor.port
            return replace(found, smtputf8=False) if is_poor and lacks == "smtputf8" else found

        monkeypatch.setattr(channels, "_offers", offers)
        poor.size_limit = 10 if lacks == "size" else 0
        report = send(database, mailing, tmp_path, poor.port, rich.port, connections=4)
    assert report.stop is Stop.DRAINED
    assert states(db, mailing) == {State.ACCEPTED: 12}
    taken = {taken.recipient for taken in poor.accepted}
    assert taken == set() if lacks == "size" else all(map(str.isascii, taken))
