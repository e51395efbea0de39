"""Greetings by e-mail that wait for their day."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from campaign.approval import standing
from campaign.clock import house_day, house_zone
from campaign.dispatch import control
from campaign.dispatch.plan import ATTEMPTS_FOR
from campaign.models import Greeting, Mailing, MailingState

# nobody is woken by a birthday mail
MORNING = time(8)


def today(now: datetime) -> date:
    """The house's calendar day."""
    return house_day(now)


def start_due(db: Session, now: datetime) -> list[int]:
    """Start the greetings whose day has come, after eight in the morning; the mailings' ids to ring."""
    here = now.astimezone(house_zone())
    come = Greeting.occurs_on <= here.date() if here.time() >= MORNING else Greeting.occurs_on < here.date()
    waiting = select(Mailing).where(
        Mailing.state == MailingState.PLANNED,
        Mailing.started_at.is_(None),
        exists().where(Greeting.mailing_id == Mailing.id, come),
    )
    started = []
    for mailing in db.scalars(waiting.order_by(Mailing.id)).all():
        if not _still_signed(db, mailing, here.date()):
            _take_back(db, mailing, now)
            continue
        # planned days ahead: the attempts begin now
        mailing.deadline = max(mailing.deadline, now + ATTEMPTS_FOR)
        control.start(db, mailing, now)
        started.append(mailing.id)
    return started


def _still_signed(db: Session, mailing: Mailing, day: date) -> bool:
    """Whether the words still stand: not revoked, not edited, not past their last day."""
    holding = standing.holding(db, mailing.message_id, day)
    return any(found.submission_id == mailing.submission_id for found in holding)


def _take_back(db: Session, mailing: Mailing, now: datetime) -> None:
    """Nothing goes out, and the people stand on the plan again as not greeted."""
    control.cancel(db, mailing, now)
    db.execute(delete(Greeting).where(Greeting.mailing_id == mailing.id))
