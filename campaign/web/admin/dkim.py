"""The keys that sign mail: their records, their states, the next step of each."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from werkzeug.wrappers import Response

from campaign.dispatch.dkim import dns, keys
from campaign.errors import InvalidInput, NotFound, Refused, TransportError
from campaign.models import DkimAlgorithm, DkimKey, Role, Sender
from campaign.web import unit
from campaign.web.access import roles
from campaign.web.language import t

admins_only = roles(Role.ADMIN)


def register(blueprint: Blueprint) -> None:
    """Add the views."""
    add = blueprint.add_url_rule
    add("/dkim", "dkim", index, methods=["GET"])
    add("/dkim", "add_dkim", create, methods=["POST"])
    add("/dkim/<int:key_id>/activate", "activate_dkim", activate, methods=["POST"])
    add("/dkim/<int:key_id>/retire", "ask_retire_dkim", ask_retire, methods=["GET"])
    add("/dkim/<int:key_id>/retire", "retire_dkim", retire, methods=["POST"])


@admins_only
def index() -> ResponseReturnValue:
    return _page()


@admins_only
def create() -> ResponseReturnValue:
    asked = request.form.get("algorithm", "")
    algorithm = DkimAlgorithm(asked) if asked in set(DkimAlgorithm) else DkimAlgorithm.RSA
    domain = request.form.get("domain", "")
    try:
        key = keys.new(unit.db(), unit.account(), domain, algorithm, unit.settings().secret_key, unit.now())
    except InvalidInput as error:
        return _page(domain, algorithm, t(error.key, **error.values)), 422
    flash(t("dkim-made", name=keys.record_name(key)), "done")
    return _back()


@admins_only
def activate(key_id: int) -> ResponseReturnValue:
    """The DNS is asked while the administrator waits."""
    key = _key(key_id)
    try:
        keys.activate(unit.db(), unit.account(), key, dns.texts, unit.now())
    except Refused as error:
        flash(t(error.key, **error.values), "refused")
    except TransportError:
        flash(t("dkim-dns-silent"), "refused")
    else:
        flash(t("dkim-activated", name=keys.record_name(key)), "done")
    return _back()


@admins_only
def ask_retire(key_id: int) -> ResponseReturnValue:
    key = _key(key_id)
    return render_template("admin/retire_dkim.html", key=key, name=keys.record_name(key))


@admins_only
def retire(key_id: int) -> ResponseReturnValue:
    key = _key(key_id)
    keys.retire(unit.db(), unit.account(), key, unit.now())
    flash(t("dkim-retired", name=keys.record_name(key)), "done")
    return _back()


def _page(domain: str = "", algorithm: DkimAlgorithm = DkimAlgorithm.RSA, error: str = "") -> str:
    db = unit.db()
    found = keys.everything(db)
    if not domain and not error:
        senders = list(db.scalars(select(Sender).where(Sender.active).order_by(Sender.id)))
        have = {key.domain for key in found}
        domain = next((sender.domain for sender in senders if sender.domain not in have), "")
    rows = [(key, keys.record_name(key), keys.record(key), keys.record_until(key)) for key in found]
    return render_template(
        "admin/dkim.html",
        rows=rows,
        domain=domain,
        algorithm=algorithm,
        error=error,
        algorithms=DkimAlgorithm,
    )


def _key(key_id: int) -> DkimKey:
    key = unit.db().get(DkimKey, key_id)
    if key is None:
        raise NotFound
    return key


def _back() -> Response:
    return redirect(url_for("admin.dkim"), code=303)
