"""What waits: for its time, for its deadline, or in a mailing that a person cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from campaign.dispatch.moves.running import run
from campaign.dispatch.states import move
from campaign.models import Delivery, Mailing, MailingState
from campaign.models import DeliveryState as State

# a cancelled mailing whose rows are not all back after this long is looked at no more
RETURN_WITHIN = timedelta(days=7)


def requeue_due(db: Session, now: datetime) -> int:
    """Deferred rows whose time has come."""
    return run(db, move("requeue_due").where(Delivery.next_attempt_at <= now))


def wake(
    db: Session, reasons: Sequence[str], after: int, size: int, now: datetime
) -> tuple[list[int], set[int]]:
    """The next `size` rows behind the id `after` that rest for one of these reasons, whatever their time.

    Answers their ids in order, and those of their mailings.
    """
    resting = (
        select(Delivery.id)
        .join(Mailing, Mailing.id == Delivery.mailing_id)
        .where(
            Mailing.state.in_((MailingState.RUNNING, MailingState.PAUSED)),
            Delivery.state == State.DEFERRED,
            Delivery.reason.in_(reasons),
            Delivery.next_attempt_at > now,
            Delivery.id > after,
        )
        .order_by(Delivery.id)
        .limit(size)
        # what somebody else is moving needs no waking
        .with_for_update(of=Delivery, skip_locked=True)
        .cte("resting")
    )
    woken = move("wake").where(Delivery.id.in_(select(resting.c.id))).values(next_attempt_at=now)
    rows = db.connection().execute(woken.returning(Delivery.id, Delivery.mailing_id)).all()
    return sorted(row[0] for row in rows), {row[1] for row in rows}


def expire(db: Session, now: datetime) -> int:
    """What waits in open mailings past their deadline."""
    open_states = (MailingState.RUNNING, MailingState.PAUSED)
    past = select(Mailing.id).where(Mailing.state.in_(open_states), Mailing.deadline < now)
    # the rest of a test waits for its winner, not for a server: it gets a deadline with its hour
    timed = or_(Delivery.state == State.QUEUED, Delivery.next_attempt_at.is_not(None))
    late = move("expire").where(Delivery.mailing_id.in_(past), timed)
    return run(db, late.values(reason="deadline", settled_at=now))


def cancel_returned(db: Session, now: datetime) -> int:
    """What came back from lanes, or from the dead, after its mailing was cancelled."""
    cancelled = select(Mailing.id).where(
        Mailing.state == MailingState.CANCELLED, Mailing.finished_at > now - RETURN_WITHIN
    )
    return run(db, move("cancel").where(Delivery.mailing_id.in_(cancelled)).values(settled_at=now))
