"""Sending to those who joined the segment since: a second mailing under the terms of the same approval.

It goes by itself only when the terms that were signed say so, the sign-off still holds, and the linter finds
nothing in the new renderings that blocks and nobody waived. Else a reviewer is asked, with the new people's
renderings before them. Freezing and reading are done in the background (`checking`); here stands who they
are and what becomes of them. Nobody who stands in an earlier audience of the campaign is written to again,
those held out included, nor anybody at an address of theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from campaign import approval
from campaign.approval import sealed, waiving
from campaign.audience import freeze
from campaign.audience.division import Division
from campaign.audience.profiles import not_among
from campaign.audience.terms import SendingTerms
from campaign.campaigns import people, running, states, trials
from campaign.clock import house_day
from campaign.dispatch import control, plan
from campaign.errors import Refused
from campaign.lint import Finding, waivers
from campaign.models import (
    FIRST_ARM,
    Account,
    Audience,
    AudienceMember,
    Campaign,
    CampaignState,
    Contact,
    ContactKind,
    Mailing,
    Submission,
    TrialState,
)
from campaign.render.content import MessageContent
from campaign.segments import rule_of, where

MAY = (CampaignState.RUNNING, CampaignState.FINISHED)


@dataclass(frozen=True)
class Outcome:
    """Either it goes out (`mailing`), or a reviewer was asked (`submission`)."""

    mailing: Mailing | None = None
    submission: Submission | None = None


def waiting(db: Session, campaign: Campaign, now: datetime) -> int:
    """People of the segment who stand in no audience of the campaign; not all of them may be written to.
    Asked where questions have an end (`campaign.segments.asking`)."""
    if campaign.segment is None or campaign.state not in MAY:
        return 0
    new = not_among(_audiences(db, campaign))
    fits = where(rule_of(db, campaign.segment), now)
    added = select(func.count(Contact.id)).where(
        fits, Contact.erased_at.is_(None), Contact.kind == ContactKind.PERSON, new
    )
    return db.scalar(added) or 0


def asked(db: Session, campaign: Campaign) -> Submission | None:
    """The newest request to a reviewer for added people that no mailing went out under yet."""
    if campaign.state not in running.SENT:
        return None
    newest = db.scalar(
        select(Submission)
        .where(Submission.message_id == campaign.message_id, Submission.audience_id.is_not(None))
        .order_by(Submission.id.desc())
        .limit(1)
    )
    return None if newest is None or sealed.was_used(db, newest) else newest


def require_open(db: Session, campaign: Campaign) -> None:
    """Refused while the campaign takes nobody more, a reviewer is asked already, or its test is undecided."""
    if campaign.state not in MAY:
        raise Refused("campaigns-cannot-extend")
    earlier = asked(db, campaign)
    if earlier and earlier.state in approval.OPEN:
        raise Refused("campaigns-added-asked")
    trial = trials.of_mailing(db, running.mailings_of(db, campaign)[0])
    if trial and trial.state is not TrialState.DECIDED:
        raise Refused("campaigns-added-undecided")


def frozen(db: Session, campaign: Campaign, now: datetime) -> Audience:
    """Those who joined since. Refused as by `require_open`, and when nobody joined who may be written to."""
    require_open(db, campaign)
    audience = _freeze(db, campaign, now)
    if not audience.counts["people"]:
        raise Refused("campaigns-added-nobody")
    return audience


def decide(
    db: Session,
    campaign: Campaign,
    content: MessageContent,
    audience: Audience,
    findings: Sequence[Finding],
    account: Account,
    now: datetime,
    note: str = "",
) -> Outcome:
    """Send to the frozen people, or ask a reviewer with `note`; `findings` are those of all their renderings.

    Refused as by `require_open`; and as `approval.Blocked` when the linter found something new and no note
    says why it may go all the same.
    """
    lock(db, campaign)
    require_open(db, campaign)
    if _overlaps(db, campaign, audience.id):
        raise Refused("campaigns-added-overlap")
    first = running.mailings_of(db, campaign)[0]
    submission = db.get_one(Submission, first.submission_id)
    unwaived = waiving.apply(db, campaign.message_id, findings, house_day(now)).blocking
    if _covers(db, submission, now) and not unwaived:
        return Outcome(mailing=_go(db, campaign, submission, audience.id, account, now))
    reasons = {waivers.key_of(finding): note for finding in unwaived} if note.strip() else {}
    made = approval.put_up(db, content, account, audience, findings, now, note, reasons)
    return Outcome(submission=made)


def send_signed(
    db: Session, campaign: Campaign, submission: Submission, account: Account, now: datetime
) -> Mailing:
    """A reviewer has signed for the added people: they get it."""
    lock(db, campaign)
    if campaign.state not in MAY:
        raise Refused("campaigns-cannot-extend")
    if submission.message_id != campaign.message_id or sealed.was_used(db, submission):
        raise Refused("campaigns-cannot-extend")
    if not (sealed.holds(db, submission, house_day(now)) and sealed.audience_untouched(db, submission)):
        raise Refused("campaigns-not-signed")
    assert submission.audience_id is not None
    if _overlaps(db, campaign, submission.audience_id):
        raise Refused("campaigns-added-overlap")
    return _go(db, campaign, submission, submission.audience_id, account, now)


def _go(
    db: Session, campaign: Campaign, submission: Submission, audience_id: int, account: Account, now: datetime
) -> Mailing:
    mailing = plan.new_mailing(
        db,
        submission=submission,
        audience_id=audience_id,
        created_by=account,
        now=now,
        campaign_id=campaign.id,
    )
    control.start(db, mailing, now, account)
    states.move(db, campaign, "extend", account, now, mailing=mailing.id)
    return mailing


def lock(db: Session, campaign: Campaign) -> None:
    """Two people pressing at once must not freeze the same people twice."""
    db.execute(select(Campaign.id).where(Campaign.id == campaign.id).with_for_update())
    db.refresh(campaign)


def _freeze(db: Session, campaign: Campaign, now: datetime) -> Audience:
    """Those of the segment's rule who are in no earlier audience; in the arm that won, when there was a test,
    and with the same share held out."""
    first = running.mailings_of(db, campaign)[0]
    terms = trials.terms_of(db.get_one(Submission, first.submission_id))
    trial = trials.of_mailing(db, first)
    arm = trial.winner if trial else FIRST_ARM
    segment = campaign.segment
    if segment is None:
        raise Refused("campaigns-no-segment")
    message = campaign.message
    variants = {one.language: one.id for one in message.variants if one.arm == arm}
    plain = SendingTerms(holdout=terms.holdout)
    return freeze.freeze(
        db,
        message_id=message.id,
        rule=rule_of(db, segment),
        segment_name=segment.name,
        field_names=people.fields_of(message),
        variants=variants,
        channels=people.channels_of(campaign),
        purpose=people.purpose_of(message),
        sender_id=message.sender_id,
        now=now,
        division=Division(plain, str(message.id), {FIRST_ARM: variants}) if plain.divides else None,
        besides=_audiences(db, campaign),
    )


def _covers(db: Session, submission: Submission, now: datetime) -> bool:
    """Whether what was signed allows additions today, and still says what it said."""
    until = trials.terms_of(submission).added_until
    return until is not None and house_day(now) <= until and sealed.holds(db, submission, house_day(now))


def may_go_by_itself(db: Session, campaign: Campaign, now: datetime) -> bool:
    """Whether the sign-off allows additions today; findings aside."""
    sent = running.mailings_of(db, campaign)
    return bool(sent) and _covers(db, db.get_one(Submission, sent[0].submission_id), now)


def _audiences(db: Session, campaign: Campaign) -> list[int]:
    return [mailing.audience_id for mailing in running.mailings_of(db, campaign)]


def _overlaps(db: Session, campaign: Campaign, audience_id: int) -> bool:
    """Whether somebody of the audience, or their address, stands in an earlier one by now."""
    other = aliased(AudienceMember)
    same = or_(
        other.contact_id == AudienceMember.contact_id,
        (other.channel == AudienceMember.channel) & (other.address_key == AudienceMember.address_key),
    )
    earlier = exists().where(other.audience_id.in_(_audiences(db, campaign)), same)
    found = select(AudienceMember.id).where(AudienceMember.audience_id == audience_id, earlier)
    return db.scalar(found.limit(1)) is not None
