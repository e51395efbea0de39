"""The author's side of sign-off: submit, wait, read the answer, withdraw."""

from __future__ import annotations

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from campaign import approval
from campaign.approval import standing
from campaign.campaigns import checking, edit, life, states
from campaign.errors import InvalidInput, NotFound
from campaign.lint import waivers
from campaign.models import AudienceCheck, Campaign, CheckState, Message, Submission
from campaign.occasions import holidays
from campaign.queue import Job
from campaign.segments.asking import TooLong
from campaign.web import awaiting, telling, unit
from campaign.web.access import may_see, roles
from campaign.web.compose import notes, seals, steps
from campaign.web.compose.blueprint import READERS, WRITERS, blueprint, message_or_404
from campaign.web.compose.notes import Note
from campaign.web.language import t

UNPROCESSABLE = 422


@blueprint.get("/<int:message_id>/sign-off")
@roles(*READERS)
def sign(message_id: int) -> str:
    """State, history, and the one thing to do next."""
    return _page(message_or_404(message_id))


@blueprint.post("/<int:message_id>/sign-off")
@roles(*WRITERS)
def submit(message_id: int) -> Response | tuple[str, int]:
    """Freeze and put before a reviewer; what blocks is shown on the page, and nothing is written."""
    message = message_or_404(message_id)
    campaign = edit.campaign_of(unit.db(), message)
    if campaign and _is_large(campaign):
        return _check(campaign)
    try:
        submission = _submit(message)
    except approval.Blocked as blocked:
        unit.db().rollback()
        return _page(message_or_404(message_id), blocked=blocked), UNPROCESSABLE
    except InvalidInput as error:
        unit.db().rollback()
        return _page(message_or_404(message_id), error=error), UNPROCESSABLE
    telling.ring(submission)
    signers = approval.possible_signers(unit.db(), message)
    names = ", ".join(person.name for person in signers if person.id != submission.submitted_by)
    flash(t("review-submitted", names=names) if names else t("review-submitted-nobody"), "done")
    return redirect(url_for("compose.sign", message_id=message.id), code=303)


@blueprint.get("/<int:message_id>/sign-off/progress")
@roles(*READERS)
def check_progress(message_id: int) -> Response:
    """How far the check is, asked for every two seconds while it goes on."""
    check = checking.newest(unit.db(), message_or_404(message_id).id)
    return awaiting.answer(check, "compose/_checking.html", message_id=message_id)


@blueprint.post("/<int:message_id>/sign-off/stop")
@roles(*WRITERS)
def stop_check(message_id: int) -> Response:
    """Not now."""
    message = message_or_404(message_id)
    checking.stop(unit.db(), message.id, unit.account(), unit.now())
    flash(t("review-check-stopped"), "done")
    return redirect(url_for("compose.sign", message_id=message.id), code=303)


@blueprint.post("/<int:message_id>/withdraw")
@roles(*WRITERS)
def withdraw(message_id: int) -> Response:
    """Back to the desk."""
    message = message_or_404(message_id)
    newest = next(iter(approval.history(unit.db(), message.id)), None)
    if newest is None:
        raise NotFound()
    life.withdraw(unit.db(), newest, unit.account(), unit.now())
    flash(t("review-withdrawn"), "done")
    return redirect(url_for("compose.sign", message_id=message.id), code=303)


def _is_large(campaign: Campaign) -> bool:
    """Whether nobody should wait for the check; so it is, too, where counting alone takes too long."""
    try:
        with unit.asking() as db:
            return checking.is_large(db, campaign, unit.now())
    except TooLong:
        return True


def _check(campaign: Campaign) -> Response:
    """A large audience is frozen and read in the background."""
    note = request.form.get("note", "")
    check = checking.ask(unit.db(), campaign, unit.account(), unit.now(), note, _asks())
    if check.state in checking.OPEN:
        unit.ring(Job.AUDIENCE_CHECK, check.id)
        flash(t("review-check-begun"), "done")
    return redirect(url_for("compose.sign", message_id=campaign.message_id), code=303)


def _submit(message: Message) -> Submission:
    db, account, now = unit.db(), unit.account(), unit.now()
    note = request.form.get("note", "")
    if campaign := edit.campaign_of(db, message):
        return life.submit(db, campaign, account, now, note, _asks())
    return life.submit_standing(
        db, message, request.form.get("occasion", ""), _day("ends_on"), account, now, note, _asks()
    )


def _asks() -> dict[str, str]:
    """Reasons for waivers, by the key of the finding."""
    given = request.form.items()
    return {
        name.removeprefix("ask."): text for name, text in given if name.startswith("ask.") and text.strip()
    }


def _day(name: str) -> date:
    try:
        return date.fromisoformat(request.form.get(name, ""))
    except ValueError as error:
        raise InvalidInput("review-standing-end", field=name, days=standing.LONGEST.days) from error


def _page(
    message: Message, blocked: approval.Blocked | None = None, error: InvalidInput | None = None
) -> str:
    db = unit.db()
    campaign = edit.campaign_of(db, message)
    check = _check_to_show(message)
    if check and not blocked:
        blocked = checking.blocked(db, check, unit.now())
    history = [seals.of_submission(item) for item in approval.history(db, message.id)]
    return render_template(
        "compose/sign.html",
        message=message,
        campaign=campaign,
        check=check,
        message_id=message.id,
        history=history,
        newest=history[0] if history else None,
        is_open=campaign is None or campaign.state in states.EDITABLE,
        signers=[person.name for person in approval.possible_signers(db, message)
                 if person.id != unit.account().id],
        may_invite=may_see("admin.people"),
        may_write=not unit.account().roles.isdisjoint(WRITERS),
        occasions=[] if campaign else occasion_words(),
        blocked=notes.of_audience(blocked.findings, message) if blocked else [],
        askable=_askable(blocked, message) if blocked else [],
        may_ask=all(waivers.may_be_waived(one) for one in blocked.standing) if blocked else False,
        blocked_words=t(blocked.key, **blocked.values) if blocked else "",
        error=error,
        steps=steps.of_message(message, "sign"),
    )  # fmt: skip


def _check_to_show(message: Message) -> AudienceCheck | None:
    """The last one, unless a submission came after it."""
    check = checking.newest(unit.db(), message.id)
    if check is None or check.state in (CheckState.SUBMITTED, CheckState.STOPPED):
        return None
    last = next(iter(approval.history(unit.db(), message.id)), None)
    return None if last and last.submitted_at > check.asked_at else check


def _askable(blocked: approval.Blocked, message: Message) -> list[tuple[str, Note]]:
    """Each finding that stands in the way, with the name of its field; the same place once."""
    once = {waivers.key_of(finding): finding for finding in blocked.standing}
    return list(zip(once, notes.of_audience(once.values(), message), strict=True))


def occasion_words() -> list[tuple[str, str]]:
    """Key and name of each occasion that a greeting may be for."""
    return [(key, t(f"care-occasion-{key}")) for key in holidays.KEYS]
