"""A lane whose rows are given up while it lives: what it did and what it did not do both come out."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from campaign.clock import utc_now
from campaign.db import Database
from campaign.dispatch import control, sweep
from campaign.dispatch.gate import OpenGate
from campaign.dispatch.host import this_host
from campaign.dispatch.journal import journals_of
from campaign.dispatch.lane import Lane
from campaign.dispatch.lane_report import LaneReport, Stop
from campaign.dispatch.recovery import recover
from campaign.dispatch.transports.relay import Relay
from campaign.lab.sink import Sink, running
from campaign.models import DeliveryState, Mailing
from tests.dispatch.making import PlainWriter, make_mailing, states, terms_of

PEOPLE = 30
State = DeliveryState
HOUR = timedelta(hours=1)


def test_what_was_given_up_over_the_head_of_a_lane_is_given_back(
    database: Database, db: Session, tmp_path: Path
) -> None:
    """Another host's clock is an hour ahead: what this lane holds becomes unknown while it sends."""
    mailing = make_mailing(db, utc_now(), PEOPLE)
    control.start(db, mailing, utc_now())
    db.commit()
    host = this_host(tmp_path)
    with running(Sink()) as sink:
        given_up: list[int] = []

        def after_a_few() -> bool:
            if len(sink.accepted) >= 5 and not given_up:
                with database.write() as other:
                    given_up.append(sweep.sweep(other, utc_now() + HOUR).unknown)
            return bool(given_up)

        report = lane(database, mailing, sink, tmp_path, after_a_few)
        assert report.stop is Stop.ASKED
        assert given_up[0] > 0
        assert states(db, mailing)[State.UNKNOWN] == PEOPLE - len(sink.accepted)
        assert len(list(journals_of(host))) == 1, "who was given up is resolved by the journal"
        recover(database, host, utc_now())
        assert states(db, mailing) == {
            State.ACCEPTED: len(sink.accepted), State.QUEUED: PEOPLE - len(sink.accepted),
        }  # fmt: skip
        assert lane(database, mailing, sink, tmp_path).stop is Stop.DRAINED
        assert len({taken.recipient for taken in sink.accepted}) == len(sink.accepted) == PEOPLE
    assert states(db, mailing) == {State.ACCEPTED: PEOPLE}


def lane(
    database: Database, mailing: Mailing, sink: Sink, folder: Path, should_stop: object = lambda: False
) -> LaneReport:
    return Lane(
        database, terms_of(mailing), PlainWriter(), [Relay("127.0.0.1", sink.port)], this_host(folder),
        clock=utc_now, gate=OpenGate(1), local_name="test", should_stop=should_stop,  # type: ignore[arg-type]
    ).run()  # fmt: skip
