"""Tests of arms: the sample gets them, the figures decide after a stated time, the rest gets the winner.

The rule was signed with the message: what is measured, when, and which arm goes when none is surely better
(or that a person decides). Sure means: chance alone would make so large a difference in less than one case
of twenty, counted over all comparisons (Bonferroni).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, case, literal, select
from sqlalchemy.orm import Session

from campaign import audit
from campaign.approval import notices
from campaign.audience import terms as sending_terms
from campaign.audience.terms import SendingTerms, TrialTerms
from campaign.campaigns import arms
from campaign.campaigns.arms import Figures
from campaign.dispatch import hours, moves, plan, timing
from campaign.dispatch.timing import Late, Timing
from campaign.errors import InvalidInput, Refused
from campaign.models import (
    Account,
    Channel,
    Contact,
    DecidedBy,
    Delivery,
    Mailing,
    MailingState,
    NoticeKind,
    Submission,
    Trial,
    TrialState,
)
from campaign.stats import Comparison

SURE = 0.05
# rows of the rest that get their hour in one transaction
CHUNK_ROWS = plan.CHUNK_ROWS
OPEN = (TrialState.RUNNING, TrialState.ASKS)


class Verdict(StrEnum):
    """What the figures say."""

    CLEAR = "clear"
    CLOSE = "close"  # enough people, no sure difference
    FEW = "few"  # too few people to say anything


@dataclass(frozen=True)
class Judged:
    """The figures and what they say: the best arm, against the arm that comes nearest to it."""

    verdict: Verdict
    best: str
    nearest: str
    comparison: Comparison
    p_value: float
    """Of the nearest comparison, corrected for their number."""

    def to_json(self, figures: Figures) -> dict[str, Any]:
        return {
            "arms": {arm: {"sent": share.total, "hits": share.hits} for arm, share in figures.items()},
            "verdict": self.verdict.value,
            "best": self.best,
            "nearest": self.nearest,
            "difference": self.comparison.difference,
            "interval": list(self.comparison.interval),
            "p_value": self.p_value,
        }


def terms_of(submission: Submission) -> SendingTerms:
    """The terms that were signed."""
    return sending_terms.from_json(submission.content["settings"].get("terms") or {})


def begin(db: Session, mailing: Mailing, now: datetime) -> Trial | None:
    """For a mailing whose signed terms have a test: it is decided so many hours after the sample's hour."""
    trial_terms = terms_of(db.get_one(Submission, mailing.submission_id)).trial
    if trial_terms is None:
        return None
    last = plan.last_hour(db, mailing.audience_id, timing.from_json(mailing.timing), now)
    trial = Trial(mailing_id=mailing.id, decide_at=last + timedelta(hours=trial_terms.hours))
    db.add(trial)
    db.flush()
    return trial


def of_mailing(db: Session, mailing: Mailing) -> Trial | None:
    """The mailing's test, if it has one."""
    return db.scalar(select(Trial).where(Trial.mailing_id == mailing.id))


def judge(figures: Figures) -> Judged:
    """By the rule: is the best arm surely better than each of the others?"""
    best = max(figures, key=lambda arm: (figures[arm].value or 0.0, -list(figures).index(arm)))
    against = {arm: Comparison(figures[best], share) for arm, share in figures.items() if arm != best}
    p_values = {arm: min(1.0, one.p_value * len(against)) for arm, one in against.items()}
    nearest = max(p_values, key=lambda arm: (p_values[arm], figures[arm].value or 0.0))
    if not all(one.is_enough for one in against.values()):
        verdict = Verdict.FEW
    elif p_values[nearest] < SURE:
        verdict = Verdict.CLEAR
    else:
        verdict = Verdict.CLOSE
    return Judged(verdict, best, nearest, against[nearest], p_values[nearest])


def go_on(db: Session, now: datetime) -> list[int]:
    """For the beat: decide the tests whose time has come, and let their rests go, a chunk each; the ids of
    their mailings."""
    due = _with_mailing(MailingState.RUNNING, MailingState.FINISHED).where(
        Trial.state == TrialState.RUNNING, Trial.decide_at <= now
    )
    for trial, mailing in db.execute(due).all():
        if _still(db, trial, TrialState.RUNNING):
            _decide(db, trial, mailing, now)
    moved = []
    open_ones = _with_mailing(MailingState.RUNNING, MailingState.PAUSED)
    decided = open_ones.where(Trial.state == TrialState.DECIDED)
    for trial, mailing in db.execute(decided).all():
        if moves.waits_for_winner(db, mailing.id) and let_go(db, trial, mailing):
            moved.append(mailing.id)
    return moved


def choose(db: Session, trial: Trial, arm: str, account: Account | None, now: datetime) -> None:
    """A person decides, asked for it or before the time."""
    mailing = db.get_one(Mailing, trial.mailing_id)
    trial_terms = _terms(db, mailing)
    if arm not in trial_terms.arms:
        raise InvalidInput("campaigns-trial-arm", field="arm")
    if not _still(db, trial, *OPEN) or mailing.state is MailingState.CANCELLED:
        raise Refused("campaigns-trial-decided")
    figures = arms.figures(db, mailing, trial_terms)
    _settle(db, trial, mailing, arm, DecidedBy.PERSON, judge(figures).to_json(figures), account, now)


def _still(db: Session, trial: Trial, *states: TrialState) -> bool:
    """Whether it is in one of these states, held until this transaction ends: a person may press while the
    clock decides."""
    db.refresh(trial, with_for_update=True)
    return trial.state in states


def _decide(db: Session, trial: Trial, mailing: Mailing, now: datetime) -> None:
    """By the rule that was signed."""
    trial_terms = _terms(db, mailing)
    figures = arms.figures(db, mailing, trial_terms)
    judged = judge(figures)
    facts = judged.to_json(figures)
    if judged.verdict is Verdict.CLEAR:
        _settle(db, trial, mailing, judged.best, DecidedBy.RULE, facts, None, now)
    elif trial_terms.default:
        _settle(db, trial, mailing, trial_terms.default, DecidedBy.DEFAULT, facts, None, now)
    else:
        trial.state, trial.figures = TrialState.ASKS, facts
        db.flush()
        audit.record(db, None, "trial.undecided", "mailing", mailing.id, now, **facts)
        submission = db.get_one(Submission, mailing.submission_id)
        people = sorted({mailing.created_by, submission.submitted_by})
        notices.tell(db, NoticeKind.UNDECIDED, submission, people, now)


def _settle(
    db: Session,
    trial: Trial,
    mailing: Mailing,
    arm: str,
    by: DecidedBy,
    facts: dict[str, Any],
    account: Account | None,
    now: datetime,
) -> None:
    trial.state, trial.winner, trial.decided_by = TrialState.DECIDED, arm, by
    trial.account_id = account.id if account else None
    trial.decided_at, trial.figures = now, facts
    hour = hour_of_rest(mailing, now)
    last = plan.last_hour(db, mailing.audience_id, hour, now)
    mailing.deadline = max(mailing.deadline, last + plan.ATTEMPTS_FOR)
    db.flush()
    audit.record(db, account, "trial.decided", "mailing", mailing.id, now, winner=arm, by=by.value, **facts)
    let_go(db, trial, mailing)


def let_go(db: Session, trial: Trial, mailing: Mailing) -> int:
    """The next chunk of the rest gets the winner, now or at its hour; how many."""
    assert trial.decided_at is not None
    submission = db.get_one(Submission, mailing.submission_id)
    winners = arms.counterparts(submission.content, trial.winner)
    at: ColumnElement[datetime] = literal(trial.decided_at, Delivery.next_attempt_at.type)
    if hour := hour_of_rest(mailing, trial.decided_at):
        at = case((Delivery.channel == Channel.EMAIL, _hour(db, mailing, hour)), else_=at)
    return moves.let_go(db, mailing.id, _variant(winners), at, CHUNK_ROWS)


def hour_of_rest(mailing: Mailing, decided_at: datetime) -> Timing | None:
    """With each recipient's own clock: the same hour, the next time it comes after the decision."""
    hour = timing.from_json(mailing.timing)
    if hour is None or not hour.each:
        return None
    # the day before is over nowhere too late: those whose hour is still to come get it on their today
    day = decided_at.date() - timedelta(days=1)
    clock: time = hour.wall.time()
    return Timing(datetime.combine(day, clock), hour.zone, decided_at, True, Late.NEXT_DAY)


def _variant(winners: Mapping[int, int]) -> ColumnElement[int]:
    kind = Delivery.variant_id.type
    whens = [(Delivery.variant_id == old, literal(new, kind)) for old, new in winners.items()]
    return case(*whens, else_=Delivery.variant_id)


def _hour(db: Session, mailing: Mailing, hour: Timing) -> ColumnElement[datetime]:
    people = moves.of_rest(mailing.id, CHUNK_ROWS, Delivery.contact_id)
    of_contact = select(hours.expression(db, people, hour)).where(Contact.id == Delivery.contact_id)
    return of_contact.correlate(Delivery).scalar_subquery()


def _with_mailing(*states: MailingState) -> Any:
    both = select(Trial, Mailing).join(Mailing, Mailing.id == Trial.mailing_id)
    return both.where(Mailing.state.in_(states))


def _terms(db: Session, mailing: Mailing) -> TrialTerms:
    found = terms_of(db.get_one(Submission, mailing.submission_id)).trial
    assert found is not None, "a trial has terms"
    return found
