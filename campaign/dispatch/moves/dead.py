"""A claim of the dead: decided by its host's journal, or given up without it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, select, update
from sqlalchemy.orm import Session

from campaign.dispatch.moves.running import NO_LEASE, run, unheld
from campaign.dispatch.states import move
from campaign.models import Channel, Delivery
from campaign.models import DeliveryState as State

AWAY = "host_away"
"""Why it was given up: nobody could read the journal."""
LOST = "lease"
"""Why it was given up: by its journal it may have been ended."""


def held_by(db: Session, owner: str) -> dict[int, tuple[int, State]]:
    """Rows that this owner holds, or held when they were given up: their fence and state."""
    held = select(Delivery.id, Delivery.fence, Delivery.state).where(
        Delivery.lease_owner == owner, Delivery.state.in_((State.CLAIMED, State.UNKNOWN))
    )
    return {row_id: (fence, state) for row_id, fence, state in db.connection().execute(held)}


def requeue_dead(db: Session, row_ids: Sequence[int], owner: str) -> int:
    """Claims that were surely not ended."""
    dead = move("requeue_dead").where(Delivery.id.in_(row_ids), Delivery.lease_owner == owner)
    return run(db, dead.values(**NO_LEASE))


def give_up(db: Session, digests: Mapping[int, str], owner: str, now: datetime) -> int:
    """Claims that may have been ended, with the hashes of their bodies ('' when not known). Owner and fence
    stay: a late reply, or journal, may still resolve them."""
    moved = 0
    for row_id, digest in digests.items():
        lost = move("give_up").where(Delivery.id == row_id, Delivery.lease_owner == owner)
        moved += run(db, lost.values(body_sha256=digest, **_given_up(LOST, now)))
    return moved


def heard_of(db: Session, digests: Mapping[int, str], owner: str) -> int:
    """Given up while their host was away, and by its journal they may have been ended: they stay unknown, now
    for what it says of them."""
    named = 0
    for row_id, digest in digests.items():
        given_up = (Delivery.state == State.UNKNOWN, Delivery.reason == AWAY, Delivery.lease_owner == owner)
        heard = update(Delivery).values(reason=LOST, body_sha256=digest)
        named += run(db, heard.where(Delivery.id == row_id, *given_up))
    return named


def leases_over(db: Session, before: datetime, letters_before: datetime) -> list[tuple[str, datetime]]:
    """Owners whose leases ended before then, by channel, and when the last of these leases did."""
    ended = case(
        (Delivery.channel == Channel.EMAIL, Delivery.lease_until < before),
        else_=Delivery.lease_until < letters_before,
    )
    over = select(Delivery.lease_owner, func.max(Delivery.lease_until)).where(
        Delivery.state == State.CLAIMED, Delivery.lease_until < max(before, letters_before), ended
    )
    found = db.execute(over.group_by(Delivery.lease_owner))
    return [(owner, until) for owner, until in found if until is not None]


def give_up_away(db: Session, before: datetime, now: datetime, owners: Sequence[str] | None = None) -> int:
    """E-mails whose lease ended before then: their host has been away for so long. Of these owners, if any
    are named. What a late word is deciding at this moment is left to it."""
    away = [Delivery.state == State.CLAIMED, Delivery.lease_until < before, Delivery.channel == Channel.EMAIL]
    if owners is not None:
        away.append(Delivery.lease_owner.in_(owners))
    return run(db, move("give_up", by_id=True).where(unheld(db, *away)).values(**_given_up(AWAY, now)))


def give_back(db: Session, row_ids: Sequence[int], owner: str) -> int:
    """Given up while their host was away, and by its journal not ended. No attempt was used up."""
    back = move("give_back").where(
        Delivery.id.in_(row_ids), Delivery.lease_owner == owner, Delivery.reason == AWAY
    )
    values = {"attempt": Delivery.attempt - 1, "reason": "", "settled_at": None}
    return run(db, back.values(**values, **NO_LEASE))


def restored(db: Session, now: datetime) -> int:
    """What senders held when the backup was made: they may have ended it since."""
    held = move("restored")
    values = held.values(reason="restored", settled_at=now, fence=Delivery.fence + 1, **NO_LEASE)
    return run(db, values)


def _given_up(reason: str, now: datetime) -> dict[str, Any]:
    return {"attempt": Delivery.attempt + 1, "reason": reason, "settled_at": now, "lease_until": None}
