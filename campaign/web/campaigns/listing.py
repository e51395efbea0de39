"""The list: what waits for its author, what moves, what is over."""

from __future__ import annotations

from dataclasses import dataclass

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from campaign.campaigns import life
from campaign.dispatch import progress
from campaign.dispatch.progress import Progress
from campaign.models import Campaign, CampaignState, DeliveryState
from campaign.web import unit
from campaign.web.access import roles
from campaign.web.campaigns.blueprint import READERS, TAGS, blueprint, campaign_or_404

S = CampaignState
SECTIONS = (
    ("yours", (S.DRAFT, S.APPROVED, S.PAUSED)),
    ("moving", (S.IN_REVIEW, S.SCHEDULED, S.RUNNING)),
    ("over", (S.FINISHED, S.CANCELLED)),
)
FIRST_STEP = {
    S.IN_REVIEW: "compose.sign",
    S.DRAFT: "compose.write",
}


@dataclass(frozen=True)
class Row:
    """A campaign, and how far its sending is, once it began."""

    campaign: Campaign
    progress: Progress | None
    missed: bool

    @property
    def left(self) -> int:
        return self.progress.counts[DeliveryState.ACCEPTED] if self.progress else 0


@blueprint.get("/")
@roles(*READERS)
def index() -> str:
    """Three short lists."""
    rows = [_row(campaign) for campaign in life.everything(unit.db())]
    sections = [(key, [row for row in rows if row.campaign.state in held]) for key, held in SECTIONS]
    return render_template("campaigns/index.html", sections=sections, nothing=not rows, tags=TAGS)


@blueprint.get("/<int:campaign_id>")
@roles(*READERS)
def show(campaign_id: int) -> Response:
    """To the step that is next."""
    campaign = campaign_or_404(campaign_id)
    if campaign.segment is None and campaign.state is S.DRAFT:
        return redirect(url_for("campaigns.whom", campaign_id=campaign.id))
    endpoint = FIRST_STEP.get(campaign.state)
    if endpoint:
        return redirect(url_for(endpoint, message_id=campaign.message_id))
    return redirect(url_for("campaigns.send", campaign_id=campaign.id))


def _row(campaign: Campaign) -> Row:
    ids = [mailing.id for mailing in life.mailings_of(unit.db(), campaign)]
    counts = None
    if ids:
        by_mailing = progress.by_mailing_and_channel(unit.db(), ids, unit.now())
        counts = progress.together(by_mailing.values())
    return Row(campaign, counts, life.missed(campaign, unit.now()))
