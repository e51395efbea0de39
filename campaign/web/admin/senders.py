"""Senders: the From of a mail, the head of a letter, the law that applies."""

from __future__ import annotations

from babel import Locale
from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaign import senders
from campaign.errors import InvalidInput
from campaign.models import Role, Sender
from campaign.web import language, unit
from campaign.web.access import roles
from campaign.web.language import t

admins_only = roles(Role.ADMIN)
# where the first customers' letters go; the rest of the world follows by name
NEAR = ("VN", "US", "CN", "TW", "JP", "KR", "SG", "DE", "FR", "GB", "AU")


def register(blueprint: Blueprint) -> None:
    """Add the views."""
    add = blueprint.add_url_rule
    add("/senders", "senders", index, methods=["GET"])
    add("/senders/new", "new_sender", new, methods=["GET"])
    add("/senders", "add_sender", create, methods=["POST"])
    add("/senders/<int:sender_id>", "sender", edit, methods=["GET"])
    add("/senders/<int:sender_id>", "change_sender", change, methods=["POST"])
    add("/senders/<int:sender_id>/active", "activate_sender", set_active, methods=["POST"])


@admins_only
def index() -> ResponseReturnValue:
    names = Locale(language.current()).territories
    return render_template("admin/senders.html", senders=senders.everybody(unit.db()), countries=names)


@admins_only
def new() -> ResponseReturnValue:
    return _form(None)


@admins_only
def create() -> ResponseReturnValue:
    try:
        sender = senders.create(unit.db(), unit.account(), _asked(), unit.now())
    except InvalidInput as error:
        return _form(None, error)
    flash(t("admin-sender-added", name=sender.name), "done")
    return redirect(url_for("admin.senders"), code=303)


@admins_only
def edit(sender_id: int) -> ResponseReturnValue:
    return _form(senders.get(unit.db(), sender_id))


@admins_only
def change(sender_id: int) -> ResponseReturnValue:
    sender = senders.get(unit.db(), sender_id)
    try:
        senders.change(unit.db(), unit.account(), sender, _asked(), unit.now())
    except InvalidInput as error:
        return _form(sender, error)
    flash(t("common-saved"), "done")
    return redirect(url_for("admin.senders"), code=303)


@admins_only
def set_active(sender_id: int) -> ResponseReturnValue:
    sender = senders.get(unit.db(), sender_id)
    senders.set_active(unit.db(), unit.account(), sender, request.form.get("active") == "1", unit.now())
    flash(t("common-saved"), "done")
    return redirect(url_for("admin.senders"), code=303)


def _asked() -> senders.SenderFacts:
    names = senders.SenderFacts.__dataclass_fields__
    return senders.SenderFacts(**{name: request.form.get(name, "") for name in names})


def _form(sender: Sender | None, error: InvalidInput | None = None) -> ResponseReturnValue:
    if error is not None:
        values = request.form.to_dict()
    elif sender is not None:
        values = senders.facts_of(sender)
    else:
        values = {"country": "VN", "colour": senders.DEFAULT_COLOUR}
    page = render_template(
        "admin/sender.html",
        sender=sender,
        values=values,
        errors={error.field: t(error.key, **error.values)} if error else {},
        countries=_countries(),
    )
    return page, 422 if error else 200


def _countries() -> list[tuple[str, str]]:
    """Codes and names in the page's language; the near ones first."""
    names = Locale(language.current()).territories
    states = {code: name for code, name in names.items() if len(code) == 2 and code.isalpha()}
    rest = sorted((name, code) for code, name in states.items() if code not in NEAR and code != "ZZ")
    return [(code, states[code]) for code in NEAR] + [(code, name) for name, code in rest]
