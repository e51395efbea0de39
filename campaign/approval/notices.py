"""Who is told what by mail: one row a person and occasion.

A job sends them, so that no mail holds up a decision.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from campaign.models import Notice, NoticeKind, Submission

TRIES = 5
# a try that neither ended nor failed by then was cut off
AGAIN_AFTER = timedelta(minutes=10)


def tell(
    db: Session,
    kind: NoticeKind,
    submission: Submission,
    people: Iterable[int],
    now: datetime,
    remark_id: int = 0,
) -> list[Notice]:
    """A row for each; the same is never told twice to the same person. `remark_id`: see `Notice`."""
    told = set(
        db.scalars(
            select(Notice.account_id).where(
                Notice.kind == kind, Notice.submission_id == submission.id, Notice.remark_id == remark_id
            )
        )
    )
    made = [
        Notice(kind=kind, submission_id=submission.id, account_id=one, remark_id=remark_id, made_at=now)
        for one in dict.fromkeys(people)
        if one not in told
    ]
    db.add_all(made)
    db.flush()
    return made


def unsent(db: Session, now: datetime) -> list[int]:
    """Those that a job should look at, oldest first."""
    return list(
        db.scalars(
            select(Notice.id)
            .where(
                Notice.sent_at.is_(None),
                Notice.tries < TRIES,
                or_(Notice.tried_at.is_(None), Notice.tried_at < now - AGAIN_AFTER),
            )
            .order_by(Notice.id)
            .limit(100)
        )
    )
