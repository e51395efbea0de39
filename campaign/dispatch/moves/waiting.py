"""What waits: for its time, for its deadline, or in a mailing that a person cancelled."""

from __future__ import annotations

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
