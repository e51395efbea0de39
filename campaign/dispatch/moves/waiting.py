"""What waits: for its time, for its deadline, or in a mailing that a person cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from campaign.dispatch.moves.running import run
from campaign.dispatch.states import move, of_mailings
from campaign.models import Channel, Delivery, Mailing, MailingState
from campaign.models import DeliveryState as State

# a cancelled mailing whose rows are not all back after this long is looked at no more
RETURN_WITHIN = timedelta(days=7)
_OPEN = (MailingState.RUNNING, MailingState.PAUSED)


def requeue_due(db: Session, now: datetime) -> int:
    """Deferred rows whose time has come."""
    going = _mailings(db, Mailing.state.in_((MailingState.PLANNED, *_OPEN)))
    due = move("requeue_due").where(of_mailings(going), Delivery.next_attempt_at <= now)
    return run(db, due) if going else 0


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
            Mailing.state.in_(_OPEN),
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
    """E-mail that waits in running mailings past their deadline. A letter waits for a person who prints, and
    what is paused for one who lets it go on."""
    past = _mailings(db, Mailing.state == MailingState.RUNNING, Mailing.deadline < now)
    by_email = and_(Delivery.mailing_id.in_(past), Delivery.channel == Channel.EMAIL)
    # the rest of a test waits for its winner, not for a server: it gets a deadline with its hour
    timed = or_(Delivery.state == State.QUEUED, Delivery.next_attempt_at.is_not(None))
    late = move("expire").where(by_email, timed).values(reason="deadline", settled_at=now)
    return run(db, late) if past else 0


def cancel_returned(db: Session, now: datetime) -> int:
    """What came back from lanes, or from the dead, after its mailing was cancelled."""
    cancelled = _mailings(
        db, Mailing.state == MailingState.CANCELLED, Mailing.finished_at > now - RETURN_WITHIN
    )
    back = move("cancel").where(of_mailings(cancelled)).values(settled_at=now)
    return run(db, back) if cancelled else 0


def _mailings(db: Session, *which: ColumnElement[bool]) -> Sequence[int]:
    """Asked first: they are few, and from a subquery a planner would read what waits in all mailings, by the
    whole index."""
    return db.scalars(select(Mailing.id).where(*which)).all()
