"""The reviewer's desk: messages to read and sign, the longest waiting first."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaign.models import Account, Message, Submission, SubmissionState
from campaign.web.home.desks import SHOWN, Action, Desk, Item
from campaign.web.language import t
from campaign.web.navigation import link


def desk(db: Session, account: Account, _now: datetime) -> Desk:
    """One's own submissions are not counted: nobody signs what they wrote."""
    waiting = (Submission.state == SubmissionState.WAITING, Submission.submitted_by != account.id)
    rows = db.execute(
        select(Submission, Message.name, Account.name)
        .join(Message, Message.id == Submission.message_id)
        .join(Account, Account.id == Submission.submitted_by)
        .where(*waiting)
        .order_by(Submission.submitted_at)
        .limit(SHOWN)
    ).all()
    count = db.scalar(select(func.count()).select_from(Submission).where(*waiting)) or 0
    # straight to the message that waits longest
    first = link("review.read", submission_id=rows[0][0].id) if rows else None
    return Desk(
        name="reviewer",
        counts={"waiting": count},
        items=[
            Item(
                title=name,
                href=link("review.read", submission_id=submission.id),
                state=t("home-review-waiting"),
                kind="wait",
                note=t("home-review-from", name=author),
                at=submission.submitted_at,
            )
            for submission, name, author in rows
        ],
        main=Action("home-reviewer-read", first)
        if first
        else Action("home-reviewer-all", link("review.index")),
        more=Action("home-reviewer-all", link("review.index")) if first else None,
    )
