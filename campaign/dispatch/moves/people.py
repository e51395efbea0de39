"""A person's acts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from campaign.dispatch.moves.running import NO_LEASE, run
from campaign.dispatch.states import move
from campaign.models import Channel, Delivery


def cancel(db: Session, mailing_id: int, now: datetime) -> int:
    """What waits, and the letters that a print run only holds. E-mails in the hands of a lane are its own:
    it hears of the cancellation within a second and calls off what it has not begun."""
    rest = move("cancel").where(Delivery.mailing_id == mailing_id)
    held = move("call_off").where(Delivery.mailing_id == mailing_id, Delivery.channel == Channel.LETTER)
    waiting = run(db, rest.values(settled_at=now, **NO_LEASE))
    return waiting + run(db, held.values(settled_at=now, **NO_LEASE))


def count_as_sent(db: Session, row_id: int) -> bool:
    sent = move("count_as_sent").where(Delivery.id == row_id).values(reason="by hand", **NO_LEASE)
    return run(db, sent) == 1


def send_again(db: Session, row_id: int) -> bool:
    """The fence rises, so that a late reply to the first copy no longer counts."""
    again = move("send_again").where(Delivery.id == row_id)
    values = again.values(
        fence=Delivery.fence + 1, reason="", settled_at=None, next_attempt_at=None, **NO_LEASE
    )
    return run(db, values) == 1


def retry(db: Session, mailing_id: int, which: ColumnElement[bool]) -> int:
    """What failed for one of the reasons of `retry`. Attempts are counted anew, and the fence rises."""
    again = move("retry").where(Delivery.mailing_id == mailing_id, which)
    values = again.values(
        attempt=0,
        fence=Delivery.fence + 1,
        reason="",
        smtp_code=None,
        smtp_reply="",
        settled_at=None,
        next_attempt_at=None,
    )
    return run(db, values)
