"""Sending: now or at a time, and what may be done while it goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import flash, make_response, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from campaign import approval
from campaign.campaigns import life, moments, states
from campaign.dispatch import progress
from campaign.dispatch.progress import Progress
from campaign.errors import InvalidInput, NotFound
from campaign.models import (
    Account,
    Audience,
    Campaign,
    Channel,
    Contact,
    Delivery,
    DeliveryState,
    Mailing,
    MailingState,
    Role,
    Submission,
)
from campaign.queue import Job
from campaign.web import unit
from campaign.web.access import may_see, roles
from campaign.web.campaigns.blueprint import READERS, blueprint, campaign_or_404
from campaign.web.compose import steps
from campaign.web.language import t

UNPROCESSABLE = 422
SHOWN = 50  # deliveries of one kind on the page
MOVING = (MailingState.PLANNED, MailingState.RUNNING)
Act = Callable[[Session, Campaign, Account, datetime], object]


@dataclass(frozen=True)
class Going:
    """The sending as it stands."""

    mailing: Mailing
    all: Progress
    channels: dict[Channel, Progress]
    speed: float
    """Deliveries a minute since the start; 0 while unknown."""
    unknown: list[tuple[Delivery, str]]
    refused: list[tuple[Delivery, str]]

    @property
    def left(self) -> int:
        """How many have left."""
        return self.all.counts[DeliveryState.ACCEPTED]

    @property
    def is_moving(self) -> bool:
        return self.mailing.state in MOVING

    @property
    def minutes_left(self) -> int:
        """0 when it cannot be said."""
        rest = self.all.total - self.all.settled
        return max(1, round(rest / self.speed)) if self.speed and rest and self.is_moving else 0

    @property
    def letters_waiting(self) -> int:
        """Letters that nobody has printed yet."""
        letters = self.channels.get(Channel.LETTER)
        return letters.counts[DeliveryState.QUEUED] if letters else 0


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
    going = _going(campaign)
    if going is None:
        raise NotFound()
    answer = make_response(render_template("campaigns/_progress.html", campaign=campaign, going=going))
    if not going.is_moving:
        # buttons and what needs a decision have changed, too
        answer.headers["HX-Refresh"] = "true"
    return answer


@blueprint.post("/<int:campaign_id>/start")
@roles(Role.MARKETER)
def start(campaign_id: int) -> Response:
    """Now."""
    campaign = campaign_or_404(campaign_id)
    mailing = life.start(unit.db(), campaign, unit.account(), unit.now())
    unit.ring(Job.EMAIL_LANE, mailing.id)
    flash(t("campaigns-started"), "done")
    return _back(campaign)


@blueprint.post("/<int:campaign_id>/schedule")
@roles(Role.MARKETER)
def schedule(campaign_id: int) -> Response | tuple[str, int]:
    """At that time of that zone."""
    campaign = campaign_or_404(campaign_id)
    form = request.form
    try:
        at = moments.read(form.get("day", ""), form.get("time", ""), form.get("zone", ""))
        life.schedule(unit.db(), campaign, unit.account(), at, unit.now())
    except InvalidInput as error:
        unit.db().rollback()
        return _page(campaign_or_404(campaign_id), t(error.key, **error.values)), UNPROCESSABLE
    flash(t("campaigns-scheduled"), "done")
    return _back(campaign)


def _simple(act: Act, done: str) -> Callable[[int], Response]:
    """A view that does one thing and goes back to the page."""

    def view(campaign_id: int) -> Response:
        campaign = campaign_or_404(campaign_id)
        act(unit.db(), campaign, unit.account(), unit.now())
        mailing = life.mailing_of(unit.db(), campaign)
        if mailing and mailing.state is MailingState.RUNNING:
            unit.ring(Job.EMAIL_LANE, mailing.id)
        flash(t(done), "done")
        return _back(campaign)

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
    return render_template("campaigns/cancel.html", campaign=campaign_or_404(campaign_id))


@blueprint.post("/<int:campaign_id>/unknown/<int:delivery_id>")
@roles(Role.MARKETER)
def decide(campaign_id: int, delivery_id: int) -> Response:
    """Count it as sent, or send it again."""
    campaign = campaign_or_404(campaign_id)
    delivery = unit.db().get(Delivery, delivery_id)
    if delivery is None:
        raise NotFound()
    again = request.form.get("decision") == "again"
    life.decide_unknown(unit.db(), campaign, delivery, again, unit.account(), unit.now())
    if again:
        unit.ring(Job.EMAIL_LANE, delivery.mailing_id)
    flash(t("campaigns-doubt-settled"), "done")
    return _back(campaign)


def _back(campaign: Campaign) -> Response:
    return redirect(url_for("campaigns.send", campaign_id=campaign.id), code=303)


def _page(campaign: Campaign, error: str = "") -> str:
    going = _going(campaign)
    submission = (
        None if going else approval.approved_submission(unit.db(), campaign.message_id, unit.now().date())
    )
    audience = unit.db().get(Audience, submission.audience_id) if submission else None
    zone = request.form.get("zone") or _office()
    return render_template(
        "campaigns/send.html",
        campaign=campaign,
        going=going,
        submission=submission,
        audience=audience,
        missed=life.missed(campaign, unit.now()),
        can={act: states.can(campaign, act) for act in states.MOVES},
        may_act=Role.MARKETER in unit.account().roles,
        zone_options=[(name, name.replace("_", " ")) for name in moments.zones(unit.db(), _office())],
        signer=_signer(submission),
        ways=_ways(campaign) if going else [],
        zone=zone,
        today=unit.now().astimezone(ZoneInfo(_office())).date(),
        typed=request.form,
        error=error,
        steps=steps.of_message(campaign.message, "send"),
    )


def _office() -> str:
    return unit.settings().time_zone


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
    return [
        (t(words), url_for(endpoint, **values)) for endpoint, words, values in places if may_see(endpoint)
    ]


def _going(campaign: Campaign) -> Going | None:
    db = unit.db()
    mailing = life.mailing_of(db, campaign)
    if mailing is None:
        return None
    channels = {channel: progress.of_mailing(db, mailing.id, channel) for channel in Channel}
    everything = progress.of_mailing(db, mailing.id)
    return Going(
        mailing,
        everything,
        {channel: counts for channel, counts in channels.items() if counts.total},
        _speed(mailing, channels[Channel.EMAIL]),
        _with_names(mailing, DeliveryState.UNKNOWN),
        _with_names(mailing, DeliveryState.REJECTED),
    )


def _speed(mailing: Mailing, counts: Progress) -> float:
    if mailing.started_at is None:
        return 0.0
    minutes = ((mailing.finished_at or unit.now()) - mailing.started_at).total_seconds() / 60
    return counts.settled / minutes if minutes > 0 else 0.0


def _with_names(mailing: Mailing, state: DeliveryState) -> list[tuple[Delivery, str]]:
    rows = (
        select(Delivery, Contact.full_name)
        .join(Contact, Contact.id == Delivery.contact_id)
        .where(Delivery.mailing_id == mailing.id, Delivery.state == state)
        .order_by(Delivery.id)
        .limit(SHOWN)
    )
    return [(delivery, name) for delivery, name in unit.db().execute(rows)]
