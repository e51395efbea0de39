"""The rest of a test: it waits for the winner without a time."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Select, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from campaign.dispatch.moves.running import run
from campaign.models import Delivery
from campaign.models import DeliveryState as State

_WAITS = (Delivery.state == State.DEFERRED, Delivery.next_attempt_at.is_(None))


def waits_for_winner(db: Session, mailing_id: int) -> bool:
    """Whether rows of a test's rest still have no hour."""
    found = select(Delivery.id).where(Delivery.mailing_id == mailing_id, *_WAITS).limit(1)
    return db.scalar(found) is not None


def of_rest(mailing_id: int, size: int, column: InstrumentedAttribute[int] = Delivery.id) -> Select[int]:
    """The next `size` rows of a test's rest that have no hour: their ids, or another column."""
    waiting = select(column).where(Delivery.mailing_id == mailing_id, *_WAITS)
    return waiting.order_by(Delivery.id).limit(size)


def let_go(
    db: Session, mailing_id: int, variant: ColumnElement[int], hour: ColumnElement[datetime], size: int
) -> int:
    """The next `size` rows of a test's rest get the winner's variant and an hour; the sweeper queues them
    then. Changes no state."""
    rest = update(Delivery).where(Delivery.id.in_(of_rest(mailing_id, size)))
    return run(db, rest.values(variant_id=variant, next_attempt_at=hour))
