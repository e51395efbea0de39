"""Choosing how the message looks: the layouts as small pictures, filled with the author's own words."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from campaign.campaigns import edit
from campaign.errors import NotFound
from campaign.models import Channel
from campaign.render import layouts
from campaign.web import unit
from campaign.web.access import roles
from campaign.web.compose import steps
from campaign.web.compose.blueprint import WRITERS, blueprint, message_or_404
from campaign.web.language import t


@blueprint.get("/<int:message_id>/layout")
@roles(*WRITERS)
def choose_layout(message_id: int) -> str:
    """Every layout of every channel that the message goes out on."""
    message = message_or_404(message_id)
    channels = [channel for channel in Channel if edit.layout_of(message, channel)]
    return render_template(
        "compose/layout.html",
        message=message,
        campaign=edit.campaign_of(unit.db(), message),
        variant=message.variants[0],
        steps=steps.of_message(message, "write"),
        choices=[
            (channel, layouts.all_of(channel), edit.layout_of(message, channel)) for channel in channels
        ],
    )


@blueprint.post("/<int:message_id>/layout")
@roles(*WRITERS)
def set_layout(message_id: int) -> Response:
    """Use that one."""
    message = message_or_404(message_id)
    try:
        channel = Channel(request.form.get("channel", ""))
    except ValueError as error:
        raise NotFound() from error
    edit.set_layout(unit.db(), message, channel, request.form.get("layout", ""), unit.account(), unit.now())
    flash(t("editor-layout-saved"), "done")
    return redirect(url_for("compose.write", message_id=message.id), code=303)
