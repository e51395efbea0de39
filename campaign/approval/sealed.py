"""What a sign-off covers, and whether it still says so.

Nothing is ever marked as changed: the hash of what stands there now is compared with the hash that was
signed, so an edit by any path, even by hand in the database, voids the approval by itself.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.approval import waiving
from campaign.approval.signers import may_sign
from campaign.audience import freeze, terms
from campaign.models import Account, Audience, Campaign, Mailing, Message, Submission, SubmissionState
from campaign.render import content as contents
from campaign.render.content import MessageContent


def content_now(
    db: Session, message: Message, audience: Audience | None, standing: dict[str, Any] | None = None
) -> MessageContent:
    """Everything that a sign-off of this message with this audience covers.

    The message itself (kind, sender facts, copy of all variants, layouts by hash) and, as its settings:
    `channels`; `audience`, the frozen people by hash with the segment's rule as it stands now;
    `standing`, occasion and last day of what recurs; `terms`, how it may go out (test arms, hold-out, later
    additions). Of a campaign's variants only the arms that go out are covered: all of these are.
    """
    campaign = db.scalar(select(Campaign).where(Campaign.message_id == message.id))
    content = contents.from_message(
        message,
        channels=campaign.channels if campaign else None,
        audience=_audience_now(campaign, audience) if audience else None,
        standing=standing,
        # only where there are some: what was signed before there were terms keeps its hash
        **({"terms": campaign.terms} if campaign and campaign.terms else {}),
    )
    return contents.only_arms(content, terms.from_json(campaign.terms).arms) if campaign else content


def _audience_now(campaign: Campaign | None, audience: Audience) -> dict[str, Any]:
    segment = campaign.segment if campaign else None
    return {
        "id": audience.id,
        "sha256": audience.sha256,
        "segment_id": segment.id if segment else None,
        # a rule edited after the freeze no longer says who was chosen
        "rule": segment.rule if segment else audience.rule,
    }


def is_current(db: Session, submission: Submission) -> bool:
    """Whether what stands there now is still what was submitted."""
    message = db.get_one(Message, submission.message_id)
    audience = db.get_one(Audience, submission.audience_id) if submission.audience_id else None
    now = content_now(db, message, audience, standing_terms(submission))
    # what was stored must be what was hashed, or its rendering would not be what was signed
    stored = contents.hash_json(submission.content)
    return now.sha256 == stored == submission.content_hash


def audience_untouched(db: Session, submission: Submission) -> bool:
    """Whether the frozen rows still hash to what was signed: for signing and starting.

    The database notes every change of them since they were hashed (`Audience.untouched`); where it noted one,
    or cannot know, all of them are read.
    """
    if submission.audience_id is None:
        return True
    signed = submission.content["settings"]["audience"]["sha256"]
    # asked anew: a trigger's change does not reach an object that is here already
    kept = select(Audience.sha256, Audience.untouched).where(Audience.id == submission.audience_id)
    sha256, untouched = db.execute(kept).one()
    if untouched:
        return bool(sha256 == signed)
    return bool(freeze.sha256_of(db, submission.audience_id) == signed)


def standing_terms(submission: Submission) -> dict[str, Any] | None:
    """`occasion` and `ends_on` of a standing approval; None for what goes out once."""
    terms: dict[str, Any] | None = submission.content["settings"]["standing"]
    return terms


def approved_submission(db: Session, message_id: int, today: date) -> Submission | None:
    """The sign-off under which this message may go out, or None.

    Its hash agrees with the message as it stands now, and its signer still has no hand in it; the
    waivers it rests on still count today.
    """
    newest = db.scalar(
        select(Submission)
        .where(Submission.message_id == message_id, Submission.audience_id.is_not(None))
        .order_by(Submission.id.desc())
        .limit(1)
    )
    return newest if newest and holds(db, newest, today) else None


def was_used(db: Session, submission: Submission) -> bool:
    """Whether a mailing went out under it: from then on it is history, whatever is edited."""
    used = select(Mailing.id).where(Mailing.submission_id == submission.id).limit(1)
    return db.scalar(used) is not None


def holds(db: Session, submission: Submission, today: date) -> bool:
    """Whether an approval was given and still says what it said."""
    if submission.state is not SubmissionState.APPROVED or submission.decided_by is None:
        return False
    signer = db.get_one(Account, submission.decided_by)
    if not (may_sign(db, submission, signer) and is_current(db, submission)):
        return False
    return not waiving.of_submission(db, submission, today).blocking
