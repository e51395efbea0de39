"""One blueprint, and what its views look up first."""

from __future__ import annotations

from flask import Blueprint

from campaign.errors import NotFound
from campaign.models import Campaign, Role
from campaign.web import unit

blueprint = Blueprint("campaigns", __name__, url_prefix="/campaigns")

# reviewers look, marketers act
READERS = (Role.MARKETER, Role.REVIEWER)


def campaign_or_404(campaign_id: int) -> Campaign:
    """The campaign by its number."""
    campaign = unit.db().get(Campaign, campaign_id)
    if campaign is None:
        raise NotFound()
    return campaign
