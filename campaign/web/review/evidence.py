"""Evidence: one click for the pack of a decided submission."""

from __future__ import annotations

from flask import Response

from campaign.approval import evidence as packs
from campaign.errors import NotFound
from campaign.models import Role
from campaign.web import unit
from campaign.web.access import roles
from campaign.web.language import current
from campaign.web.review.blueprint import blueprint, submission_or_404

TYPES = {"pdf": "application/pdf", "json": "application/json", "zip": "application/zip"}


@blueprint.post("/<int:submission_id>/evidence.<form>")
@roles(Role.REVIEWER, Role.ADMIN, Role.MARKETER)
def evidence(submission_id: int, form: str) -> Response:
    """A POST, for making a pack is written into the log."""
    submission = submission_or_404(submission_id)
    if form not in TYPES:
        raise NotFound()
    pack = packs.make_pack(
        unit.db(), submission, unit.account(), packs.key_of(unit.settings()), unit.now(), language=current()
    )
    response = Response(getattr(pack, form), mimetype=TYPES[form])
    name = f"evidence-{submission.id}-{pack.root[:8]}.{form}"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
