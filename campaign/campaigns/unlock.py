"""Opening the lock of a restored or copied database: what was under way stops first, so that a person
decides for each mailing whether it goes on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from campaign import audit
from campaign.campaigns import life, states
from campaign.config import Settings
from campaign.dispatch import control, lock, moves, plan
from campaign.errors import Refused
from campaign.models import Account, Campaign, CampaignState, Delivery, DeliveryState, Mailing, MailingState


@dataclass(frozen=True)
class InFlight:
    """What an unlocking would stop, or has stopped."""

    mailings: int
    """Running, or being planned: they are paused."""
    waiting: int
    """Their queued and deferred rows; some may have been sent after the backup."""
    held: int
    """Rows in a sender's hands at the backup: they become unknown, and are listed for a person."""
    scheduled: int
    """Campaigns that start by themselves at their time."""


def in_flight(db: Session) -> InFlight:
    """What the database says was going on."""
    moving = select(Mailing.id).where(_moving())
    return InFlight(
        mailings=_count(db, select(func.count()).select_from(Mailing).where(_moving())),
        waiting=_rows(db, (DeliveryState.QUEUED, DeliveryState.DEFERRED), moving),
        held=_rows(db, (DeliveryState.CLAIMED,)),
        scheduled=_count(
            db, select(func.count()).select_from(Campaign).where(Campaign.state == CampaignState.SCHEDULED)
        ),
    )


def unlock(db: Session, settings: Settings, actor: Account | None, now: datetime) -> InFlight:
    """The database belongs to this installation from now on; Refused when it does already. `actor` is None
    at the command line."""
    locked = lock.look(db, settings)
    if locked is None:
        raise Refused("dispatch-not-locked")
    found = in_flight(db)
    moves.restored(db, now)
    for mailing in db.scalars(select(Mailing).where(_moving())).all():
        _stop(db, mailing, now, actor)
    lock.hand_to(db, settings, now)
    audit.record(
        db,
        actor,
        "dispatch.unlock",
        "installation",
        settings.system_id,
        now,
        restored=locked.restored,
        backup_made_at=locked.backup_made_at.isoformat() if locked.backup_made_at else None,
        paused=found.mailings,
        unknown=found.held,
    )
    return found


def _stop(db: Session, mailing: Mailing, now: datetime, actor: Account | None) -> None:
    """Paused, with all its rows, so that it can be resumed as a whole."""
    if mailing.state is MailingState.PLANNED:
        plan.plan(db, mailing)
        if not control.run_when_complete(db, mailing):
            return
    control.pause(db, mailing, now, actor)
    campaign = db.get(Campaign, mailing.campaign_id) if mailing.campaign_id else None
    if campaign is not None and states.can(campaign, "pause") and life.mailing_of(db, campaign) is mailing:
        states.move(db, campaign, "pause", actor, now, why="unlock")


def _moving() -> ColumnElement[bool]:
    started = (Mailing.state == MailingState.PLANNED) & Mailing.started_at.is_not(None)
    return (Mailing.state == MailingState.RUNNING) | started


def _rows(db: Session, among: tuple[DeliveryState, ...], mailings: Select[int] | None = None) -> int:
    rows = select(func.count()).select_from(Delivery).where(Delivery.state.in_(among))
    return _count(db, rows if mailings is None else rows.where(Delivery.mailing_id.in_(mailings)))


def _count(db: Session, query: Select[int]) -> int:
    return db.scalar(query) or 0
