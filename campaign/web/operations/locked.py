"""The lock on sending: what it is, what opening it does, and the button."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from campaign.campaigns import unlock as unlocking
from campaign.dispatch import lock
from campaign.web import unit
from campaign.web.language import t
from campaign.web.operations.blueprint import admins_only, blueprint


@blueprint.get("/unlock")
@admins_only
def confirm_unlock() -> ResponseReturnValue:
    """Says what will happen, and asks."""
    locked = lock.look(unit.db(), unit.settings())
    if locked is None:
        return redirect(url_for("operations.index"), code=303)
    return render_template("operations/unlock.html", locked=locked, found=unlocking.in_flight(unit.db()))


@blueprint.post("/unlock")
@admins_only
def unlock() -> Response:
    """From now on this installation sends from these data."""
    found = unlocking.unlock(unit.db(), unit.settings(), unit.account(), unit.now())
    flash(t("operations-unlocked", mailings=found.mailings, held=found.held), "done")
    return redirect(url_for("operations.index"), code=303)
