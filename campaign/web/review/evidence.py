"""Evidence: the pack of a decided submission, with a reason."""

from __future__ import annotations

from flask import url_for
from flask.typing import ResponseReturnValue

from campaign.approval import evidence as packs
from campaign.errors import NotFound
from campaign.web import unit
from campaign.web.access import may
from campaign.web.exporting import Export, answer
from campaign.web.language import current, t
from campaign.web.review.blueprint import blueprint, submission_or_404
from campaign.web.rights_table import Action

TYPES = {"pdf": "application/pdf", "json": "application/json", "zip": "application/zip"}


@blueprint.route("/<int:submission_id>/evidence.<form>", methods=["GET", "POST"])
@may(Action.EXPORT_EVIDENCE)
def evidence(submission_id: int, form: str) -> ResponseReturnValue:
    """Made when it is asked for; making a pack is written into the log by itself."""
    submission = submission_or_404(submission_id)
    if form not in TYPES:
        raise NotFound()

    def make() -> bytes:
        key, db = packs.key_of(unit.settings()), unit.db()
        pack = packs.make_pack(db, submission, unit.account(), key, unit.now(), language=current())
        content: bytes = getattr(pack, form)
        return content

    back = url_for("review.read", submission_id=submission.id), t("rights-back")
    name = f"evidence-{submission.id}-{submission.content_hash[:8]}.{form}"
    what = Export(
        Action.EXPORT_EVIDENCE, t("evidence-download"), name, "submission", submission.id, back, TYPES[form]
    )
    return answer(what, make)
