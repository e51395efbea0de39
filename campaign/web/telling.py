"""Ring for the mails that a request has made rows for."""

from __future__ import annotations

from sqlalchemy import select

from campaign.models import Notice, Submission
from campaign.queue import Job
from campaign.web import unit


def ring(submission: Submission) -> None:
    """After the commit; what is not heard the beat rings for again."""
    waiting = select(Notice.id).where(Notice.submission_id == submission.id, Notice.tries == 0)
    for notice_id in unit.db().scalars(waiting):
        unit.ring(Job.NOTICE, notice_id)
