"""The house's own fields."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from campaign.contacts import profile
from campaign.contacts.names import search_key
from campaign.errors import InvalidInput
from campaign.models import CustomField
from campaign.web import unit
from campaign.web.access import roles
from campaign.web.contacts import IMPORT, blueprint
from campaign.web.language import t


@blueprint.get("/fields")
@roles(*IMPORT)
def fields() -> ResponseReturnValue:
    return _page({})


@blueprint.post("/fields")
@roles(*IMPORT)
def add_field() -> ResponseReturnValue:
    """A field with a label; the key is made of the label unless one is given."""
    label, key = request.form.get("label", ""), request.form.get("key", "").strip()
    key = key or "_".join("".join(char if char.isalnum() else " " for char in search_key(label)).split())[:40]
    try:
        profile.add_custom_field(unit.db(), key, label)
    except InvalidInput as error:
        return _page({error.field or "": t(error.key, **error.values)}), 422
    flash(t("contacts-field-added", label=label), "done")
    return redirect(url_for("contacts.fields"), code=303)


def _page(errors: dict[str, str]) -> str:
    kept = list(unit.db().scalars(select(CustomField).order_by(CustomField.label)))
    return render_template("contacts/fields.html", fields=kept, errors=errors, values=request.form)
