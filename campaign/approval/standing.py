"""Standing approvals: a reviewer's yes to what recurs.

It covers the copy, the layouts, the sender, the occasion and a last day, never a list of people: these
change with the calendar. Each later rendering is linted when it is planned.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from campaign import audit
from campaign.approval import sealed, signoff
from campaign.approval.linting import lint_variants
from campaign.clock import house_day
from campaign.errors import InvalidInput, Refused
from campaign.models import Account, Message, Role, StandingApproval, Submission

# a greeting nobody has looked at for longer than this is looked at again
LONGEST = timedelta(days=366)


def submit(
    db: Session,
    message: Message,
    account: Account,
    occasion: str,
    ends_on: date,
    now: datetime,
    note: str = "",
    asks: Mapping[str, str] | None = None,
) -> Submission:
    """Ask for a standing approval of this message for `occasion` until `ends_on` (that day included)."""
    today = house_day(now)
    if not today < ends_on <= today + LONGEST:
        raise InvalidInput("review-standing-end", field="ends_on", days=LONGEST.days)
    if not occasion:
        raise InvalidInput("review-standing-occasion", field="occasion")
    terms = {"occasion": occasion, "ends_on": ends_on.isoformat()}
    content = sealed.content_now(db, message, None, terms)
    return signoff.put_up(db, content, account, None, lint_variants(db, content), now, note, asks)


def approve(
    db: Session,
    submission: Submission,
    account: Account,
    now: datetime,
    *,
    ticked: Collection[str] = (),
    proven: bool = False,
) -> StandingApproval:
    """Sign it; from now on the occasion's greetings go out under it."""
    terms = sealed.standing_terms(submission)
    if terms is None:
        raise Refused("review-not-standing")
    signoff.approve(db, submission, account, now, ticked=ticked, proven=proven)
    standing = StandingApproval(
        submission_id=submission.id,
        message_id=submission.message_id,
        content_hash=submission.content_hash,
        occasion=terms["occasion"],
        ends_on=date.fromisoformat(terms["ends_on"]),
    )
    db.add(standing)
    db.flush()
    return standing


def current(db: Session, occasion: str, today: date, message_id: int | None = None) -> list[StandingApproval]:
    """The standing approvals that hold for the occasion on that day, newest first."""
    wanted = _open(today).where(StandingApproval.occasion == occasion)
    if message_id is not None:
        wanted = wanted.where(StandingApproval.message_id == message_id)
    return [found for found in db.scalars(wanted) if _holds(db, found, today)]


def in_use(db: Session, today: date) -> list[StandingApproval]:
    """All that hold on that day, those that end first on top."""
    return sorted(
        (found for found in db.scalars(_open(today)) if _holds(db, found, today)), key=lambda one: one.ends_on
    )


def holding(db: Session, message_id: int, today: date) -> list[StandingApproval]:
    """The standing approvals of one message that hold on that day, newest first."""
    wanted = _open(today).where(StandingApproval.message_id == message_id)
    return [found for found in db.scalars(wanted) if _holds(db, found, today)]


def _open(today: date) -> Select[StandingApproval]:
    return (
        select(StandingApproval)
        .where(StandingApproval.ends_on >= today, StandingApproval.revoked_at.is_(None))
        .order_by(StandingApproval.id.desc())
    )


def _holds(db: Session, standing: StandingApproval, today: date) -> bool:
    submission = db.get_one(Submission, standing.submission_id)
    return submission.content_hash == standing.content_hash and sealed.holds(db, submission, today)


def revoke(db: Session, standing: StandingApproval, account: Account, now: datetime) -> None:
    """Anybody who may write or sign may stop what recurs, at once."""
    if not account.roles & {Role.REVIEWER, Role.CARE, Role.MARKETER, Role.ADMIN}:
        raise Refused("review-not-reviewer")
    if standing.revoked_at is None:
        standing.revoked_at = now
        audit.record(db, account, "standing.revoked", "message", standing.message_id, now, id=standing.id)
