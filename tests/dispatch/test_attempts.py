"""What became of attempts, as both databases write it down."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from campaign.dispatch import moves, plan
from campaign.dispatch.moves import ATTEMPTS, Outcome
from campaign.models import Channel, Delivery, DeliveryState
from tests.dispatch.making import make_mailing, rows_of

REPLIES = [
    "", " ", "NULL", "null", '2.0.0 "quoted"', "back\\slash\\", '\\"', "{a,b}", "a,b", "}", "'",
    "%s %(x)s :x", "xin chào 你好 🙂", "two\nlines\r\n", "\t\x01\x7f", "x" * 700, "é" * 700,
]  # fmt: skip


def test_whatever_a_server_says_is_written_down_as_it_was_said(db: Session, now: datetime) -> None:
    mailing = make_mailing(db, now, people=len(REPLIES))
    plan.plan(db, mailing)
    for transition in ATTEMPTS:
        claimed = {"state": DeliveryState.CLAIMED, "fence": 7, "attempt": 0}
        db.execute(update(Delivery).where(Delivery.mailing_id == mailing.id).values(**claimed))
        outcomes = [
            Outcome(
                row.id,
                7,
                transition,
                now + timedelta(microseconds=place),
                reason=reply[:60],
                code=None if place % 2 else 250 + place,
                reply=reply,
                next_attempt_at=now + timedelta(hours=1) if transition == "defer" else None,
                body_sha256="" if place % 3 else f"{place:064}",
            )
            for place, (row, reply) in enumerate(zip(rows_of(db, mailing), REPLIES, strict=True))
        ]
        assert moves.settle(db, outcomes) == len(outcomes)
        db.expire_all()
        for row, outcome in zip(rows_of(db, mailing), outcomes, strict=True):
            assert row.smtp_reply == outcome.reply[: moves.REPLY_LENGTH]
            assert (row.reason, row.smtp_code, row.body_sha256) == (
                outcome.reason,
                outcome.code,
                outcome.body_sha256,
            )
            assert row.next_attempt_at == outcome.next_attempt_at
            assert row.settled_at == (None if transition == "defer" else outcome.at)
        assert moves.settle(db, outcomes) == 0


def test_who_waits_for_a_limit_gets_a_message_of_the_day_on_which_it_leaves(
    db: Session, now: datetime
) -> None:
    """A warm-up lets a lane look at everybody on the first day, and at the last ones weeks before their turn:
    filters mistrust a Date that lies days back."""
    mailing = make_mailing(db, now, people=1)
    plan.plan(db, mailing)
    (first,) = moves.claim(db, mailing.id, Channel.EMAIL, "lane", 1, now)
    moves.postpone(db, [(first, 1)], now + timedelta(days=20), moves.LIMITED, "lane")
    later = now + timedelta(days=20)
    assert moves.requeue_due(db, later) == 1
    moves.claim(db, mailing.id, Channel.EMAIL, "lane", 1, later)
    (row,) = rows_of(db, mailing)
    assert row.dated_at == later.replace(microsecond=0)
    # what a server has answered stays the same message
    outcome = Outcome(row.id, row.fence, "defer", later, next_attempt_at=later + timedelta(hours=1))
    assert moves.settle(db, [outcome]) == 1
    assert moves.requeue_due(db, later + timedelta(hours=1)) == 1
    moves.claim(db, mailing.id, Channel.EMAIL, "lane", 1, later + timedelta(hours=1))
    (row,) = rows_of(db, mailing)
    assert row.dated_at == later.replace(microsecond=0)
