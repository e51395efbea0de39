"""The answer of a page that asks how far its work in the background is."""

from __future__ import annotations

from flask import make_response, render_template
from werkzeug.wrappers import Response

from campaign.campaigns import checking
from campaign.errors import NotFound
from campaign.models import AudienceCheck


def answer(check: AudienceCheck | None, template: str, **values: object) -> Response:
    """How far the check is; when it has ended the whole page is shown anew. NotFound without one."""
    if check is None:
        raise NotFound()
    made = make_response(render_template(template, check=check, **values))
    if check.state not in checking.OPEN:
        made.headers["HX-Refresh"] = "true"
    return made
