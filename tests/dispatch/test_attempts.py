"""What became of attempts, as both databases write it down."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from campaign.dispatch import moves, plan
from campaign.dispatch.moves import ATTEMPTS, Outcome
from campaign.models import Delivery, DeliveryState
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
