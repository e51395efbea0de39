"""Each recipient's local hour: planned in one statement a chunk, sent by the sweeper when it comes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from campaign.db import Database
from campaign.dispatch import control, hours, plan, sweep
from campaign.dispatch.timing import Late, Timing
from campaign.models import AudienceMember, Contact, DeliveryState, Mailing, MemberPart
from tests.dispatch.making import make_mailing, rows_of

State = DeliveryState
# noon in Hà Nội; the hour is nine
NOON = datetime(2026, 3, 10, 5, 0, tzinfo=UTC)
NINE = datetime.fromisoformat("2026-03-10T09:00")
HOMES = [
    ("Asia/Ho_Chi_Minh", "VN"),  # passed
    ("America/New_York", "US"),
    ("", "FR"),  # by country
    ("nowhere", "XX"),  # by the house
    ("Asia/Ho_Chi_Minh", "VN"),
]


def mailing_at(db: Session, late: Late) -> Mailing:
    mailing = make_mailing(db, NOON, people=len(HOMES))
    for contact, (zone, country) in zip(db.scalars(select(Contact).order_by(Contact.id)), HOMES, strict=True):
        contact.time_zone, contact.country = zone, country
    mailing.timing = Timing(NINE, "Asia/Ho_Chi_Minh", NOON, each=True, late=late).to_json()
    db.commit()
    return mailing


def test_everybody_waits_for_their_own_nine(db: Session) -> None:
    mailing = mailing_at(db, Late.NEXT_DAY)
    control.start(db, mailing, NOON)
    tomorrow = datetime(2026, 3, 11, 2, 0, tzinfo=UTC)
    assert [(row.state, row.next_attempt_at) for row in rows_of(db, mailing)] == [
        (State.DEFERRED, tomorrow),
        (State.DEFERRED, datetime(2026, 3, 10, 13, 0, tzinfo=UTC)),
        (State.DEFERRED, datetime(2026, 3, 10, 8, 0, tzinfo=UTC)),
        (State.DEFERRED, tomorrow),
        (State.DEFERRED, tomorrow),
    ]


def test_those_whose_nine_has_passed_go_at_once_when_so_chosen(db: Session) -> None:
    mailing = mailing_at(db, Late.AT_ONCE)
    control.start(db, mailing, NOON)
    found = [row.state for row in rows_of(db, mailing)]
    assert found == [State.QUEUED, State.DEFERRED, State.DEFERRED, State.QUEUED, State.QUEUED]


def test_the_sweeper_queues_each_at_the_hour(db: Session) -> None:
    mailing = mailing_at(db, Late.NEXT_DAY)
    control.start(db, mailing, NOON)
    db.commit()
    for moment, queued in ((3, 1), (8, 2), (21, 5)):
        sweep.sweep(db, NOON + timedelta(hours=moment))
        db.commit()
        assert sum(row.state is State.QUEUED for row in rows_of(db, mailing)) == queued


def test_the_deadline_leaves_everybody_two_days(db: Session) -> None:
    mailing = mailing_at(db, Late.NEXT_DAY)
    hour = Timing(NINE, "Asia/Ho_Chi_Minh", NOON, each=True)
    last = plan.last_hour(db, mailing.audience_id, hour, NOON)
    assert last == datetime(2026, 3, 11, 2, 0, tzinfo=UTC)
    assert plan.last_hour(db, mailing.audience_id, None, NOON) == NOON
    assert next(iter(hours.moments(db, hours.everybody(mailing.audience_id), hour))) == datetime(
        2026, 3, 10, 8, 0, tzinfo=UTC
    )


@pytest.mark.parametrize("size", [2, 100])
def test_a_chunk_is_one_insert_whatever_the_zones(database: Database, db: Session, size: int) -> None:
    mailing = mailing_at(db, Late.NEXT_DAY)
    mailing.started_at = NOON
    db.flush()
    inserts: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("INSERT INTO delivery"):
            inserts.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    made = plan.plan_chunk(db, mailing, size=size)
    event.remove(database.engine, "before_cursor_execute", note)
    assert made == min(size, len(HOMES))
    assert len(inserts) == 1


def test_who_is_held_out_gets_no_row_and_the_rest_of_a_test_no_hour(db: Session) -> None:
    mailing = mailing_at(db, Late.NEXT_DAY)
    parts = [MemberPart.HELD_OUT, MemberPart.REST, MemberPart.SAMPLE, MemberPart.HELD_OUT, MemberPart.SAMPLE]
    for member, part in zip(
        db.scalars(select(AudienceMember).order_by(AudienceMember.id)), parts, strict=True
    ):
        member.part = part
    control.start(db, mailing, NOON)
    db.commit()
    rows = rows_of(db, mailing)
    assert [(row.state, row.next_attempt_at is None) for row in rows] == [
        (State.DEFERRED, True),
        (State.DEFERRED, False),
        (State.DEFERRED, False),
    ]
    assert plan.is_complete(db, mailing)
    # the rest waits for its winner even past the deadline
    sweep.sweep(db, mailing.deadline + timedelta(hours=1))
    db.commit()
    assert rows_of(db, mailing)[0].state is State.DEFERRED
