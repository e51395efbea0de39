"""A claim: taken, kept, given back, refused before it was tried."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, bindparam, case, func, select, tuple_, update
from sqlalchemy.orm import Session

from campaign.db import driver_rows
from campaign.dispatch.moves import erased
from campaign.dispatch.moves.running import NO_LEASE, run, unheld
from campaign.dispatch.states import LEASE, move
from campaign.models import Channel, Delivery, Mailing, MailingState
from campaign.models import DeliveryState as State

_NEXT = (
    select(Delivery.id)
    .where(
        Delivery.mailing_id == bindparam("mailing"),
        Delivery.channel == bindparam("on_channel"),
        Delivery.state == State.QUEUED,
    )
    # the order of the index, so that no claim sorts what is left
    .order_by(Delivery.next_attempt_at)
    .limit(bindparam("size"))
    # other lanes step over what this one is taking; SQLite has one writer at a time anyway
    .with_for_update(skip_locked=True)
    # picked once: as a plain subquery PostgreSQL may ask for it again and again, each time for other rows
    .cte("picked")
)
_DATED = bindparam("dated", type_=Delivery.dated_at.type)
_CLAIM = (
    move("claim")
    .where(Delivery.id.in_(select(_NEXT.c.id)))
    .values(
        fence=Delivery.fence + 1,
        lease_owner=bindparam("owner"),
        lease_until=bindparam("until"),
        # of the first attempt: who was claimed and had to wait, for a limit or for days, gets no old mail
        dated_at=case((Delivery.attempt > 0, func.coalesce(Delivery.dated_at, _DATED)), else_=_DATED),
    )
    .returning(Delivery.id)
)


def claim(
    db: Session, mailing_id: int, channel: Channel, owner: str, size: int, now: datetime
) -> Sequence[int]:
    """Take up to `size` queued rows for `owner`, in one statement; their ids."""
    values = {
        "mailing": mailing_id,
        "on_channel": channel,
        "owner": owner,
        "size": size,
        "until": now + LEASE,
        "dated": now.replace(microsecond=0),
    }
    return sorted([row_id for (row_id,) in driver_rows(db.connection().execute(_CLAIM, values))])


def suppress(db: Session, row_ids: Sequence[int], reason: str, now: datetime, owner: str) -> int:
    """Rows that this owner claimed and has not begun, whose people may no longer be written to."""
    statement = move("suppress").where(Delivery.id.in_(row_ids), Delivery.lease_owner == owner)
    if reason == erased.REASON:
        erased.empty(db, row_ids)
    return run(db, statement.values(reason=reason, settled_at=now, **NO_LEASE))


LIMITED = "limit"
"""`Delivery.reason` of what waits for a limit."""


Held = tuple[int, int]
"""A claim: its row and fence. Whoever repeats a transaction whose end was lost must not take a later claim of
the same row for it."""


def postpone(db: Session, claims: Sequence[Held], until: datetime, reason: str, owner: str) -> int:
    """What this owner claimed and has not begun, and may not begin before then."""
    statement = move("postpone").where(_are(claims), Delivery.lease_owner == owner)
    return run(db, statement.values(next_attempt_at=until, reason=reason, **NO_LEASE))


def rest(db: Session, rows: Sequence[int] | Select[int], until: datetime, reason: str) -> int:
    """Rows that wait for an hour, by their ids; no attempt is used up."""
    statement = move("rest").where(Delivery.id.in_(rows))
    return run(db, statement.values(next_attempt_at=until, reason=reason, **NO_LEASE))


def put_back(db: Session, claims: Sequence[Held], owner: str) -> int:
    """What this owner claimed and has not begun: anybody may claim it again."""
    held = move("release").where(_are(claims), Delivery.lease_owner == owner)
    return run(db, held.values(**NO_LEASE))


def _are(claims: Sequence[Held]) -> ColumnElement[bool]:
    return tuple_(Delivery.id, Delivery.fence).in_(claims)


def release(db: Session, owner: str, now: datetime) -> int:
    """Put back what this owner holds and has not tried; what belongs to a cancelled mailing is called off."""
    cancelled = select(Mailing.id).where(Mailing.state == MailingState.CANCELLED)
    off = move("call_off").where(Delivery.lease_owner == owner, Delivery.mailing_id.in_(cancelled))
    held = move("release").where(Delivery.lease_owner == owner)
    called_off = run(db, off.values(settled_at=now, **NO_LEASE))
    return called_off + run(db, held.values(**NO_LEASE))


def renew(db: Session, owner: str, now: datetime) -> int:
    """A sign of life: the owner's claimed rows get a fresh lease. Changes no state. Those whose outcomes its
    other thread is writing down need none."""
    held = unheld(db, Delivery.lease_owner == owner, Delivery.state == State.CLAIMED)
    return run(db, update(Delivery).where(held).values(lease_until=now + LEASE))
