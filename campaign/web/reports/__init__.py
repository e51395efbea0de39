"""Results: what each campaign brought, in sentences, one picture and its table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from sqlalchemy import select

from campaign.db import Database
from campaign.errors import NotFound
from campaign.models import Campaign, CampaignState, Channel, Mailing
from campaign.report import compare, export, numbers
from campaign.report.charts import Bar, funnel
from campaign.report.numbers import ChannelNumbers, Numbers
from campaign.web import access, formats, unit
from campaign.web.access import may, signed_in
from campaign.web.exporting import Export, answer
from campaign.web.language import t
from campaign.web.paging import page_of
from campaign.web.rights_table import Action

blueprint = Blueprint("report", __name__, url_prefix="/reports")

# what has left the house at least in part
STARTED = (
    CampaignState.RUNNING,
    CampaignState.PAUSED,
    CampaignState.FINISHED,
    CampaignState.CANCELLED,
)


@blueprint.get("")
@signed_in
def index() -> ResponseReturnValue:
    query = (
        select(Campaign)
        .where(select(Mailing.id).where(Mailing.campaign_id == Campaign.id).exists())
        .order_by(Campaign.updated_at.desc(), Campaign.id.desc())
    )
    page = page_of(unit.db(), query, size=20)
    rows = [(campaign, numbers.of_campaign(unit.db(), campaign.id, unit.now())) for campaign in page.items]
    return render_template(
        "reports/index.html",
        rows=rows,
        page=page,
        page_url=lambda number: url_for("report.index", page=number),
        campaigns_url=_url_if_seen("campaigns.index"),
    )


@blueprint.get("/campaigns/<int:campaign_id>")
@signed_in
def campaign(campaign_id: int) -> ResponseReturnValue:
    one = _campaign(campaign_id)
    found = numbers.of_campaign(unit.db(), campaign_id, unit.now())
    return render_template(
        "reports/campaign.html",
        campaign=one,
        numbers=found,
        pictures=pictures(found),
        names=[name for name in vars(found.total) if _is_told(found, name)],
        arms=compare.arms_of(unit.db(), campaign_id),
        held_out=compare.held_out(unit.db(), campaign_id),
        within=compare.WITHIN.days,
        says=compare.says,
        links=numbers.links_of_campaign(unit.db(), campaign_id),
        campaign_url=_url_if_seen("campaigns.show", campaign_id=campaign_id),
        recipients_url=_url_if_seen("deliveries.of_campaign", campaign_id=campaign_id),
        may_export=access.may_see("report.deliveries_csv"),
    )


@blueprint.route("/campaigns/<int:campaign_id>/deliveries.csv", methods=["GET", "POST"])
@may(Action.EXPORT_RECIPIENTS)
def deliveries_csv(campaign_id: int) -> ResponseReturnValue:
    """Each person: an export of addresses, so for those who may have them."""
    one = _campaign(campaign_id)
    name = f"campaign-{campaign_id}-deliveries.csv"
    what = _export(one, Action.EXPORT_RECIPIENTS, t("report-export-deliveries"), name)
    return answer(what, lambda: _deliveries(unit.database(), campaign_id))


@blueprint.route("/campaigns/<int:campaign_id>/summary.csv", methods=["GET", "POST"])
@may(Action.EXPORT_FIGURES)
def summary_csv(campaign_id: int) -> ResponseReturnValue:
    one = _campaign(campaign_id)
    what = _export(one, Action.EXPORT_FIGURES, t("report-export-summary"), f"campaign-{campaign_id}.csv")
    return answer(what, lambda: export.summary(numbers.of_campaign(unit.db(), campaign_id, unit.now())))


def _export(one: Campaign, action: Action, title: str, name: str) -> Export:
    back = url_for("report.campaign", campaign_id=one.id), one.name
    return Export(action, title, name, "campaign", one.id, back)


def pictures(found: Numbers) -> list[tuple[Channel, Markup]]:
    """One funnel a channel, all on the scale of the larger one."""
    whole = max((one.sent for one in found.channels.values()), default=0)
    return [
        (channel, Markup(_picture(channel, one, whole)))  # noqa: S704 (our own SVG; its texts are escaped)
        for channel, one in found.channels.items()
        if one.sent
    ]


def _picture(channel: Channel, one: ChannelNumbers, whole: int) -> str:
    steps = {
        Channel.EMAIL: [
            ("sent", one.sent, 0),
            ("opened", one.opened, one.opened_by_machine),
            ("clicked", one.clicked, one.clicked_by_machine),
            ("replied", one.replied, 0),
        ],
        Channel.LETTER: [("sent", one.sent, 0), ("replied", one.replied, 0), ("returned", one.returned, 0)],
    }[channel]
    bars = [
        Bar(t(f"report-number-{name}"), people, _value(people, one.sent), machines)
        for name, people, machines in steps
    ]
    counts = {name: people for name, people, _ in steps}
    return funnel(
        bars,
        whole,
        t(f"report-chart-{channel}"),
        t(f"report-chart-description-{channel}", **counts),
        f"funnel-{channel}",
    )


def _value(count: int, of: int) -> str:
    share = formats.percent(count / of if of else 0.0)
    return t("report-value", count=formats.number(count), share=share)


def _is_told(found: Numbers, name: str) -> bool:
    """Rows of nothing but zeros are left out of the table, except the plain facts."""
    return getattr(found.total, name) > 0 or name in (
        "planned",
        "sent",
        "opened",
        "clicked",
        "replied",
        "bounced",
    )


def _campaign(campaign_id: int) -> Campaign:
    one = unit.db().get(Campaign, campaign_id)
    if one is None:
        raise NotFound
    return one


def _url_if_seen(endpoint: str, **values: Any) -> str | None:
    """A link to an area only where it exists and the person may enter it."""
    return url_for(endpoint, **values) if access.may_see(endpoint) else None


def _deliveries(database: Database, campaign_id: int) -> Iterator[str]:
    """Sent after the request's session was given back, so the lines have one of their own."""
    with database.read() as db:
        yield from export.deliveries(db, campaign_id)
