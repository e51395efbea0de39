"""A letter: into a print run, out of it, to the post."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from campaign.dispatch.moves.running import NO_LEASE, run, unheld
from campaign.dispatch.states import move
from campaign.models import Channel, Delivery
from campaign.models import DeliveryState as State


def requeue_letters(db: Session, now: datetime, owners: Sequence[str] | None = None) -> int:
    """Claims of print runs whose lease ran out: none of them was stored. Of these owners, if any are
    named. What a late run is storing at this moment is left to it."""
    dead = [Delivery.state == State.CLAIMED, Delivery.lease_until < now, Delivery.channel == Channel.LETTER]
    if owners is not None:
        dead.append(Delivery.lease_owner.in_(owners))
    return run(db, move("requeue_dead", by_id=True).where(unheld(db, *dead)).values(**NO_LEASE))


def to_print(db: Session, owner: str, print_run_id: int) -> int:
    """The rows that a print run claimed are in it. The run itself is stored in the same transaction."""
    held = move("print").where(Delivery.lease_owner == owner)
    return run(db, held.values(print_run_id=print_run_id, **NO_LEASE))


def unprint(db: Session, print_run_id: int) -> int:
    """The run was dropped: its letters wait for another."""
    dropped = move("unprint").where(Delivery.print_run_id == print_run_id)
    return run(db, dropped.values(print_run_id=None, sequence=None))


def post(db: Session, print_run_id: int, now: datetime) -> int:
    """The run was handed to the post."""
    posted = move("post").where(Delivery.print_run_id == print_run_id)
    return run(db, posted.values(attempt=Delivery.attempt + 1, settled_at=now))
