"""How the house sends: limits and warm-up, quiet hours, and when the system pauses a mailing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaign import house, senders
from campaign.dispatch import manners
from campaign.dispatch.limits import days
from campaign.dispatch.limits.providers import all_providers
from campaign.dispatch.limits.terms import EVERY_OTHER, Limit
from campaign.dispatch.manners import Manners
from campaign.dispatch.transports.relay import read_relays
from campaign.models import Account, Role
from campaign.queue import Job
from campaign.watch import waking
from campaign.web import formats, unit
from campaign.web.access import roles
from campaign.web.admin import sending_form
from campaign.web.admin.sending_form import COUNTS, GROUPS, GROWTH
from campaign.web.language import t

admins_only = roles(Role.ADMIN)
UNPROCESSABLE = 422
# of a warm-up, as many of its first days are shown
SHOWN_DAYS = 8
SUBJECTS = {"relays": "relay", "senders": "from", "recipients": "to"}


@dataclass(frozen=True)
class Line:
    """One limit as the page shows it. `free`: a line for a domain that is still to be typed."""

    id: str
    name: str
    free: bool
    title: str
    values: dict[str, object]
    summary: str
    today: str
    plan: str
    open: bool


def register(blueprint: Blueprint) -> None:
    """Add the views."""
    blueprint.add_url_rule("/sending", "sending", show, methods=["GET"])
    blueprint.add_url_rule("/sending", "keep_sending", keep, methods=["POST"])


@admins_only
def show() -> ResponseReturnValue:
    return _page(manners.read(unit.db()), {})


@admins_only
def keep() -> ResponseReturnValue:
    """All of it at once."""
    asked, errors = sending_form.read(request.form, _today(), unit.settings().time_zone)
    if errors:
        return _page(manners.read(unit.db()), errors), UNPROCESSABLE
    manners.keep(unit.db(), asked, unit.account(), unit.now())
    for mailing_id in waking.at_once(unit.db(), unit.now()):
        unit.ring(Job.EMAIL_LANE, mailing_id)
    flash(t("common-saved"), "done")
    return redirect(url_for("admin.sending"), code=303)


def _page(kept: Manners, errors: dict[str, str]) -> str:
    newest = house.current(unit.db(), manners.NAME)
    used = days.used_on(unit.db(), _today())
    return render_template(
        "admin/sending.html",
        groups=[(group, _lines(group, kept, used, errors)) for group in GROUPS],
        counts=COUNTS,
        errors=errors,
        values=_values(kept),
        quiet_on=(request.form.get("quiet") == "1") if request.form else kept.quiet.on,
        processes_here=unit.settings().email_workers,
        zone=formats.zone(unit.settings().time_zone),
        newest=newest,
        by=unit.db().get(Account, newest.account_id) if newest and newest.account_id else None,
    )


def _values(kept: Manners) -> dict[str, object]:
    """The fields beside the limits, as typed or as kept."""
    values: dict[str, object] = {
        "processes": kept.processes or "",
        "quiet_begin": kept.quiet.begin.isoformat("minutes"),
        "quiet_end": kept.quiet.end.isoformat("minutes"),
        "bounce_percent": formats.number(kept.pause.bounce_percent),
        "complaint_percent": formats.number(kept.pause.complaint_percent),
        "least_tried": kept.pause.least_tried,
        "least_accepted": kept.pause.least_accepted,
    }
    return {name: request.form.get(name, value) for name, value in values.items()}


def _lines(group: str, kept: Manners, used: dict[str, int], errors: dict[str, str]) -> list[Line]:
    """What there is to limit: what the installation has, what is limited already, a free line."""
    limits = dict(getattr(kept.limits, group))
    names = [*dict.fromkeys([*_present(group), *limits])]
    if group == "recipients":
        # the line for all others stands before the free one
        names = [name for name in names if name != EVERY_OTHER] + [EVERY_OTHER, ""]
    return [
        _line(group, number, name, limits.get(name, Limit()), used, errors)
        for number, name in enumerate(names)
    ]


def _present(group: str) -> list[str]:
    if group == "relays":
        return [relay.name for relay in read_relays(unit.settings().smtp_url)]
    if group == "senders":
        active = [sender.domain.lower() for sender in senders.everybody(unit.db()) if sender.active]
        return sorted(set(active))
    return [provider.key for provider in all_providers()]


def _line(
    group: str, number: int, name: str, limit: Limit, used: dict[str, int], errors: dict[str, str]
) -> Line:
    line = f"{group}.{number}"
    today = limit.on(_today())
    spent = used.get(f"{SUBJECTS[group]}/{name}", 0)
    return Line(
        id=line,
        name=name or request.form.get(f"{line}.name", ""),
        free=not name,
        title=_title(group, name),
        values=_fields(line, limit),
        summary=_summary(group, limit) if name else "",
        today=t("sending-today", used=formats.number(spent), allowed=formats.number(today))
        if today is not None and name != EVERY_OTHER
        else "",
        plan=_plan(limit),
        open=any(key.startswith(f"{line}.") for key in errors),
    )


def _fields(line: str, limit: Limit) -> dict[str, object]:
    warm = limit.warm_up
    kept: dict[str, object] = {name: getattr(limit, name) for name in (*COUNTS, "connections")}
    kept |= {
        "start": warm.start if warm else None,
        "growth": warm.growth if warm else GROWTH,
        "began_on": (warm.began_on if warm else _today()).isoformat(),
    }
    return {name: request.form.get(f"{line}.{name}", value) for name, value in kept.items()}


def _title(group: str, name: str) -> str:
    if not name:
        return t("sending-new-domain")
    if name == EVERY_OTHER:
        return t("sending-every-other")
    named = {provider.key: provider.name for provider in all_providers()}
    return named.get(name, name) if group == "recipients" else name


def _summary(group: str, limit: Limit) -> str:
    """The limits of a line in words. To a provider we have no connections, but messages under way."""
    names = {name: name for name in COUNTS}
    names["connections"] = "at-once" if group == "recipients" else "connections"
    parts = [
        t(f"sending-said-{said}", count=formats.number(value))
        for name, said in names.items()
        if (value := getattr(limit, name)) is not None
    ]
    return ", ".join(parts) or t("sending-unlimited")


def _plan(limit: Limit) -> str:
    """The days of a warm-up, and when the full limit is reached."""
    warm, full = limit.warm_up, limit.day
    if warm is None or full is None:
        return ""
    allowed = warm.schedule(full)
    first = ", ".join(formats.number(count) for count in allowed[:SHOWN_DAYS])
    return t(
        "sending-plan",
        days=first + (" …" if len(allowed) > SHOWN_DAYS else "."),
        full=formats.number(full),
        on=formats.day(warm.began_on + timedelta(days=len(allowed) - 1)),
    )


def _today() -> date:
    """By the house's clock."""
    return unit.now().astimezone(ZoneInfo(unit.settings().time_zone)).date()
