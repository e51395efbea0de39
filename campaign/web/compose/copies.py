"""Languages of a message: add one, drop one."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from campaign.campaigns import copy
from campaign.web import unit
from campaign.web.access import roles
from campaign.web.compose.blueprint import WRITERS, blueprint, message_or_404
from campaign.web.language import t


@blueprint.post("/<int:message_id>/languages")
@roles(*WRITERS)
def add_language(message_id: int) -> Response:
    """A further language, beginning with the words of the first."""
    message = message_or_404(message_id)
    variant = copy.add_language(
        unit.db(), message, request.form.get("language", ""), unit.account(), unit.now()
    )
    flash(t("editor-language-added"), "done")
    return redirect(url_for("compose.write", message_id=message.id, language=variant.key), code=303)


@blueprint.post("/<int:message_id>/languages/remove")
@roles(*WRITERS)
def remove_language(message_id: int) -> Response:
    """Drop one; the last stays."""
    message = message_or_404(message_id)
    copy.remove_language(unit.db(), message, request.form.get("language", ""), unit.account(), unit.now())
    flash(t("editor-language-removed"), "done")
    return redirect(url_for("compose.write", message_id=message.id), code=303)
