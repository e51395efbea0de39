"""The two decisions: the seal, or back with a reason."""

from __future__ import annotations

from datetime import date

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from campaign.approval import remarks, waivers
from campaign.campaigns import life
from campaign.compose import document as documents
from campaign.errors import InvalidInput, NotFound
from campaign.models import Role, Submission, Waiver
from campaign.web import unit
from campaign.web.access import roles
from campaign.web.language import t
from campaign.web.review import reading
from campaign.web.review.blueprint import blueprint, submission_or_404

UNPROCESSABLE = 422


@blueprint.post("/<int:submission_id>/sign")
@roles(Role.REVIEWER)
def sign(submission_id: int) -> Response:
    """Sign exactly this content."""
    submission = submission_or_404(submission_id)
    ticked = request.form.getlist("question")
    life.approve(unit.db(), submission, unit.account(), unit.now(), ticked)
    flash(t("review-signed"), "done")
    return redirect(url_for("review.read", submission_id=submission.id), code=303)


@blueprint.post("/<int:submission_id>/waive")
@roles(Role.REVIEWER)
def waive(submission_id: int) -> Response | tuple[str, int]:
    """Excuse one finding, with a reason, until a day."""
    submission = submission_or_404(submission_id)
    fingerprint = request.form.get("fingerprint", "")
    try:
        waivers.grant(
            unit.db(), submission, fingerprint, request.form.get(f"reason-{fingerprint}", ""),
            _day(f"until-{fingerprint}"), unit.account(), unit.now(),
        )  # fmt: skip
    except InvalidInput as error:
        unit.db().rollback()
        return reading.page(submission_or_404(submission_id), error), UNPROCESSABLE
    flash(t("review-waiver-granted"), "done")
    return redirect(url_for("review.read", submission_id=submission.id, _anchor="findings"), code=303)


@blueprint.post("/<int:submission_id>/waivers/<int:waiver_id>/end")
@roles(Role.REVIEWER)
def end_waiver(submission_id: int, waiver_id: int) -> Response:
    """The finding counts again."""
    submission = submission_or_404(submission_id)
    row = unit.db().get(Waiver, waiver_id)
    if row is None or row.message_id != submission.message_id:
        raise NotFound()
    waivers.end(unit.db(), row, unit.account(), unit.now())
    return redirect(url_for("review.read", submission_id=submission.id, _anchor="findings"), code=303)


@blueprint.post("/<int:submission_id>/send-back")
@roles(Role.REVIEWER)
def send_back(submission_id: int) -> Response | tuple[str, int]:
    """To its author, with what to mend."""
    submission = submission_or_404(submission_id)
    try:
        reason, noted = request.form.get("reason", ""), _remarks(submission)
        life.send_back(unit.db(), submission, unit.account(), reason, unit.now(), noted)
    except InvalidInput as error:
        unit.db().rollback()
        return reading.page(submission_or_404(submission_id), error), UNPROCESSABLE
    flash(t("review-sent-back"), "done")
    return redirect(url_for("review.read", submission_id=submission.id), code=303)


def _day(name: str) -> date:
    try:
        return date.fromisoformat(request.form.get(name, ""))
    except ValueError as error:
        raise InvalidInput("review-waiver-until", field=name, days=waivers.LONGEST.days) from error


def _remarks(submission: Submission) -> list[dict[str, str]]:
    """What was written at the blocks of the language that was read."""
    language = request.form.get("language", "")
    found = [item for item in submission.content["variants"] if item["language"] == language]
    if not found:
        return []
    blocks = documents.from_json(found[0]["document"]).blocks
    texts = {block.id: request.form.get(f"remark.{block.id}", "").strip() for block in blocks}
    proposals: dict[str, str] = {}
    for block in blocks:
        words = documents.clean(request.form.get(f"proposal.{block.id}", ""))
        if words.strip() and words.strip() != block.text.strip():
            proposals[block.id] = words
    return remarks.made(language, texts, proposals)
