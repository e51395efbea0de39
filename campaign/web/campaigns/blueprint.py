"""One blueprint, and what its views look up first."""

from __future__ import annotations

from flask import Blueprint

from campaign.errors import NotFound
from campaign.models import Campaign, CampaignState, Role
from campaign.web import unit

blueprint = Blueprint("campaigns", __name__, url_prefix="/campaigns")

S = CampaignState
# a state's tag: its colour says how much attention the state wants
TAGS = {
    S.IN_REVIEW: "wait",
    S.APPROVED: "done",
    S.SCHEDULED: "wait",
    S.RUNNING: "busy",
    S.PAUSED: "stop",
    S.FINISHED: "done",
}
# reviewers look, marketers act
READERS = (Role.MARKETER, Role.REVIEWER)


def campaign_or_404(campaign_id: int) -> Campaign:
    """The campaign by its number."""
    campaign = unit.db().get(Campaign, campaign_id)
    if campaign is None:
        raise NotFound()
    return campaign
