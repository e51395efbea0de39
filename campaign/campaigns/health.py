"""Campaigns whose mailing the system paused are paused, too: their page says why and lets it go on."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from campaign.campaigns import states
from campaign.dispatch import pauses
from campaign.models import Campaign, Mailing


def pause_ailing(db: Session, now: datetime) -> list[Mailing]:
    """For the beat: pause what has too many bounces or complaints; which mailings it were."""
    paused = pauses.pause_ailing(db, now)
    for mailing in paused:
        campaign = db.get(Campaign, mailing.campaign_id) if mailing.campaign_id else None
        if campaign and states.can(campaign, "pause"):
            states.move(db, campaign, "pause", None, now, mailing=mailing.id)
    return paused
