"""A campaign that goes out: start, pause, resume, cancel, what a person decides, and the end.

A campaign has one mailing, and one more for each time it went to people added since; what is done to the
campaign is done to all of them. `account` None: the clock or the command line did it.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from campaign import approval
from campaign.approval import sealed
from campaign.campaigns import states, trials
from campaign.clock import house_day
from campaign.dispatch import control, plan
from campaign.dispatch import retry as retrying
from campaign.dispatch.timing import Timing
from campaign.errors import Refused
from campaign.models import (
    Account,
    Campaign,
    CampaignState,
    Mailing,
    MailingState,
    Submission,
)

OPEN = (MailingState.PLANNED, MailingState.RUNNING, MailingState.PAUSED)
SENT = (CampaignState.RUNNING, CampaignState.PAUSED, CampaignState.FINISHED)


def start(
    db: Session, campaign: Campaign, account: Account | None, now: datetime, hour: Timing | None = None
) -> Mailing:
    """Make the mailing from what was signed and hand it to dispatch: at once, or by `hour`."""
    if not states.can(campaign, "start"):
        raise Refused("campaigns-cannot-start")
    submission = signed(db, campaign, now)
    if not sealed.audience_untouched(db, submission):
        raise Refused("review-changed")
    assert submission.audience_id is not None
    mailing = plan.new_mailing(
        db,
        submission=submission,
        audience_id=submission.audience_id,
        created_by=account or campaign.account_id,
        now=now,
        campaign_id=campaign.id,
        hour=hour,
    )
    trials.begin(db, mailing, now)
    control.start(db, mailing, now, account)
    states.move(db, campaign, "start", account, now, mailing=mailing.id)
    return mailing


def pause(db: Session, campaign: Campaign, account: Account | None, now: datetime, **detail: object) -> None:
    """Nothing new leaves; what is on the wire ends. `detail` stands in the audit log."""
    states.move(db, campaign, "pause", account, now, **detail)
    going = [one for one in mailings_of(db, campaign) if one.state in OPEN and one.started_at]
    if not going:
        raise Refused("dispatch-not-running")
    for mailing in going:
        if mailing.state is not MailingState.PAUSED:
            control.pause(db, mailing, now, account)


def resume(db: Session, campaign: Campaign, account: Account | None, now: datetime) -> None:
    """On where it stopped."""
    states.move(db, campaign, "resume", account, now)
    for mailing in mailings_of(db, campaign):
        if mailing.state is MailingState.PAUSED:
            control.resume(db, mailing, now, account)


def cancel(db: Session, campaign: Campaign, account: Account | None, now: datetime) -> None:
    """For good: nothing more leaves, what has left stays counted."""
    states.move(db, campaign, "cancel", account, now)
    approval.void(db, campaign.message_id, account, now)
    for mailing in mailings_of(db, campaign):
        if mailing.state in OPEN:
            control.cancel(db, mailing, now, account)


def retry(db: Session, campaign: Campaign, account: Account | None, now: datetime) -> int:
    """Try again what failed for a passing reason, in every mailing; how many."""
    if campaign.state not in SENT:
        raise Refused("campaigns-cannot-retry")
    again = 0
    for mailing in mailings_of(db, campaign):
        if any(one.worth for one in retrying.failures(db, mailing.id)):
            again += control.retry(db, mailing, now, account)
    if not again:
        raise Refused("dispatch-nothing-to-retry")
    if campaign.state is CampaignState.FINISHED:
        states.move(db, campaign, "retry", account, now, count=again)
    return again


def finish_done(db: Session, now: datetime) -> list[Campaign]:
    """For the beat: campaigns none of whose mailings has anything left to do are finished."""
    mine = Mailing.campaign_id == Campaign.id
    done = db.scalars(
        select(Campaign).where(
            Campaign.state.in_([CampaignState.RUNNING, CampaignState.PAUSED]),
            exists().where(mine, Mailing.state == MailingState.FINISHED),
            ~exists().where(mine, Mailing.state.in_(OPEN)),
        )
    ).all()
    for campaign in done:
        states.move(db, campaign, "finish", None, now)
    return list(done)


def go_on(db: Session, now: datetime) -> list[Campaign]:
    """For the beat: campaigns that were finished, and of which a mailing runs again, because a late answer or
    the journal of a host that came back said that somebody was not reached."""
    again = exists().where(Mailing.campaign_id == Campaign.id, Mailing.state == MailingState.RUNNING)
    found = db.scalars(select(Campaign).where(Campaign.state == CampaignState.FINISHED, again)).all()
    for campaign in found:
        states.move(db, campaign, "go_on", None, now)
    return list(found)


def mailing_of(db: Session, campaign: Campaign) -> Mailing | None:
    """The campaign's newest sending, once it was started."""
    return next(iter(reversed(mailings_of(db, campaign))), None)


def mailings_of(db: Session, campaign: Campaign) -> list[Mailing]:
    """The first sending, and those to people added since; oldest first."""
    mine = select(Mailing).where(Mailing.campaign_id == campaign.id)
    return list(db.scalars(mine.order_by(Mailing.id)))


def signed(db: Session, campaign: Campaign, now: datetime) -> Submission:
    """The sign-off that holds; Refused without one."""
    submission = approval.approved_submission(db, campaign.message_id, house_day(now))
    if submission is None:
        raise Refused("campaigns-not-signed")
    return submission
