"""Mailings that the system pauses: too many addresses that do not exist, too many complaints."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign import audit, stats
from campaign.accounts import people
from campaign.approval import notices
from campaign.dispatch import control, manners, tally
from campaign.dispatch.manners import DOUBT, LEAST_AT_ALL, PauseRule
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


def verdict(counts: Tally, rule: PauseRule, whole: Tally | None = None) -> PauseCause | None:
    """Why to pause, if at all. Complaints weigh more: they are named when both shares are too high.

    `whole`: of the mailing since it began, when `counts` are since a person let it go on. What comes late is
    about messages of before too, so with few messages it is seen against all of them.
    """
    everyone = whole or counts
    of_complaints = _Share(counts.complained, counts.accepted, everyone.accepted)
    if of_complaints.is_too_high(rule.complaint_percent, rule.least_accepted):
        return PauseCause.COMPLAINTS
    of_bounces = _Share(counts.bounced, counts.tried, everyone.tried)
    if of_bounces.is_too_high(rule.bounce_percent, rule.least_tried):
        return PauseCause.BOUNCES
    return None


class _Share(NamedTuple):
    """`hits` of `total`; of `everyone` when there is little to go by."""

    hits: int
    total: int
    everyone: int

    def is_too_high(self, percent: float, least: int) -> bool:
        if not self.hits or not self.total or self.hits / self.total * 100 < percent:
            return False
        return self.total >= least or (self.total >= LEAST_AT_ALL and self._is_sure(percent))

    def _is_sure(self, percent: float) -> bool:
        return percent < 100 and stats.chance_of(self.hits, self.everyone, percent / 100) <= DOUBT


def was_early(pause: AutomaticPause, rule: PauseRule) -> bool:
    """Whether there were fewer messages than the rule's least number, and it was sure all the same."""
    if pause.cause is PauseCause.COMPLAINTS:
        return pause.accepted < rule.least_accepted
    return pause.tried < rule.least_tried


def in_force(db: Session, mailing: Mailing) -> AutomaticPause | None:
    """Why the mailing stands still, when it was the system who paused it."""
    found = tally.last(db, mailing.id)
    stands = found is not None and found.resumed_at is None and mailing.state is MailingState.PAUSED
    return found if stands else None


def ailing(db: Session) -> list[Mailing]:
    """The running mailings that have too many of either; changes nothing."""
    rule = manners.read(db).pause
    running = db.scalars(select(Mailing).where(Mailing.state == MailingState.RUNNING).order_by(Mailing.id))
    return [one for one in running.all() if _judged(db, one.id, rule)[0]]


def pause_ailing(db: Session, now: datetime) -> list[Mailing]:
    """For the beat: pause them; tell their marketer and administrators."""
    rule = manners.read(db).pause
    return [mailing for mailing in ailing(db) if _pause_if_ailing(db, mailing, rule, now)]


def _pause_if_ailing(db: Session, mailing: Mailing, rule: PauseRule, now: datetime) -> bool:
    cause, counts = _judged(db, mailing.id, rule)
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


def _judged(db: Session, mailing_id: int, rule: PauseRule) -> tuple[PauseCause | None, Tally]:
    """Why to pause, if at all, and the counts that say so."""
    whole = tally.of_mailing(db, mailing_id)
    counts = tally.since_resumed(db, mailing_id, whole)
    return verdict(counts, rule, whole), counts


def _tell(db: Session, mailing: Mailing, pause: AutomaticPause, now: datetime) -> None:
    admins = [one.id for one in people.everybody(db) if one.active and Role.ADMIN in one.roles]
    submission = db.get_one(Submission, mailing.submission_id)
    notices.tell(db, NoticeKind.PAUSED, submission, [mailing.created_by, *admins], now, pause.id)
