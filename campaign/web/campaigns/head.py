"""A new campaign, and its name, goal, kind, offer, sender and channels afterwards."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from campaign.campaigns import edit, life, states
from campaign.errors import InvalidInput
from campaign.models import Campaign, MessageKind, OfferType, Role, Sender
from campaign.web import unit
from campaign.web.access import roles
from campaign.web.campaigns.blueprint import blueprint, campaign_or_404
from campaign.web.compose import steps
from campaign.web.language import current, t

UNPROCESSABLE = 422
# replies and transactional messages have roads of their own
KINDS = (MessageKind.MARKETING, MessageKind.GREETING, MessageKind.REQUEST)


@blueprint.get("/new")
@roles(Role.MARKETER)
def new() -> str:
    """The form; `example` fills it with something to try."""
    typed = {"kind": MessageKind.MARKETING.value, "channels": "email"}
    if "example" in request.args:
        typed |= {"name": t("campaigns-example-name"), "goal": t("campaigns-example-goal")}
    senders = _senders()
    if senders:
        typed["sender"] = str(senders[0].id)
    return _form("campaigns/new.html", typed, {})


@blueprint.post("/new")
@roles(Role.MARKETER)
def create() -> Response | tuple[str, int]:
    """Make the draft, and on to whom."""
    try:
        campaign = life.create(unit.db(), unit.account(), unit.now(), language=current(), **_read())
    except InvalidInput as error:
        return _form("campaigns/new.html", request.form, _errors(error)), UNPROCESSABLE
    flash(t("campaigns-created"), "done")
    return redirect(url_for("campaigns.whom", campaign_id=campaign.id), code=303)


@blueprint.get("/<int:campaign_id>/head")
@roles(Role.MARKETER)
def head(campaign_id: int) -> str:
    """The same fields, filled."""
    campaign = campaign_or_404(campaign_id)
    return _form("campaigns/head.html", _typed(campaign), {}, campaign)


@blueprint.post("/<int:campaign_id>/head")
@roles(Role.MARKETER)
def change_head(campaign_id: int) -> Response | tuple[str, int]:
    """Kind, offer, sender and channels are part of what is signed: changing one voids the seal."""
    campaign = campaign_or_404(campaign_id)
    try:
        edit.set_head(unit.db(), campaign, unit.account(), unit.now(), **_read())
    except InvalidInput as error:
        unit.db().rollback()
        campaign = campaign_or_404(campaign_id)
        return _form("campaigns/head.html", request.form, _errors(error), campaign), UNPROCESSABLE
    flash(t("campaigns-head-saved"), "done")
    return redirect(url_for("campaigns.show", campaign_id=campaign.id), code=303)


def _read() -> dict[str, Any]:
    try:
        kind = MessageKind(request.form.get("kind", ""))
    except ValueError as error:
        raise InvalidInput("campaigns-kind-missing", field="kind") from error
    sender = unit.db().get(Sender, request.form.get("sender", 0, type=int))
    if sender is None or not sender.active:
        raise InvalidInput("campaigns-sender-missing", field="sender")
    if kind not in KINDS:
        raise InvalidInput("campaigns-kind-no-campaign", field="kind")
    return {
        "name": request.form.get("name", ""),
        "goal": request.form.get("goal", ""),
        "kind": kind,
        "offer_type": _offer_type(),
        "sender": sender,
        "channels": request.form.get("channels", ""),
    }


def _offer_type() -> OfferType | None:
    """Nobody has to say it: without it one rule stays silent."""
    said = request.form.get("offer_type", "")
    try:
        return OfferType(said) if said else None
    except ValueError as error:
        raise InvalidInput("campaigns-offer-unknown", field="offer_type") from error


def _typed(campaign: Campaign) -> dict[str, str]:
    return {
        "name": campaign.name,
        "goal": campaign.goal,
        "kind": campaign.message.kind.value,
        "offer_type": campaign.message.offer_type or "",
        "sender": str(campaign.message.sender_id),
        "channels": campaign.channels,
    }


def _errors(error: InvalidInput) -> dict[str, str]:
    return {error.field or "": t(error.key, **error.values)}


def _senders() -> list[Sender]:
    return list(unit.db().scalars(select(Sender).where(Sender.active).order_by(Sender.name)))


def _form(template: str, typed: Any, errors: dict[str, str], campaign: Campaign | None = None) -> str:
    return render_template(
        template,
        typed=typed,
        errors=errors,
        campaign=campaign,
        kinds=KINDS,
        offers=list(OfferType),
        senders=_senders(),
        is_open=campaign is None or campaign.state in states.EDITABLE,
        steps=steps.of_message(campaign.message, "") if campaign else [],
    )
