"""What waits for a signature, the oldest first; and what was decided lately."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template
from sqlalchemy import select

from campaign import approval
from campaign.approval import standing, waiving
from campaign.clock import house_day
from campaign.models import Audience, Message, Role, StandingApproval, Submission
from campaign.web import unit
from campaign.web.access import roles
from campaign.web.compose import seals
from campaign.web.review.blueprint import blueprint

DECIDED_SHOWN = 12
# time enough to read a greeting again before it runs out
ENDS_SOON_DAYS = 30


@dataclass(frozen=True)
class Waiting:
    """One letter in the queue; `own`: the reader has a hand in it."""

    entry: seals.Entry
    message: Message
    people: int
    own: bool
    blocking: int


@dataclass(frozen=True)
class Recurring:
    """A standing approval in use, and for how many days it still is."""

    approval: StandingApproval
    message: Message
    days: int

    @property
    def soon(self) -> bool:
        return self.days <= ENDS_SOON_DAYS


@blueprint.get("/")
@roles(Role.REVIEWER)
def index() -> str:
    """The queue."""
    decided = (
        select(Submission)
        .where(Submission.decided_at.is_not(None))
        .order_by(Submission.decided_at.desc(), Submission.id.desc())
        .limit(DECIDED_SHOWN)
    )
    return render_template(
        "review/index.html",
        waiting=[_waiting(submission) for submission in approval.waiting(unit.db())],
        decided=[_waiting(submission) for submission in unit.db().scalars(decided)],
        standing=[_recurring(found) for found in standing.in_use(unit.db(), house_day(unit.now()))],
    )


def _recurring(found: StandingApproval) -> Recurring:
    message = unit.db().get_one(Message, found.message_id)
    return Recurring(found, message, (found.ends_on - house_day(unit.now())).days)


def _waiting(submission: Submission) -> Waiting:
    db = unit.db()
    message = db.get_one(Message, submission.message_id)
    audience = db.get(Audience, submission.audience_id) if submission.audience_id else None
    return Waiting(
        seals.of_submission(submission),
        message,
        int(audience.counts.get("people", 0)) if audience else 0,
        not approval.may_sign(db, submission, unit.account()),
        len(waiving.of_submission(db, submission, house_day(unit.now())).blocking),
    )
