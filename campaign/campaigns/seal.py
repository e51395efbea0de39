"""Submitting, signing, sending back, withdrawing: what a sign-off does to its campaign."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign import approval
from campaign.approval import sealed, standing
from campaign.audience import terms as sending_terms
from campaign.campaigns import people, states
from campaign.errors import Refused
from campaign.models import Account, Campaign, Mailing, Message, Submission


def submit(
    db: Session,
    campaign: Campaign,
    account: Account,
    now: datetime,
    note: str = "",
    asks: Mapping[str, str] | None = None,
) -> Submission:
    """Freeze the audience and put the message before a reviewer; `approval.Blocked` when it may not go.

    `asks` are reasons for waivers, by the key of the finding.
    """
    if not states.can(campaign, "submit"):
        raise Refused("campaigns-cannot-submit")
    sending_terms.check(sending_terms.from_json(campaign.terms), by_email=campaign.channels != "letter")
    audience = people.freeze_for(db, campaign, now)
    submission = approval.submit(db, campaign.message, account, audience, now, note, asks)
    states.move(db, campaign, "submit", account, now, submission=submission.id)
    return submission


def submit_standing(
    db: Session,
    message: Message,
    occasion: str,
    ends_on: date,
    account: Account,
    now: datetime,
    note: str = "",
    asks: Mapping[str, str] | None = None,
) -> Submission:
    """Ask for a standing approval of a greeting; copy that cannot be rendered is refused first."""
    people.require_renderable(db, message)
    return standing.submit(db, message, account, occasion, ends_on, now, note, asks)


def approve(
    db: Session,
    submission: Submission,
    account: Account,
    now: datetime,
    *,
    ticked: Collection[str] = (),
    proven: bool = False,
) -> None:
    """Sign: once for a campaign, or standing for what recurs. `ticked`: the questions answered with yes;
    `proven`: by a second factor too."""
    if sealed.standing_terms(submission):
        standing.approve(db, submission, account, now, ticked=ticked, proven=proven)
        return
    approval.approve(db, submission, account, now, ticked=ticked, proven=proven)
    if campaign := _on_the_desk(db, submission):
        states.move(db, campaign, "approve", account, now, submission=submission.id)


def send_back(db: Session, submission: Submission, account: Account, reason: str, now: datetime) -> None:
    """Back to the author, with what to mend."""
    approval.send_back(db, submission, account, reason, now)
    if campaign := _on_the_desk(db, submission):
        states.move(db, campaign, "reopen", account, now)


def withdraw(db: Session, submission: Submission, account: Account, now: datetime) -> None:
    """Taken back by who writes."""
    campaign = _on_the_desk(db, submission)
    if campaign and not states.can(campaign, "reopen"):
        raise Refused("campaigns-cannot-reopen")
    approval.withdraw(db, submission, account, now)
    if campaign:
        campaign.send_at, campaign.timing = None, {}
        states.move(db, campaign, "reopen", account, now)


def _on_the_desk(db: Session, submission: Submission) -> Campaign | None:
    """The campaign whose state the decision changes: none for what is asked for those added since, while the
    campaign itself went out under another sign-off."""
    campaign = db.scalar(select(Campaign).where(Campaign.message_id == submission.message_id))
    if campaign is None:
        return None
    other = select(Mailing.id).where(
        Mailing.campaign_id == campaign.id, Mailing.submission_id != submission.id
    )
    return None if db.scalar(other.limit(1)) else campaign
