"""Forms of the card: satisfaction, level of the relationship, leaving, person in charge, notes, one fact."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaign.contacts import in_charge, notes, relationship, satisfaction
from campaign.contacts.facts import parse, parse_date
from campaign.errors import InvalidInput
from campaign.models import Account, Contact, LeavingReason, RelationshipLevel
from campaign.web import unit
from campaign.web.access import roles
from campaign.web.contacts import CHANGE, blueprint
from campaign.web.contacts.labels import FORM
from campaign.web.contacts.profile import changeable, found
from campaign.web.language import t

UNPROCESSABLE = 422


@blueprint.get("/<int:contact_id>/satisfaction")
@roles(*CHANGE)
def satisfaction_form(contact_id: int) -> ResponseReturnValue:
    return _satisfaction_page(changeable(unit.db(), contact_id), {"asked_on": _today().isoformat()})


@blueprint.post("/<int:contact_id>/satisfaction")
@roles(*CHANGE)
def record_satisfaction(contact_id: int) -> ResponseReturnValue:
    contact, form = found(unit.db(), contact_id), request.form
    try:
        satisfaction.record(
            unit.db(),
            contact,
            satisfaction.read(form.get("score", ""), form.get("scale", "")),
            asked_on=_past_day("asked_on"),
            source=form.get("source", ""),
            now=unit.now(),
            account=unit.account(),
        )
    except InvalidInput as error:
        return _satisfaction_page(contact, form, error), UNPROCESSABLE
    return _done(contact, "profile-satisfaction-done", "satisfaction")


@blueprint.get("/<int:contact_id>/leaving")
@roles(*CHANGE)
def leaving_form(contact_id: int) -> ResponseReturnValue:
    contact = changeable(unit.db(), contact_id)
    kept = {
        "reason": contact.leaving_reason.value,
        "note": contact.leaving_note,
        "left_on": contact.left_on.isoformat() if contact.left_on else "",
    }
    return _leaving_page(contact, kept)


@blueprint.post("/<int:contact_id>/leaving")
@roles(*CHANGE)
def record_leaving(contact_id: int) -> ResponseReturnValue:
    contact, form = found(unit.db(), contact_id), request.form
    try:
        reason = parse("leaving_reason", form.get("reason", ""))
        if reason is LeavingReason.UNKNOWN:
            raise InvalidInput("profile-error-no-reason", field="leaving_reason")
        relationship.left(
            unit.db(),
            contact,
            reason,
            note=parse("leaving_note", form.get("note", "")),
            on=_past_day("left_on") if form.get("left_on", "").strip() else None,
            source=form.get("source", "").strip() or FORM,
            now=unit.now(),
            account=unit.account(),
        )
    except InvalidInput as error:
        return _leaving_page(contact, form, error), UNPROCESSABLE
    return _done(contact, "profile-left-done", "business")


@blueprint.post("/<int:contact_id>/leaving/back")
@roles(*CHANGE)
def record_return(contact_id: int) -> ResponseReturnValue:
    contact = found(unit.db(), contact_id)
    relationship.came_back(unit.db(), contact, source=FORM, now=unit.now(), account=unit.account())
    return _done(contact, "profile-left-back-done", "business")


@blueprint.post("/<int:contact_id>/level")
@roles(*CHANGE)
def set_level(contact_id: int) -> ResponseReturnValue:
    contact, word = found(unit.db(), contact_id), request.form.get("level", "")
    level: RelationshipLevel = parse("relationship_level", word)
    relationship.set_level(unit.db(), contact, level, source=FORM, now=unit.now(), account=unit.account())
    return _done(contact, "profile-level-done", "satisfaction")


@blueprint.post("/<int:contact_id>/charge")
@roles(*CHANGE)
def hand_over(contact_id: int) -> ResponseReturnValue:
    contact, word = found(unit.db(), contact_id), request.form.get("owner_id", "")
    to = unit.db().get(Account, int(word)) if word.isdecimal() else None
    if word and to is None:
        raise InvalidInput("profile-error-owner", field="owner_id")
    in_charge.hand_over(unit.db(), contact, to, source=FORM, now=unit.now(), account=unit.account())
    return _done(contact, "profile-charge-done", "charge")


@blueprint.post("/<int:contact_id>/notes")
@roles(*CHANGE)
def add_note(contact_id: int) -> ResponseReturnValue:
    contact = found(unit.db(), contact_id)
    notes.add(unit.db(), contact, request.form.get("text", ""), now=unit.now(), account=unit.account())
    return _done(contact, "profile-note-done", "between")


def _past_day(field: str) -> date:
    day = parse_date(field, request.form.get(field, ""))
    if day > _today():
        raise InvalidInput("contacts-error-future", field=field)
    return day


def _today() -> date:
    return unit.now().astimezone(ZoneInfo(unit.settings().time_zone)).date()


def _satisfaction_page(contact: Contact, values: Mapping[str, str], error: InvalidInput | None = None) -> str:
    last = satisfaction.of_text(contact.satisfaction_said)
    scales = [
        (f"{low}-{high}", t("profile-scale", low=low, high=high), None) for low, high in satisfaction.SCALES
    ]
    return _page(
        "satisfaction", contact, values, error,
        scales=scales, scale=values.get("scale") or (f"{last.low}-{last.high}" if last else "1-5"),
    )  # fmt: skip


def _leaving_page(contact: Contact, values: Mapping[str, str], error: InvalidInput | None = None) -> str:
    reasons = [
        (reason.value, t(f"profile-left-{reason.value.replace('_', '-')}"), None)
        for reason in LeavingReason
        if reason
    ]
    return _page("leaving", contact, values, error, reasons=reasons)


def _page(
    name: str, contact: Contact, values: Mapping[str, str], error: InvalidInput | None, **more: Any
) -> str:
    return render_template(
        f"contacts/{name}.html",
        contact=contact,
        values=values,
        errors={error.field or "": t(error.key, **error.values)} if error else {},
        **more,
    )


def _done(contact: Contact, key: str, part: str) -> ResponseReturnValue:
    flash(t(key), "done")
    return redirect(url_for("contacts.show", contact_id=contact.id) + f"#{part}", code=303)
