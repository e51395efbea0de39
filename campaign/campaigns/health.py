"""Campaigns whose mailing the system paused are paused, too: their page says why and lets it go on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from campaign.campaigns import states
from campaign.dispatch import pauses
from campaign.models import AuditEntry, Campaign, CampaignState, Mailing, MailingState

UNSENDABLE = "mailing.unsendable"
"""What a lane notes when it pauses a mailing of which nothing can be written (`dispatch.send`)."""


def pause_ailing(db: Session, now: datetime) -> list[Mailing]:
    """For the beat: pause what has too many bounces or complaints; which mailings it were."""
    paused = pauses.pause_ailing(db, now)
    for mailing in paused:
        campaign = db.get(Campaign, mailing.campaign_id) if mailing.campaign_id else None
        if campaign and states.can(campaign, "pause"):
            states.move(db, campaign, "pause", None, now, mailing=mailing.id)
    return paused


def follow_paused(db: Session, now: datetime) -> list[Campaign]:
    """For the beat: campaigns that stand still because a lane paused the last of their mailings. Without this
    they would say that they are being sent, and nobody could let them go on."""
    mine = Mailing.campaign_id == Campaign.id
    still = db.scalars(
        select(Campaign).where(
            Campaign.state == CampaignState.RUNNING,
            exists().where(mine, Mailing.state == MailingState.PAUSED),
            ~exists().where(mine, Mailing.state.in_((MailingState.PLANNED, MailingState.RUNNING))),
        )
    ).all()
    for campaign in still:
        states.move(db, campaign, "pause", None, now)
    return list(still)


def unsendable(db: Session, mailings: Iterable[Mailing]) -> str:
    """Why nothing of a paused mailing can be written, in the machine's words; empty when that is not what
    stopped it last."""
    for mailing in mailings:
        if mailing.state is not MailingState.PAUSED:
            continue
        about = (AuditEntry.noun == "mailing", AuditEntry.noun_id == str(mailing.id))
        last = db.scalars(select(AuditEntry).where(*about).order_by(AuditEntry.id.desc()).limit(1)).first()
        if last is not None and last.action == UNSENDABLE:
            return str(last.detail.get("why", ""))
    return ""
