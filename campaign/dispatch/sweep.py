"""Mending what crashes leave behind, and moving on what waits: run by the beat every few seconds.

Everything here may run twice, late or not at all for a while: the rows say what is to be done. What dead
lanes held is decided by their own hosts (`recovery`); here only what no host spoke for in time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from campaign.dispatch import control, moves
from campaign.dispatch import plan as planning
from campaign.dispatch.host import boot_seconds
from campaign.dispatch.lease import READ_AFTER
from campaign.dispatch.states import unsettled
from campaign.models import Channel, Delivery, DeliveryState, Mailing, MailingState

# a host whose claims have been over for so long is away: what it held is unknown until its journal says more
HOST_AWAY = timedelta(minutes=15)


@dataclass
class Swept:
    """What one round did: rows moved by kind, mailings started and finished."""

    requeued: int = 0
    unknown: int = 0
    due: int = 0
    expired: int = 0
    cancelled: int = 0
    planned: int = 0
    started: list[int] = field(default_factory=list)
    finished: list[int] = field(default_factory=list)

    def __bool__(self) -> bool:
        return any(vars(self).values())


class Watch:
    """Tells hosts that are away from clocks that are wrong.

    By the clock of the wall a lease may have ended an hour ago because that clock, or the lane's, was set;
    but a lane that lives renews it, and of one that does not its host reads the journal. So nobody is given
    up who was not seen to renew nothing for so long that a host that is there would have spoken
    (`READ_AFTER`), by the clock that nobody sets.
    """

    def __init__(self) -> None:
        self._seen: dict[str, tuple[datetime, float]] = {}
        self._looked = 0.0

    def silent(self, db: Session, before: datetime, letters_before: datetime) -> list[str]:
        """Whose leases ended before then (those of print runs: before the other moment) and have stayed as
        they are for so long."""
        now, least = boot_seconds(), READ_AFTER
        if now - self._looked > least:
            self._seen.clear()  # who did not look has seen nothing
        self._looked = now
        known, self._seen = self._seen, {}
        for owner, until in moves.leases_over(db, before, letters_before):
            then = known.get(owner)
            self._seen[owner] = then if then and then[0] == until else (until, now)
        return [owner for owner, (_, since) in self._seen.items() if now - since >= least]


def sweep(db: Session, now: datetime, host_away: timedelta = HOST_AWAY, watch: Watch | None = None) -> Swept:
    """One round. The caller holds the beat's lock and commits. Without a watch, which takes many rounds, the
    wall's clock alone says who is away."""
    before = now - host_away
    silent = watch.silent(db, before, now) if watch else None
    swept = Swept(
        requeued=moves.requeue_letters(db, now, silent),
        unknown=moves.give_up_away(db, before, now, silent),
        due=moves.requeue_due(db, now),
        cancelled=moves.cancel_returned(db, now),
    )
    plan_on(db, swept)
    swept.expired = moves.expire(db, now)
    _finish(db, swept, now)
    return swept


def plan_on(db: Session, swept: Swept) -> bool:
    """One chunk of each mailing that was started and whose rows are not all made; whether there was any."""
    before = swept.planned
    waiting = select(Mailing).where(Mailing.state == MailingState.PLANNED, Mailing.started_at.is_not(None))
    for mailing in db.scalars(waiting).all():
        made = planning.plan_chunk(db, mailing)
        swept.planned += made
        if not made and control.run_when_complete(db, mailing):
            swept.started.append(mailing.id)
    return swept.planned > before


def _finish(db: Session, swept: Swept, now: datetime) -> None:
    """Running mailings with nothing left to do. One that somebody else holds (a late word, before it moves
    rows) is left to the next round: we hold rows by now, and who holds both kinds took the mailing first."""
    done = select(Mailing).where(Mailing.state == MailingState.RUNNING, ~unsettled(Mailing.id))
    done = done.order_by(Mailing.id).with_for_update(key_share=True, skip_locked=True)
    for mailing in db.scalars(done).all():
        if control.finish(db, mailing, now):
            swept.finished.append(mailing.id)


def to_ring(db: Session, channel: Channel = Channel.EMAIL) -> list[int]:
    """Mailings with something waiting for a lane or a print run."""
    waiting = exists().where(
        Delivery.mailing_id == Mailing.id,
        Delivery.channel == channel,
        Delivery.state == DeliveryState.QUEUED,
    )
    running = select(Mailing.id).where(Mailing.state == MailingState.RUNNING, waiting)
    return list(db.scalars(running.order_by(Mailing.id)))
