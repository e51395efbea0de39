"""Sending to those added since in one go, as the worker does it in stretches."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from campaign.approval import sealed
from campaign.campaigns import added
from campaign.campaigns.added import Outcome
from campaign.lint import lint_audience
from campaign.models import Account, Campaign


def send(db: Session, campaign: Campaign, account: Account, now: datetime, note: str = "") -> Outcome:
    """Freeze, read, decide."""
    audience = added.frozen(db, campaign, now)
    content = sealed.content_now(db, campaign.message, audience)
    findings = lint_audience(db, content, audience)
    return added.decide(db, campaign, content, audience, findings, account, now, note)
