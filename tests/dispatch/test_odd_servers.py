"""Servers that keep to the letter of SMTP, and not to what one expects of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from campaign.db import Database
from campaign.dispatch.lane_report import Stop
from campaign.lab.sink import DROP, Sink, running
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
