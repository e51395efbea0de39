"""Sending: now or at a time, and what may be done while it goes on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from campaign import approval
from campaign.campaigns import arms, health, life, moments, states, terms, trials
from campaign.clock import house_day
from campaign.dispatch import manners, pauses, progress, timing
from campaign.dispatch.timing import Late, Timing
from campaign.errors import InvalidInput, NotFound
from campaign.models import (
    Account,
    Audience,
    AutomaticPause,
    Campaign,
    Mailing,
    PrintRun,
    PrintRunState,
    Role,
    Submission,
)
from campaign.web import formats, unit
from campaign.web.access import may_see, roles
from campaign.web.campaigns import after, going, ringing, stalled
from campaign.web.campaigns.blueprint import READERS, TAGS, blueprint, campaign_or_404
from campaign.web.compose import steps
from campaign.web.language import t
from campaign.web.operations import domains

UNPROCESSABLE = 422
SHOWN_RUNS = 5
MORNING = 9  # the hour that is offered
Act = Callable[[Session, Campaign, Account, datetime], object]


@blueprint.get("/<int:campaign_id>/send")
@roles(*READERS)
def send(campaign_id: int) -> str:
    """Before: when. During and after: how far."""
    return _page(campaign_or_404(campaign_id))


@blueprint.get("/<int:campaign_id>/progress")
@roles(*READERS)
def live(campaign_id: int) -> Response:
    """The numbers alone, asked for every two seconds while something moves."""
    campaign = campaign_or_404(campaign_id)
    now_going = going.of_campaign(campaign)
    if now_going is None:
        raise NotFound()
    page = render_template(
        "campaigns/_progress.html",
        campaign=campaign,
        going=now_going,
        stalled=stalled.why(campaign, now_going),
    )
    answer = make_response(page)
    if not now_going.is_moving:
        # buttons and what needs a decision have changed, too
        answer.headers["HX-Refresh"] = "true"
    return answer


@blueprint.get("/<int:campaign_id>/start")
@roles(Role.MARKETER)
def confirm_start(campaign_id: int) -> ResponseReturnValue:
    """What has left cannot be taken back, so it asks: to how many, from whom, with which subject."""
    campaign = campaign_or_404(campaign_id)
    signed = approval.approved_submission(unit.db(), campaign.message_id, house_day(unit.now()))
    if signed is None or signed.audience_id is None or not states.can(campaign, "start"):
        return back(campaign)
    return render_template(
        "campaigns/start.html",
        campaign=campaign,
        audience=unit.db().get_one(Audience, signed.audience_id),
        subjects=arms.subjects(signed.content),
        terms=trials.terms_of(signed),
    )


@blueprint.post("/<int:campaign_id>/start")
@roles(Role.MARKETER)
def start(campaign_id: int) -> Response:
    """Now."""
    campaign = campaign_or_404(campaign_id)
    mailing = life.start(unit.db(), campaign, unit.account(), unit.now())
    ringing.ring(campaign, mailing)
    flash(t("campaigns-started"), "done")
    return back(campaign)


@blueprint.post("/<int:campaign_id>/schedule")
@roles(Role.MARKETER)
def schedule(campaign_id: int) -> Response | tuple[str, int]:
    """At that time of that zone."""
    campaign = campaign_or_404(campaign_id)
    try:
        hour = _hour()
        life.schedule_hour(unit.db(), campaign, unit.account(), hour, unit.now())
    except InvalidInput as error:
        unit.db().rollback()
        return _page(campaign_or_404(campaign_id), t(error.key, **error.values)), UNPROCESSABLE
    flash(t("campaigns-scheduled"), "done")
    if not hour.each and timing.is_twice(hour.wall, hour.zone):
        flash(t("sending-hour-twice", time=hour.wall.strftime("%H:%M")), "info")
    return back(campaign)


def _hour() -> Timing:
    form = request.form
    late = Late.AT_ONCE if form.get("late") == Late.AT_ONCE.value else Late.NEXT_DAY
    return moments.choose(
        form.get("day", ""),
        form.get("time", ""),
        form.get("zone", ""),
        unit.now(),
        each=form.get("whose") == "each",
        late=late,
    )


def _simple(act: Act, done: str) -> Callable[[int], Response]:
    """A view that does one thing and goes back to the page."""

    def view(campaign_id: int) -> Response:
        campaign = campaign_or_404(campaign_id)
        act(unit.db(), campaign, unit.account(), unit.now())
        ringing.ring_all(campaign)
        flash(t(done), "done")
        return back(campaign)

    return view


for _name, _act, _done in (
    ("unschedule", life.unschedule, "campaigns-unscheduled"),
    ("pause", life.pause, "campaigns-paused"),
    ("resume", life.resume, "campaigns-resumed"),
    ("cancel", life.cancel, "campaigns-cancelled"),
):
    blueprint.post(f"/<int:campaign_id>/{_name}", endpoint=_name)(roles(Role.MARKETER)(_simple(_act, _done)))


@blueprint.get("/<int:campaign_id>/cancel")
@roles(Role.MARKETER)
def confirm_cancel(campaign_id: int) -> str:
    """Cancelling is for good, so it asks."""
    campaign = campaign_or_404(campaign_id)
    return render_template("campaigns/cancel.html", campaign=campaign, going=going.of_campaign(campaign))


def back(campaign: Campaign) -> Response:
    """To the page of the sending."""
    return redirect(url_for("campaigns.send", campaign_id=campaign.id), code=303)


def _offered(hour: Timing | None) -> dict[str, str]:
    """What the form begins with: the hour that was chosen before, if it is still to come; else the next nine
    o'clock of the office, for an hour that is past would be refused."""
    if hour and hour.at <= unit.now():
        hour = None
    now = unit.now().astimezone(ZoneInfo(_office()))
    nine = now.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    wall = hour.wall if hour else nine if nine > now else nine + timedelta(days=1)
    return {
        "day": wall.date().isoformat(),
        "time": wall.strftime("%H:%M"),
        "zone": hour.zone if hour else _office(),
        "whose": "each" if hour and hour.each else "one",
        "late": (hour.late if hour else Late.NEXT_DAY).value,
    }


def _moments(campaign: Campaign, audience: Audience | None, hour: Timing | None) -> list[moments.Moment]:
    """When it reaches whom, once each recipient's own clock was chosen; not counted for very many."""
    each = campaign.state is states.S.SCHEDULED and hour is not None and hour.each
    if not each or hour is None or audience is None or audience.counts["people"] > progress.LARGE:
        return []
    return moments.of_audience(unit.db(), audience.id, hour)


def _page(campaign: Campaign, error: str = "") -> str:
    db = unit.db()
    sent = going.of_campaign(campaign)
    submission = (
        None if sent else approval.approved_submission(db, campaign.message_id, house_day(unit.now()))
    )
    signed = db.get_one(Submission, sent.first.submission_id) if sent else submission
    audience = db.get(Audience, signed.audience_id) if signed else None
    hour = timing.from_json(campaign.timing)
    may_act = Role.MARKETER in unit.account().roles
    return render_template(
        "campaigns/send.html",
        campaign=campaign,
        going=sent,
        stalled=stalled.why(campaign, sent),
        paused=(paused := _paused(sent)),
        paused_early=paused is not None and pauses.was_early(paused, manners.read(db).pause),
        submission=submission,
        audience=audience,
        terms=trials.terms_of(signed) if signed else terms.of_campaign(campaign),
        hour=hour,
        missed=life.missed(campaign, unit.now()),
        can={act: states.can(campaign, act) for act in states.MOVES},
        may_act=may_act,
        trial=after.trial_of(sent) if sent else None,
        unsendable=health.unsendable(db, sent.mailings) if sent else "",
        hours_missed=campaign.state is states.S.PAUSED and life.hours_missed(db, campaign),
        added=after.added_of(campaign, sent, "count" in request.args) if sent and may_act else None,
        # what is under way offers no hour
        zone_options=[] if sent else _zones(),
        signer=_signer(submission),
        ways=_ways(campaign) if sent else [],
        typed=request.form or _offered(hour),
        moments=_moments(campaign, audience, hour),
        tags=TAGS,
        error=error,
        domain_warning="" if sent else domains.warning(unit.db(), campaign.message.sender.domain),
        steps=steps.of_message(campaign.message, "send"),
    )


def _zones() -> list[tuple[str, str]]:
    named = ((name, formats.zone(name)) for name in moments.zones(unit.db(), _office()))
    return [(name, words[:1].upper() + words[1:]) for name, words in named]


def _office() -> str:
    return unit.settings().time_zone


def _paused(sent: going.Going | None) -> AutomaticPause | None:
    """Why the system stopped one of its mailings, if it did."""
    found = (pauses.in_force(unit.db(), mailing) for mailing in (sent.mailings if sent else ()))
    return next(filter(None, found), None)


def _signer(submission: Submission | None) -> str:
    if submission is None or submission.decided_by is None:
        return ""
    return unit.db().get_one(Account, submission.decided_by).name


def _ways(campaign: Campaign) -> list[tuple[str, str]]:
    """Where to go from here, as far as the person may: words and address."""
    places: list[tuple[str, str, dict[str, Any]]] = [
        ("report.campaign", "campaigns-progress-report", {"campaign_id": campaign.id}),
        ("deliveries.of_campaign", "received-list-link", {"campaign_id": campaign.id}),
    ]
    if campaign.channels != "email":
        places.append(("letters.index", "campaigns-progress-print", {}))
    ways = [(t(words), url_for(at, **values)) for at, words, values in places if may_see(at)]
    return [*ways, *(_runs(campaign) if may_see("letters.run") else ())]


def _runs(campaign: Campaign) -> list[tuple[str, str]]:
    """Its own print runs, those with work left: a large one has many."""
    mine = select(Mailing.id).where(Mailing.campaign_id == campaign.id)
    open_runs = select(PrintRun.id).where(
        PrintRun.mailing_id.in_(mine), PrintRun.state != PrintRunState.POSTED
    )
    found = unit.db().scalars(open_runs.order_by(PrintRun.id).limit(SHOWN_RUNS))
    return [(t("letters-run-title", id=run_id), url_for("letters.run", run_id=run_id)) for run_id in found]
