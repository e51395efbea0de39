"""Every component on one page, with real words: to look at, to test, to copy from."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from campaign.web.access import signed_in
from campaign.web.paging import Page

blueprint = Blueprint("styleguide", __name__)


@blueprint.get("/styleguide")
@signed_in
def index() -> ResponseReturnValue:
    return render_template("styleguide/index.html", page=Page(list(range(50)), 2, 50, 1284))
