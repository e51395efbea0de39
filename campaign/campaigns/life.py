"""What happens to a campaign, in the order in which it happens: one door to the modules that do it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.campaigns.doubts import decide_all_unknown, decide_unknown, doubts
from campaign.campaigns.make import create, create_greeting
from campaign.campaigns.running import (
    cancel,
    finish_done,
    go_on,
    mailing_of,
    mailings_of,
    pause,
    resume,
    retry,
    start,
)
from campaign.campaigns.schedule import (
    MISSED_AFTER,
    hours_missed,
    missed,
    pause_overdue,
    schedule,
    schedule_hour,
    start_due,
    unschedule,
)
from campaign.campaigns.seal import approve, send_back, submit, submit_standing, withdraw
from campaign.models import Campaign

__all__ = [
    "MISSED_AFTER",
    "approve",
    "cancel",
    "create",
    "create_greeting",
    "decide_all_unknown",
    "decide_unknown",
    "doubts",
    "everything",
    "finish_done",
    "go_on",
    "hours_missed",
    "mailing_of",
    "mailings_of",
    "missed",
    "pause",
    "pause_overdue",
    "resume",
    "retry",
    "schedule",
    "schedule_hour",
    "send_back",
    "start",
    "start_due",
    "submit",
    "submit_standing",
    "unschedule",
    "withdraw",
]


def everything(db: Session) -> Sequence[Campaign]:
    """All campaigns, the last changed first."""
    return db.scalars(select(Campaign).order_by(Campaign.updated_at.desc(), Campaign.id.desc())).all()
