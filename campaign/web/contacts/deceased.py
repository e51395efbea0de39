"""A person has died: the page that says what follows, and taking a mistake back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select

from campaign.contacts import deceased, history
from campaign.contacts.facts import parse_date
from campaign.errors import InvalidInput, Refused
from campaign.models import Contact, ContactKind, Delivery, DeliveryState
from campaign.web import unit
from campaign.web.access import roles
from campaign.web.contacts import CHANGE, blueprint
from campaign.web.contacts.profile import found
from campaign.web.language import t

UNPROCESSABLE = 422


@blueprint.get("/<int:contact_id>/deceased")
@roles(*CHANGE)
def deceased_form(contact_id: int) -> ResponseReturnValue:
    contact = found(unit.db(), contact_id)
    if contact.erased_at is not None:
        raise Refused("contacts-error-erased")
    if contact.kind is not ContactKind.PERSON:
        raise Refused("profile-error-deceased-kind")
    return _page(contact, {})


@blueprint.post("/<int:contact_id>/deceased")
@roles(*CHANGE)
def record_deceased(contact_id: int) -> ResponseReturnValue:
    contact, form = found(unit.db(), contact_id), request.form
    resting = {int(word) for word in form.getlist("resting") if word.isdecimal()}
    try:
        held = deceased.record(
            unit.db(),
            contact,
            died_on=_day(),
            source=form.get("source", ""),
            now=unit.now(),
            account=unit.account(),
            resting=resting,
        )
    except InvalidInput as error:
        return _page(contact, form, error), UNPROCESSABLE
    flash(t("profile-deceased-done", kin=len(held)), "done")
    return redirect(url_for("contacts.show", contact_id=contact.id), code=303)


@blueprint.post("/<int:contact_id>/deceased/mistake")
@roles(*CHANGE)
def take_back_deceased(contact_id: int) -> ResponseReturnValue:
    contact = found(unit.db(), contact_id)
    deceased.take_back(
        unit.db(),
        contact,
        reason=request.form.get("reason", ""),
        now=unit.now(),
        account=unit.account(),
    )
    flash(t("profile-deceased-mistake-done"), "done")
    return redirect(url_for("contacts.show", contact_id=contact.id), code=303)


def _day() -> date | None:
    text = request.form.get("died_on", "").strip()
    return parse_date("died_on", text) if text else None


def _page(contact: Contact, values: Mapping[str, str], error: InvalidInput | None = None) -> str:
    db = unit.db()
    printing = select(func.count()).where(
        Delivery.contact_id == contact.id, Delivery.state == DeliveryState.IN_PRINT
    )
    return render_template(
        "contacts/deceased.html",
        contact=contact,
        kin=deceased.kin(db, contact),
        printing=db.scalar(printing) or 0,
        days=deceased.KIN_REST.days,
        values=values,
        resting=request.form.getlist("resting") if request.method == "POST" else None,
        errors={error.field or "": t(error.key, **error.values)} if error else {},
        limit=history.SOURCE_LIMIT,
    )
