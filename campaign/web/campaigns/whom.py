"""Whom: one segment, and how many of it this sender may write to at this moment."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from campaign.campaigns import edit, people, states
from campaign.campaigns.people import Reach
from campaign.errors import InvalidInput
from campaign.models import Campaign, Contact, Role, Segment
from campaign.segments import rule_of
from campaign.segments.asking import TooLong
from campaign.segments.saved import names_for
from campaign.segments.wording import describe
from campaign.web import unit
from campaign.web.access import may_see, roles
from campaign.web.campaigns.blueprint import READERS, blueprint, campaign_or_404
from campaign.web.compose import steps
from campaign.web.language import current, t


@dataclass(frozen=True)
class Chosen:
    """A segment with its numbers and some of its people; without, where counting took too long."""

    segment: Segment
    rule: str
    reach: Reach | None
    sample: list[Contact]
    problem: str = ""
    """Why nothing was counted."""


@blueprint.get("/<int:campaign_id>/whom")
@roles(*READERS)
def whom(campaign_id: int) -> str:
    """The list of segments; the numbers of the chosen one beside it."""
    campaign = campaign_or_404(campaign_id)
    chosen = _asked(campaign)
    if request.headers.get("HX-Request"):
        return render_template("campaigns/_reach.html", campaign=campaign, chosen=chosen)
    return render_template(
        "campaigns/whom.html",
        campaign=campaign,
        segments=_segments(),
        chosen=chosen,
        is_open=campaign.state in states.EDITABLE and Role.MARKETER in unit.account().roles,
        new_segment=_new_segment_url(),
        steps=steps.of_message(campaign.message, "whom"),
    )


@blueprint.post("/<int:campaign_id>/whom")
@roles(Role.MARKETER)
def choose(campaign_id: int) -> Response:
    """Choose it."""
    campaign = campaign_or_404(campaign_id)
    segment = unit.db().get(Segment, request.form.get("segment", 0, type=int))
    if segment is None:
        raise InvalidInput("campaigns-no-segment", field="segment")
    edit.set_segment(unit.db(), campaign, segment, unit.account(), unit.now())
    flash(t("campaigns-whom-saved", name=segment.name), "done")
    return redirect(url_for("compose.write", message_id=campaign.message_id), code=303)


def _segments() -> list[Segment]:
    return list(unit.db().scalars(select(Segment).order_by(Segment.name)))


def _asked(campaign: Campaign) -> Chosen | None:
    """The segment that the page was asked to count, or the campaign's own."""
    asked = request.args.get("segment", type=int)
    segment = unit.db().get(Segment, asked) if asked else campaign.segment
    if segment is None:
        return None
    rule, now = rule_of(unit.db(), segment), unit.now()
    found = Chosen(segment, describe(rule, current(), names_for(unit.db())), None, [])
    try:
        with unit.asking() as db:
            reach = people.reach_of(db, campaign, rule, now)
            return replace(found, reach=reach, sample=people.sample_of(db, rule, now))
    except TooLong as error:
        return replace(found, problem=t(error.key, **error.values))


def _new_segment_url() -> str:
    endpoint = "segments.new"
    return url_for(endpoint) if may_see(endpoint) else ""
