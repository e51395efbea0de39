"""What happens to a campaign: made, submitted, signed, scheduled, started, paused, finished."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign import approval, audit
from campaign.approval import sealed, standing
from campaign.campaigns import edit, people, states
from campaign.compose import document as documents
from campaign.dispatch import control, plan
from campaign.errors import InvalidInput, NotFound, Refused
from campaign.models import (
    Account,
    Campaign,
    CampaignState,
    Channel,
    Delivery,
    Mailing,
    MailingState,
    Message,
    MessageKind,
    MessageVariant,
    OfferType,
    Segment,
    Sender,
    Submission,
)

# a schedule missed by more than this is not caught up by the machine: the moment may be wrong by now
MISSED_AFTER = timedelta(hours=3)


def create_greeting(
    db: Session,
    account: Account,
    now: datetime,
    *,
    name: str,
    sender: Sender,
    channels: str,
    language: str = "vi",
) -> Message:
    """A greeting that recurs: a message without a campaign, sent by the care desk on its occasion."""
    edit.check_channels(channels)
    message = _message(account, now, edit.clean_name(name), MessageKind.GREETING, sender, channels, language)
    db.add(message)
    db.flush()
    audit.record(db, account, "message.created", "message", message.id, now, name=message.name)
    return message


def create(
    db: Session,
    account: Account,
    now: datetime,
    *,
    name: str,
    goal: str,
    kind: MessageKind,
    sender: Sender,
    channels: str,
    segment: Segment | None = None,
    language: str = "vi",
    offer_type: OfferType | None = None,
) -> Campaign:
    """A draft with an empty copy in one language."""
    name = edit.clean_name(name)
    edit.check_channels(channels)
    message = _message(account, now, name, kind, sender, channels, language)
    message.offer_type = offer_type
    campaign = Campaign(
        name=name,
        goal=goal.strip(),
        segment=segment,
        message=message,
        channels=channels,
        account_id=account.id,
        created_at=now,
        updated_at=now,
    )
    db.add(campaign)
    db.flush()
    audit.record(db, account, "campaign.created", "campaign", campaign.id, now, name=name)
    return campaign


def _message(
    account: Account,
    now: datetime,
    name: str,
    kind: MessageKind,
    sender: Sender,
    channels: str,
    language: str,
) -> Message:
    return Message(
        kind=kind,
        name=name,
        sender=sender,
        email_layout=edit.default_layout(Channel.EMAIL, kind) if channels != "letter" else "",
        letter_layout=edit.default_layout(Channel.LETTER, kind) if channels != "email" else "",
        account_id=account.id,
        created_at=now,
        updated_at=now,
        variants=[MessageVariant(language=language, document=documents.to_json(documents.empty()))],
    )


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
    if campaign := _campaign_of(db, submission):
        states.move(db, campaign, "approve", account, now, submission=submission.id)


def send_back(db: Session, submission: Submission, account: Account, reason: str, now: datetime) -> None:
    """Back to the author, with what to mend."""
    approval.send_back(db, submission, account, reason, now)
    if campaign := _campaign_of(db, submission):
        states.move(db, campaign, "reopen", account, now)


def withdraw(db: Session, submission: Submission, account: Account, now: datetime) -> None:
    """Taken back by who writes."""
    campaign = _campaign_of(db, submission)
    if campaign and not states.can(campaign, "reopen"):
        raise Refused("campaigns-cannot-reopen")
    approval.withdraw(db, submission, account, now)
    if campaign:
        campaign.send_at = None
        states.move(db, campaign, "reopen", account, now)


def schedule(db: Session, campaign: Campaign, account: Account, at: datetime, now: datetime) -> None:
    """Start at that moment. Needs a sign-off that holds."""
    if at <= now:
        raise InvalidInput("campaigns-schedule-past", field="at")
    _signed(db, campaign, now)
    campaign.send_at = at
    states.move(db, campaign, "schedule", account, now, at=at.isoformat())


def unschedule(db: Session, campaign: Campaign, account: Account, now: datetime) -> None:
    """Not then; signed it stays."""
    campaign.send_at = None
    states.move(db, campaign, "unschedule", account, now)


def start(db: Session, campaign: Campaign, account: Account | None, now: datetime) -> Mailing:
    """Make the mailing from what was signed and hand it to dispatch. `account` None: the schedule did."""
    if not states.can(campaign, "start"):
        raise Refused("campaigns-cannot-start")
    submission = _signed(db, campaign, now)
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
    )
    control.start(db, mailing, now, account)
    states.move(db, campaign, "start", account, now, mailing=mailing.id)
    return mailing


def pause(db: Session, campaign: Campaign, account: Account, now: datetime) -> None:
    """Nothing new leaves; what is on the wire ends."""
    states.move(db, campaign, "pause", account, now)
    control.pause(db, _running(db, campaign), now, account)


def resume(db: Session, campaign: Campaign, account: Account, now: datetime) -> None:
    """On where it stopped."""
    states.move(db, campaign, "resume", account, now)
    control.resume(db, _running(db, campaign), now, account)


def cancel(db: Session, campaign: Campaign, account: Account, now: datetime) -> None:
    """For good: nothing more leaves, what has left stays counted."""
    states.move(db, campaign, "cancel", account, now)
    approval.void(db, campaign.message_id, account, now)
    mailing = mailing_of(db, campaign)
    if mailing and mailing.state in (MailingState.PLANNED, MailingState.RUNNING, MailingState.PAUSED):
        control.cancel(db, mailing, now, account)


def decide_unknown(
    db: Session, campaign: Campaign, delivery: Delivery, again: bool, account: Account, now: datetime
) -> None:
    """A person decides about a delivery whose outcome nobody knows: it arrived, or it goes out again."""
    mailing = mailing_of(db, campaign)
    if mailing is None or delivery.mailing_id != mailing.id:
        raise NotFound()
    if not again:
        control.count_as_sent(db, delivery.id, account, now)
        return
    control.send_again(db, delivery.id, account, now)
    if campaign.state is CampaignState.FINISHED:
        states.move(db, campaign, "send_again", account, now, delivery=delivery.id)


def start_due(db: Session, now: datetime) -> list[Campaign]:
    """For the beat: start what is due. What was missed by long, or is no longer signed, asks a person."""
    due = db.scalars(
        select(Campaign).where(Campaign.state == CampaignState.SCHEDULED, Campaign.send_at <= now)
    ).all()
    return [campaign for campaign in due if _start_if_fit(db, campaign, now)]


def _start_if_fit(db: Session, campaign: Campaign, now: datetime) -> bool:
    assert campaign.send_at is not None
    if approval.approved_submission(db, campaign.message_id, now.date()) is None:
        campaign.send_at = None
        approval.void(db, campaign.message_id, None, now)
        states.move(db, campaign, "reopen", None, now, why="approval void")
        return False
    if now - campaign.send_at > MISSED_AFTER:
        # send_at stays: the page says which moment was missed
        states.move(db, campaign, "unschedule", None, now, missed=campaign.send_at.isoformat())
        return False
    start(db, campaign, None, now)
    return True


def finish_done(db: Session, now: datetime) -> list[Campaign]:
    """For the beat: campaigns whose mailing has finished are finished."""
    done = db.scalars(
        select(Campaign)
        .join(Mailing, Mailing.campaign_id == Campaign.id)
        .where(
            Campaign.state.in_([CampaignState.RUNNING, CampaignState.PAUSED]),
            Mailing.state == MailingState.FINISHED,
        )
    ).all()
    for campaign in done:
        states.move(db, campaign, "finish", None, now)
    return list(done)


def mailing_of(db: Session, campaign: Campaign) -> Mailing | None:
    """The campaign's sending, once it was started."""
    return db.scalar(
        select(Mailing).where(Mailing.campaign_id == campaign.id).order_by(Mailing.id.desc()).limit(1)
    )


def missed(campaign: Campaign, now: datetime) -> bool:
    """Whether a scheduled moment passed without a start, and nobody decided yet."""
    return (
        campaign.state is CampaignState.APPROVED and campaign.send_at is not None and campaign.send_at <= now
    )


def everything(db: Session) -> Sequence[Campaign]:
    """All campaigns, the last changed first."""
    return db.scalars(select(Campaign).order_by(Campaign.updated_at.desc(), Campaign.id.desc())).all()


def _signed(db: Session, campaign: Campaign, now: datetime) -> Submission:
    submission = approval.approved_submission(db, campaign.message_id, now.date())
    if submission is None:
        raise Refused("campaigns-not-signed")
    return submission


def _running(db: Session, campaign: Campaign) -> Mailing:
    mailing = mailing_of(db, campaign)
    assert mailing is not None, "a campaign runs only with a mailing"
    return mailing


def _campaign_of(db: Session, submission: Submission) -> Campaign | None:
    return db.scalar(select(Campaign).where(Campaign.message_id == submission.message_id))
