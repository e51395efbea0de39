"""Erasing a person: asked once more, with a reason, by an administrator."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaign.care import erasure
from campaign.errors import InvalidInput
from campaign.links import Addresses, Signer
from campaign.models import Contact
from campaign.web import unit
from campaign.web.access import may
from campaign.web.contacts import blueprint
from campaign.web.contacts.profile import changeable, found
from campaign.web.language import t
from campaign.web.rights_table import Action


@blueprint.get("/<int:contact_id>/erase")
@may(Action.ERASE)
def erase_form(contact_id: int) -> ResponseReturnValue:
    return _page(changeable(unit.db(), contact_id), "")


@blueprint.post("/<int:contact_id>/erase")
@may(Action.ERASE)
def erase(contact_id: int) -> ResponseReturnValue:
    contact = found(unit.db(), contact_id)
    settings = unit.settings()
    ours = Addresses(Signer(settings.secret_key), settings.base_url, settings.inbound_domain)
    reason = request.form.get("reason", "")
    try:
        erasure.erase(unit.db(), contact, ours, reason=reason, actor=unit.account(), now=unit.now())
    except InvalidInput as error:
        return _page(contact, t(error.key)), 422
    flash(t("contacts-erase-done"), "done")
    return redirect(url_for("contacts.show", contact_id=contact.id), code=303)


def _page(contact: Contact, error: str) -> str:
    return render_template("contacts/erase.html", contact=contact, error=error)
