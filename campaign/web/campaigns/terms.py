"""How it may go out: test arms, people held out, later additions. Part of what is signed."""

from __future__ import annotations

from datetime import date, timedelta

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from campaign.audience.terms import ARMS, HOLDOUT, HOURS, SAMPLE, Measure, SendingTerms, TrialTerms
from campaign.campaigns import states, terms
from campaign.clock import house_day
from campaign.errors import InvalidInput
from campaign.models import Campaign, Role
from campaign.web import unit
from campaign.web.access import roles
from campaign.web.campaigns.blueprint import READERS, blueprint, campaign_or_404
from campaign.web.compose import steps
from campaign.web.language import t

UNPROCESSABLE = 422
# what the form proposes for later additions
FIRST_UNTIL = timedelta(days=30)


@blueprint.get("/<int:campaign_id>/terms")
@roles(*READERS)
def sending_terms(campaign_id: int) -> str:
    """The form."""
    campaign = campaign_or_404(campaign_id)
    return _form(campaign, _typed(terms.of_campaign(campaign)), {})


@blueprint.post("/<int:campaign_id>/terms")
@roles(Role.MARKETER)
def choose_terms(campaign_id: int) -> Response | tuple[str, int]:
    """Keep them; a test leads on to its second version."""
    campaign = campaign_or_404(campaign_id)
    try:
        chosen = _read()
        terms.choose(unit.db(), campaign, chosen, unit.account(), unit.now())
    except InvalidInput as error:
        unit.db().rollback()
        typed = dict(request.form)
        errors = {error.field or "": t(error.key, **error.values)}
        return _form(campaign_or_404(campaign_id), typed, errors), UNPROCESSABLE
    flash(t("sending-terms-saved"), "done")
    if chosen.trial:
        first = campaign.message.variants[0]
        key = f"{first.language}.{ARMS[1]}"
        return redirect(url_for("compose.write", message_id=campaign.message_id, language=key), code=303)
    return redirect(url_for("campaigns.sending_terms", campaign_id=campaign.id), code=303)


def _form(campaign: Campaign, typed: dict[str, str], errors: dict[str, str]) -> str:
    return render_template(
        "campaigns/terms.html",
        campaign=campaign,
        typed=typed,
        errors=errors,
        arms=ARMS,
        sample=SAMPLE,
        hours=HOURS,
        holdout=HOLDOUT,
        measures=list(Measure) if campaign.channels != "letter" else [Measure.REPLY],
        is_open=campaign.state in states.EDITABLE and Role.MARKETER in unit.account().roles,
        signed=campaign.state in (states.S.IN_REVIEW, states.S.APPROVED, states.S.SCHEDULED),
        steps=steps.of_message(campaign.message, "whom"),
    )


def _typed(chosen: SendingTerms) -> dict[str, str]:
    trial = chosen.trial or TrialTerms()
    until = chosen.added_until or house_day(unit.now()) + FIRST_UNTIL
    typed = {
        "arms": str(len(trial.arms)),
        "share": str(trial.share),
        "measure": trial.measure.value,
        "hours": str(trial.hours),
        "default": trial.default,
        "holdout": str(chosen.holdout),
        "added_until": until.isoformat(),
    }
    if chosen.trial:
        typed["trial"] = "1"
    if chosen.added_until:
        typed["added"] = "1"
    return typed


def _read() -> SendingTerms:
    form = request.form
    return SendingTerms(
        trial=_trial() if "trial" in form else None,
        holdout=_number("holdout", "campaigns-terms-holdout", HOLDOUT, zero=True),
        added_until=_until() if "added" in form else None,
    )


def _trial() -> TrialTerms:
    try:
        measure = Measure(request.form.get("measure", ""))
    except ValueError as error:
        raise InvalidInput("campaigns-terms-measure", field="measure") from error
    arms = request.form.get("arms", 0, type=int)
    return TrialTerms(
        ARMS[:arms] if arms <= len(ARMS) else (),
        _number("share", "campaigns-terms-share", SAMPLE),
        measure,
        _number("hours", "campaigns-terms-hours", HOURS),
        request.form.get("default", ""),
    )


def _number(name: str, key: str, allowed: range, zero: bool = False) -> int:
    text = request.form.get(name, "").strip()
    if zero and text in ("", "0"):
        return 0
    if not text.isdecimal() or int(text) not in allowed:
        raise InvalidInput(key, field=name, least=allowed[0], most=allowed[-1])
    return int(text)


def _until() -> date:
    try:
        return date.fromisoformat(request.form.get("added_until", ""))
    except ValueError as error:
        raise InvalidInput("campaigns-terms-until", field="added_until") from error
