"""What a reviewer does beside deciding: waive, remark, propose, stop what recurs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from campaign.approval import notices, remarks, standing, waiving
from campaign.errors import InvalidInput, NotFound
from campaign.models import NoticeKind, Role, StandingApproval, Submission, Waiver
from campaign.web import unit
from campaign.web.access import roles
from campaign.web.language import t
from campaign.web.review import places, reading
from campaign.web.review.blueprint import blueprint, submission_or_404
from campaign.web.telling import ring

UNPROCESSABLE = 422
Answer = Response | tuple[str, int]


@blueprint.post("/<int:submission_id>/waive")
@roles(Role.REVIEWER)
def waive(submission_id: int) -> Answer:
    """One finding, with a reason, until a day."""

    def act(submission: Submission) -> str:
        finding = places.finding_or_404(submission, request.form.get("finding", ""))
        reason, until = request.form.get("reason", ""), _day("ends_on")
        waiving.waive(unit.db(), submission, finding, reason, until, unit.account(), unit.now())
        return t("review-waiver-granted")

    return _try(submission_id, act, "findings")


@blueprint.post("/<int:submission_id>/waivers/<int:waiver_id>/end")
@roles(Role.REVIEWER)
def end_waiver(submission_id: int, waiver_id: int) -> Answer:
    """Refuse a request, or take a waiver back."""

    def act(submission: Submission) -> str:
        waiver = unit.db().get(Waiver, waiver_id)
        if waiver is None or waiver.message_id != submission.message_id:
            raise NotFound()
        waiving.end(unit.db(), waiver, unit.account(), unit.now())
        return t("review-waiver-ended")

    return _try(submission_id, act, "findings")


@blueprint.post("/<int:submission_id>/remark")
@roles(Role.REVIEWER)
def remark(submission_id: int) -> Answer:
    """Say something of one block."""

    def act(submission: Submission) -> str:
        remarks.write(
            unit.db(), submission, request.form.get("language", ""), request.form.get("block", ""),
            request.form.get("text", ""), unit.account(), unit.now(), request.form.get("quote", ""),
        )  # fmt: skip
        return t("review-remark-written")

    return _try(submission_id, act, "remarks")


@blueprint.post("/<int:submission_id>/propose")
@roles(Role.REVIEWER)
def propose(submission_id: int) -> Answer:
    """Other words for one block; the author hears of it."""

    def act(submission: Submission) -> str:
        words = {
            name.removeprefix("words."): text
            for name, text in request.form.items()
            if name.startswith("words.")
        }
        made = remarks.propose(
            unit.db(), submission, request.form.get("language", ""), request.form.get("block", ""),
            words, unit.account(), unit.now(), request.form.get("text", ""),
        )  # fmt: skip
        notices.tell(
            unit.db(), NoticeKind.PROPOSED, submission, [submission.submitted_by], unit.now(), made.id
        )
        return t("review-proposal-made")

    return _try(submission_id, act, "remarks")


@blueprint.post("/standing/<int:standing_id>/end")
@roles(Role.REVIEWER)
def end_standing(standing_id: int) -> Response:
    """Stop what recurs, at once."""
    found = unit.db().get(StandingApproval, standing_id)
    if found is None:
        raise NotFound()
    standing.revoke(unit.db(), found, unit.account(), unit.now())
    flash(t("review-standing-revoked"), "done")
    return redirect(url_for("review.index"), code=303)


def _try(submission_id: int, act: Callable[[Submission], str], anchor: str) -> Answer:
    """Do it and go back to its place; what was typed wrongly is said on the page."""
    submission = submission_or_404(submission_id)
    try:
        done = act(submission)
    except InvalidInput as error:
        unit.db().rollback()
        return reading.page(submission_or_404(submission_id), error), UNPROCESSABLE
    ring(submission)
    flash(done, "done")
    language = request.form.get("language") or None
    back = url_for("review.read", submission_id=submission.id, language=language, _anchor=anchor)
    return redirect(back, code=303)


def _day(name: str) -> date:
    try:
        return date.fromisoformat(request.form.get(name, ""))
    except ValueError as error:
        raise InvalidInput("review-waiver-end", field=name, days=waiving.LONGEST.days) from error
