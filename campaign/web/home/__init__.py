"""The desk: what waits for me today, one section per role that the person holds."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from campaign.web.access import signed_in

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@signed_in
def desk() -> ResponseReturnValue:
    return render_template("home/desk.html")
