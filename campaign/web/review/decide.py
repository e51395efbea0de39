"""The two decisions: the seal, or back with a reason."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from campaign.campaigns import life
from campaign.errors import InvalidInput
from campaign.models import Role
from campaign.web import telling, unit
from campaign.web.access import roles
from campaign.web.auth import second_factor
from campaign.web.language import t
from campaign.web.review import reading
from campaign.web.review.blueprint import blueprint, submission_or_404

UNPROCESSABLE = 422


@blueprint.post("/<int:submission_id>/sign")
@roles(Role.REVIEWER)
def sign(submission_id: int) -> Response | tuple[str, int]:
    """Sign exactly this content, every question ticked."""
    submission = submission_or_404(submission_id)
    ticked = request.form.getlist("checked")
    try:
        proven = second_factor.proven(request.form.get("code", ""))
        life.approve(unit.db(), submission, unit.account(), unit.now(), ticked=ticked, proven=proven)
    except InvalidInput as error:
        unit.db().rollback()
        return reading.page(submission_or_404(submission_id), error), UNPROCESSABLE
    telling.ring(submission)
    flash(t("review-signed"), "done")
    return redirect(url_for("review.read", submission_id=submission.id), code=303)


@blueprint.post("/<int:submission_id>/send-back")
@roles(Role.REVIEWER)
def send_back(submission_id: int) -> Response | tuple[str, int]:
    """To its author, with what to mend."""
    submission = submission_or_404(submission_id)
    try:
        life.send_back(unit.db(), submission, unit.account(), request.form.get("reason", ""), unit.now())
    except InvalidInput as error:
        unit.db().rollback()
        return reading.page(submission_or_404(submission_id), error), UNPROCESSABLE
    telling.ring(submission)
    flash(t("review-sent-back"), "done")
    return redirect(url_for("review.read", submission_id=submission.id), code=303)
