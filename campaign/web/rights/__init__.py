"""Rights: who may do what with data about people, and how long these are kept."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from campaign.models import Role
from campaign.web.access import signed_in
from campaign.web.language import t
from campaign.web.rights_table import TABLE

blueprint = Blueprint("rights", __name__)


@blueprint.get("/rights")
@signed_in
def index() -> ResponseReturnValue:
    """The table; everybody may know it."""
    return render_template(
        "rights/index.html",
        table=list(TABLE.items()),
        roles=list(Role),
        role_names=[t(f"common-role-{role}") for role in Role],
    )


from campaign.web.rights import retention  # noqa: E402, F401 (it adds views)
