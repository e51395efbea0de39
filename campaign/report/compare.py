"""Groups of people beside each other: the arms of a test, and who got it against who was held out.

Both were divided by chance before anything left, so a difference is the letter's doing or chance; intervals
say which.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from campaign.audience.terms import TrialTerms
from campaign.campaigns import arms, trials
from campaign.campaigns.arms import Figures
from campaign.campaigns.trials import SURE, Judged
from campaign.models import (
    Audience,
    AudienceMember,
    Consent,
    ConsentAction,
    Delivery,
    Mailing,
    MemberPart,
    Message,
    Order,
    Reply,
    Submission,
    Trial,
)
from campaign.report.numbers import WAITING
from campaign.stats import Comparison, Share

# what a letter brings, it brings within a month; later orders have other reasons
WITHIN = timedelta(days=30)
MEASURES = ("orders", "replies", "unsubscribes")


@dataclass(frozen=True)
class Arms:
    """A test with its figures and what they say."""

    trial: Trial
    terms: TrialTerms
    figures: Figures
    judged: Judged
    subjects: dict[str, str]

    def to_json(self) -> dict[str, Any]:
        return self.judged.to_json(self.figures) | {
            "measure": self.terms.measure.value,
            "state": self.trial.state.value,
            "winner": self.trial.winner or None,
            "decided_by": self.trial.decided_by.value if self.trial.decided_by else None,
        }


@dataclass(frozen=True)
class HeldOut:
    """People who were to get it (`sent`) and people held out; by measure how many of each did it."""

    sent: int
    held: int
    measures: dict[str, Comparison]

    def to_json(self) -> dict[str, Any]:
        facts: dict[str, Any] = {"sent": self.sent, "held_out": self.held, "within_days": WITHIN.days}
        for name, one in self.measures.items():
            facts[name] = {
                "sent": one.one.hits,
                "held_out": one.other.hits,
                "difference": one.difference,
                "interval": list(one.interval),
                "says": says(one),
            }
        return facts


def says(comparison: Comparison) -> str:
    """`more`, `fewer`, `unclear` or `few` (too few people): a word for pages (`sending-compare-WORD`)."""
    if not comparison.is_enough:
        return "few"
    if comparison.p_value >= SURE:
        return "unclear"
    return "more" if (comparison.difference or 0.0) > 0 else "fewer"


def arms_of(db: Session, campaign_id: int) -> Arms | None:
    """The campaign's test; None when it had none."""
    found = db.execute(
        select(Trial, Mailing)
        .join(Mailing, Mailing.id == Trial.mailing_id)
        .where(Mailing.campaign_id == campaign_id)
        .order_by(Trial.id)
    ).first()
    if found is None:
        return None
    trial, mailing = found
    submission = db.get_one(Submission, mailing.submission_id)
    terms = trials.terms_of(submission).trial
    assert terms is not None, "a trial has terms"
    figures = arms.figures(db, mailing, terms)
    return Arms(trial, terms, figures, trials.judge(figures), arms.subjects(submission.content))


def held_out(db: Session, campaign_id: int) -> HeldOut | None:
    """Who got it against who was held out, each counted from the start of their mailing; None when nobody was
    held out. Who was to get it counts also when a server refused: only so are both groups alike."""
    people: Counter[bool] = Counter()
    hits: dict[str, Counter[bool]] = {measure: Counter() for measure in MEASURES}
    sent = select(Mailing).where(Mailing.campaign_id == campaign_id, Mailing.started_at.is_not(None))
    mailings = list(db.scalars(sent.order_by(Mailing.id)))
    if not _divides(db, mailings):
        return None  # the counts below read every recipient
    for mailing in mailings:
        people += _count(db, mailing)
        for measure, did in _did(db, mailing).items():
            hits[measure] += _count(db, mailing, did)
    if not people[True]:
        return None
    measures = {
        measure: Comparison(Share(count[False], people[False]), Share(count[True], people[True]))
        for measure, count in hits.items()
    }
    return HeldOut(people[False], people[True], measures)


def _divides(db: Session, mailings: Iterable[Mailing]) -> bool:
    """Whether any of their audiences may hold somebody out, by the counts that were kept with it."""
    audiences = (db.get_one(Audience, mailing.audience_id) for mailing in mailings)
    return any("parts" in audience.counts for audience in audiences)


def _did(db: Session, mailing: Mailing) -> dict[str, ColumnElement[bool]]:
    """For each measure: that the member did it within the time."""
    assert mailing.started_at is not None
    begin, end = mailing.started_at, mailing.started_at + WITHIN
    who = AudienceMember.contact_id
    sender_id = db.get_one(Message, mailing.message_id).sender_id
    return {
        "orders": exists().where(
            Order.contact_id == who, Order.ordered_on >= begin.date(), Order.ordered_on <= end.date()
        ),
        "replies": exists().where(
            Reply.contact_id == who, Reply.received_at >= begin, Reply.received_at <= end
        ),
        "unsubscribes": exists().where(
            Consent.contact_id == who,
            Consent.sender_id == sender_id,
            Consent.action == ConsentAction.WITHDRAWN,
            Consent.at >= begin,
            Consent.at <= end,
        ),
    }


def _count(db: Session, mailing: Mailing, did: ColumnElement[bool] | None = None) -> Counter[bool]:
    """People by whether they were held out. Those for whom something still waits are in neither group."""
    still_waits = exists().where(
        Delivery.mailing_id == mailing.id,
        Delivery.contact_id == AudienceMember.contact_id,
        Delivery.state.in_(WAITING),
    )
    members = (
        select(AudienceMember.part, func.count(AudienceMember.contact_id.distinct()))
        .where(AudienceMember.audience_id == mailing.audience_id, ~still_waits)
        .group_by(AudienceMember.part)
    )
    found: Counter[bool] = Counter()
    for part, count in db.execute(members if did is None else members.where(did)):
        found[part is MemberPart.HELD_OUT] += count
    return found
