"""Recording what became of attempts, with what follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.contacts import suppression
from campaign.dispatch import control, moves
from campaign.dispatch.moves import Outcome
from campaign.models import Delivery, SuppressionReason


def record(db: Session, outcomes: Sequence[Outcome], now: datetime) -> int:
    """Settle the rows, and write no more to addresses that do not exist; how many rows moved.

    A late "try later" of a row that was given up as unknown has its mailing go on."""
    deferred = [one.row_id for one in outcomes if one.transition == "defer"]
    with control.held_open(db, deferred, now):
        moved = moves.settle(db, outcomes)
    dead = {one.row_id: one for one in outcomes if one.dead_address}
    if dead:
        addresses = select(Delivery.id, Delivery.channel, Delivery.address_key).where(Delivery.id.in_(dead))
        for row_id, channel, key in db.execute(addresses).all():
            suppression.suppress(
                db, channel, key, SuppressionReason.BOUNCED, source="smtp", now=dead[row_id].at
            )
    return moved
