"""The marketer's desk: drafts, what came back from review, what is on its way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaign.campaigns import doubts
from campaign.dispatch import progress
from campaign.models import (
    Account,
    Campaign,
    CampaignState,
    DeliveryState,
    Mailing,
    Submission,
    SubmissionState,
)
from campaign.web.home.desks import SHOWN, Action, Desk, Item
from campaign.web.language import t
from campaign.web.navigation import link

OPEN = (
    CampaignState.DRAFT,
    CampaignState.IN_REVIEW,
    CampaignState.APPROVED,
    CampaignState.SCHEDULED,
    CampaignState.RUNNING,
    CampaignState.PAUSED,
)
ON_ITS_WAY = (CampaignState.SCHEDULED, CampaignState.RUNNING, CampaignState.PAUSED)
TAGS = {
    CampaignState.IN_REVIEW: "wait",
    CampaignState.APPROVED: "done",
    CampaignState.SCHEDULED: "busy",
    CampaignState.RUNNING: "busy",
    CampaignState.PAUSED: "stop",
}
# not known yet, or known to have gone nowhere
NOT_OUT = (DeliveryState.QUEUED, DeliveryState.CLAIMED, DeliveryState.DEFERRED)


def desk(db: Session, _account: Account, now: datetime) -> Desk:
    """Everybody's campaigns: a small team looks after each other's."""
    states = db.execute(
        select(Campaign.state, func.count()).where(Campaign.state.in_(OPEN)).group_by(Campaign.state)
    )
    counts = {state: count for state, count in states}  # noqa: C416 (rows, not pairs)
    in_doubt = doubts.by_campaign(db)
    newest = select(Campaign).order_by(Campaign.updated_at.desc()).limit(SHOWN)
    done = db.scalars(newest.where(Campaign.id.in_(in_doubt), Campaign.state.not_in(OPEN))).all()
    shown = [*done, *db.scalars(newest.where(Campaign.state.in_(OPEN)))][:SHOWN]
    sent = _progress(db, [campaign.id for campaign in shown], now)
    returned = _sent_back(db, [campaign.message_id for campaign in shown])
    return Desk(
        name="marketer",
        counts={
            "drafts": counts.get(CampaignState.DRAFT, 0),
            "waiting": counts.get(CampaignState.IN_REVIEW, 0),
            "ready": counts.get(CampaignState.APPROVED, 0),
            "moving": sum(counts.get(state, 0) for state in ON_ITS_WAY),
            "doubts": sum(in_doubt.values()),
        },
        items=[
            _in_doubt(campaign, in_doubt[campaign.id])
            if campaign.id in in_doubt
            else _item(campaign, sent, returned)
            for campaign in shown
        ],
        main=Action("home-marketer-new", link("campaigns.new")),
        more=Action("home-marketer-all", link("campaigns.index")),
        hints=["home-marketer-doubt"] if in_doubt else [],
    )


def _in_doubt(campaign: Campaign, count: int) -> Item:
    """Nobody knows of so many whether they left: that is for a person."""
    return Item(
        title=campaign.name,
        href=link("campaigns.send", campaign_id=campaign.id),
        state=t("home-campaign-doubt", count=count),
        kind="stop",
        at=campaign.updated_at,
    )


def _item(campaign: Campaign, sent: dict[int, tuple[int, int]], returned: dict[int, str]) -> Item:
    done, total = sent.get(campaign.id, (0, 0))
    state = campaign.state
    came_back = state is CampaignState.DRAFT and campaign.message_id in returned
    return Item(
        title=campaign.name,
        href=link("campaigns.show", campaign_id=campaign.id),
        state=t("home-campaign-sent-back") if came_back else t(f"home-campaign-{state}"),
        kind="stop" if came_back else TAGS.get(state, ""),
        note=returned.get(campaign.message_id, "") if came_back else "",
        at=campaign.updated_at,
        done=done if state in ON_ITS_WAY else 0,
        total=total if state in ON_ITS_WAY else 0,
    )


def _progress(db: Session, campaign_ids: Sequence[int], now: datetime) -> dict[int, tuple[int, int]]:
    """Per campaign: deliveries that are over, and all."""
    mine = select(Mailing.id, Mailing.campaign_id).where(Mailing.campaign_id.in_(campaign_ids))
    of = {row[0]: row[1] for row in db.execute(mine) if row[1] is not None}
    found: dict[int, tuple[int, int]] = {}
    for (mailing_id, _), counts in progress.by_mailing_and_channel(db, list(of), now).items():
        done, total = found.get(of[mailing_id], (0, 0))
        over = sum(count for state, count in counts.items() if state not in NOT_OUT)
        found[of[mailing_id]] = (done + over, total + sum(counts.values()))
    return found


def _sent_back(db: Session, message_ids: Sequence[int]) -> dict[int, str]:
    """Per message whose last submission came back: the reason."""
    last = (
        select(func.max(Submission.id))
        .where(Submission.message_id.in_(message_ids))
        .group_by(Submission.message_id)
    )
    rows = db.execute(
        select(Submission.message_id, Submission.reason).where(
            Submission.id.in_(last), Submission.state == SubmissionState.SENT_BACK
        )
    )
    return {message_id: reason for message_id, reason in rows}  # noqa: C416 (rows, not pairs)
