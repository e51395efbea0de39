"""Mailings that the system pauses: too many addresses that do not exist, too many complaints."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign import audit
from campaign.accounts import people
from campaign.approval import notices
from campaign.dispatch import control, manners, tally
from campaign.dispatch.manners import PauseRule
from campaign.dispatch.tally import Tally
from campaign.models import (
    AutomaticPause,
    Mailing,
    MailingState,
    NoticeKind,
    PauseCause,
    Role,
    Submission,
)


def verdict(counts: Tally, rule: PauseRule) -> PauseCause | None:
    """Why to pause, if at all. Complaints weigh more: they are named when both shares are too high."""
    if (
        counts.accepted >= rule.least_accepted
        and counts.complained
        and counts.complaint_share * 100 >= rule.complaint_percent
    ):
        return PauseCause.COMPLAINTS
    if (
        counts.tried >= rule.least_tried
        and counts.bounced
        and counts.bounce_share * 100 >= rule.bounce_percent
    ):
        return PauseCause.BOUNCES
    return None


def in_force(db: Session, mailing: Mailing) -> AutomaticPause | None:
    """Why the mailing stands still, when it was the system who paused it."""
    found = tally.last(db, mailing.id)
    stands = found is not None and found.resumed_at is None and mailing.state is MailingState.PAUSED
    return found if stands else None


def ailing(db: Session) -> list[Mailing]:
    """The running mailings that have too many of either; changes nothing."""
    rule = manners.read(db).pause
    running = db.scalars(select(Mailing).where(Mailing.state == MailingState.RUNNING).order_by(Mailing.id))
    return [one for one in running.all() if verdict(tally.since_resumed(db, one.id), rule)]


def pause_ailing(db: Session, now: datetime) -> list[Mailing]:
    """For the beat: pause them; tell their marketer and administrators."""
    rule = manners.read(db).pause
    return [mailing for mailing in ailing(db) if _pause_if_ailing(db, mailing, rule, now)]


def _pause_if_ailing(db: Session, mailing: Mailing, rule: PauseRule, now: datetime) -> bool:
    counts = tally.since_resumed(db, mailing.id)
    cause = verdict(counts, rule)
    if cause is None:
        return False
    percent = rule.bounce_percent if cause is PauseCause.BOUNCES else rule.complaint_percent
    control.pause(db, mailing, now)
    made = AutomaticPause(
        mailing_id=mailing.id, at=now, cause=cause, threshold_ppm=round(percent * 10_000), **vars(counts)
    )
    db.add(made)
    db.flush()
    audit.record(
        db, None, "mailing.paused_itself", "mailing", mailing.id, now,
        cause=cause.value, percent=percent, **vars(counts),
    )  # fmt: skip
    _tell(db, mailing, made, now)
    return True


def _tell(db: Session, mailing: Mailing, pause: AutomaticPause, now: datetime) -> None:
    admins = [one.id for one in people.everybody(db) if one.active and Role.ADMIN in one.roles]
    submission = db.get_one(Submission, mailing.submission_id)
    notices.tell(db, NoticeKind.PAUSED, submission, [mailing.created_by, *admins], now, pause.id)
