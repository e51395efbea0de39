"""Deliveries of a campaign whose outcome nobody knows: a person decides, about one of them or about all."""

from __future__ import annotations

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from campaign.campaigns import life
from campaign.errors import NotFound
from campaign.models import Delivery, Role
from campaign.queue import Job
from campaign.web import unit
from campaign.web.access import roles
from campaign.web.campaigns import ringing
from campaign.web.campaigns.blueprint import blueprint, campaign_or_404
from campaign.web.campaigns.send import back
from campaign.web.language import t

AGAIN = "again"


@blueprint.post("/<int:campaign_id>/unknown/<int:delivery_id>")
@roles(Role.MARKETER)
def decide(campaign_id: int, delivery_id: int) -> Response:
    """Count it as sent, or send it again."""
    campaign = campaign_or_404(campaign_id)
    delivery = unit.db().get(Delivery, delivery_id)
    if delivery is None:
        raise NotFound()
    again = request.form.get("decision") == AGAIN
    life.decide_unknown(unit.db(), campaign, delivery, again, unit.account(), unit.now())
    if again:
        unit.ring(Job.EMAIL_LANE, delivery.mailing_id)
    flash(t("campaigns-doubt-settled"), "done")
    return back(campaign)


@blueprint.get("/<int:campaign_id>/unknown")
@roles(Role.MARKETER)
def confirm_all(campaign_id: int) -> ResponseReturnValue:
    """So many at once cannot be undone, so it asks."""
    campaign = campaign_or_404(campaign_id)
    again = request.args.get("decision") == AGAIN
    doubts = life.doubts(unit.db(), campaign, unit.now())
    count = doubts.ripe if again else doubts.total
    if not count:
        return back(campaign)
    return render_template(
        "campaigns/doubts.html",
        campaign=campaign,
        word=AGAIN if again else "sent",
        count=count,
        later=doubts.total - count,
    )


@blueprint.post("/<int:campaign_id>/unknown")
@roles(Role.MARKETER)
def decide_all(campaign_id: int) -> Response:
    """All of them, or all that can be sent again by now."""
    campaign = campaign_or_404(campaign_id)
    again = request.form.get("decision") == AGAIN
    count = life.decide_all_unknown(unit.db(), campaign, again, unit.account(), unit.now())
    if again and count:
        ringing.ring_all(campaign)
    flash(t("campaigns-doubt-all-settled", count=count), "done")
    return back(campaign)
