"""Starting at an hour, and what happens when that hour passes while nothing runs.

A schedule that was missed by long is not caught up by the machine, for the moment may be wrong by now: who
scheduled it is told, and decides.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from campaign import approval
from campaign.approval import notices
from campaign.campaigns import running, states
from campaign.clock import house_day
from campaign.dispatch import hours, moves, timing
from campaign.dispatch.timing import Timing
from campaign.errors import InvalidInput
from campaign.models import (
    Account,
    AuditEntry,
    Campaign,
    CampaignState,
    Delivery,
    DeliveryState,
    Mailing,
    MailingState,
    NoticeKind,
    Submission,
)

# a schedule missed by more than this asks a person (`CAMPAIGN_MISSED_AFTER_HOURS`)
MISSED_AFTER = timedelta(hours=2)
HOURS_MISSED = "hours missed"


def schedule(
    db: Session,
    campaign: Campaign,
    account: Account,
    at: datetime,
    now: datetime,
    hour: Timing | None = None,
) -> None:
    """Start at that moment. Needs a sign-off that holds."""
    if at <= now and hour is None:
        raise InvalidInput("campaigns-schedule-past", field="at")
    running.signed(db, campaign, now)
    campaign.send_at, campaign.timing = at, hour.to_json() if hour else {}
    detail = {"at": at.isoformat()} | ({"hour": hour.to_json()} if hour else {})
    states.move(db, campaign, "schedule", account, now, **detail)


def schedule_hour(db: Session, campaign: Campaign, account: Account, hour: Timing, now: datetime) -> None:
    """Start by that clock; with each recipient's own, when it is the first one's hour."""
    if hour.is_over:
        raise InvalidInput("campaigns-schedule-past", field="at")
    schedule(db, campaign, account, _first(db, running.signed(db, campaign, now), hour), now, hour)


def unschedule(db: Session, campaign: Campaign, account: Account, now: datetime) -> None:
    """Not then; signed it stays."""
    campaign.send_at, campaign.timing = None, {}
    states.move(db, campaign, "unschedule", account, now)


def start_due(db: Session, now: datetime, missed_after: timedelta = MISSED_AFTER) -> list[Campaign]:
    """For the beat: start what is due. What was missed by long, or is no longer signed, asks a person."""
    due = db.scalars(
        select(Campaign).where(Campaign.state == CampaignState.SCHEDULED, Campaign.send_at <= now)
    ).all()
    return [campaign for campaign in due if _start_if_fit(db, campaign, now, missed_after)]


def _start_if_fit(db: Session, campaign: Campaign, now: datetime, missed_after: timedelta) -> bool:
    assert campaign.send_at is not None
    submission = approval.approved_submission(db, campaign.message_id, house_day(now))
    if submission is None:
        campaign.send_at, campaign.timing = None, {}
        approval.void(db, campaign.message_id, None, now)
        states.move(db, campaign, "reopen", None, now, why="approval void")
        return False
    hour = timing.from_json(campaign.timing)
    if hour and (moved := _first(db, submission, hour)) > now:
        campaign.send_at = moved  # the zone's rules changed since; its clock counts, not ours
        return False
    if now - campaign.send_at > missed_after:
        # send_at stays: the page says which moment was missed
        states.move(db, campaign, "unschedule", None, now, missed=campaign.send_at.isoformat())
        _tell_missed(db, campaign, submission, campaign.send_at, now)
        return False
    running.start(db, campaign, None, now, hour)
    return True


def pause_overdue(db: Session, now: datetime, missed_after: timedelta = MISSED_AFTER) -> list[Campaign]:
    """For the beat, before it queues what is due: a campaign some of whose recipients' hours passed by long
    while nothing ran is paused and asks; resumed, it goes to them at once."""
    overdue = exists().where(
        Delivery.mailing_id == Mailing.id,
        Delivery.state == DeliveryState.DEFERRED,
        Delivery.attempt == 0,
        Delivery.next_attempt_at < now - missed_after,
    )
    going = select(Mailing).where(Mailing.state == MailingState.RUNNING, Mailing.campaign_id.is_not(None))
    paused: list[Campaign] = []
    late = db.scalars(going.where(overdue)).all()
    if late:
        # due they are all the same: resumed, they must not ask again
        moves.requeue_due(db, now)
    for mailing in late:
        campaign = db.get_one(Campaign, mailing.campaign_id)
        if mailing.timing.get("each") and campaign.state is CampaignState.RUNNING:
            running.pause(db, campaign, None, now, why=HOURS_MISSED)
            _tell_missed(db, campaign, db.get_one(Submission, mailing.submission_id), now, now)
            paused.append(campaign)
    return paused


def missed(campaign: Campaign, now: datetime) -> bool:
    """Whether a scheduled moment passed without a start, and nobody decided yet."""
    return (
        campaign.state is CampaignState.APPROVED and campaign.send_at is not None and campaign.send_at <= now
    )


def hours_missed(db: Session, campaign: Campaign) -> bool:
    """Whether the campaign was paused by `pause_overdue`: the last pause was nobody's."""
    last = db.scalar(
        select(AuditEntry)
        .where(
            AuditEntry.action == "campaign.pause",
            AuditEntry.noun == "campaign",
            AuditEntry.noun_id == str(campaign.id),
        )
        .order_by(AuditEntry.id.desc())
        .limit(1)
    )
    return last is not None and last.actor_id is None and last.detail.get("why") == HOURS_MISSED


def _first(db: Session, submission: Submission, hour: Timing) -> datetime:
    """When it begins: by the zone's clock, or when it is the hour of the first recipients."""
    if not hour.each or submission.audience_id is None:
        return hour.at
    return next(iter(hours.moments(db, hours.everybody(submission.audience_id), hour)), hour.at)


def _tell_missed(
    db: Session, campaign: Campaign, submission: Submission, which: datetime, now: datetime
) -> None:
    """A mail to the campaign's author and to whoever scheduled it."""
    scheduled = (
        select(AuditEntry.actor_id)
        .where(
            AuditEntry.action == "campaign.schedule",
            AuditEntry.noun == "campaign",
            AuditEntry.noun_id == str(campaign.id),
            AuditEntry.actor_id.is_not(None),
        )
        .order_by(AuditEntry.id.desc())
        .limit(1)
    )
    people = {campaign.account_id, *db.scalars(scheduled)}
    notices.tell(db, NoticeKind.MISSED, submission, sorted(people), now, int(which.timestamp()))
