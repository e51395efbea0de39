"""The first-run page: whoever sits at this machine makes the first administrator.

From elsewhere in the network the page only says which command to run: else the first stranger to find a
fresh installation would own it.
"""

from __future__ import annotations

import ipaddress

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaign.accounts import people, sessions
from campaign.errors import InvalidInput, Refused
from campaign.web import language, unit
from campaign.web.access import public
from campaign.web.auth import cookies
from campaign.web.language import t

FORWARDING_HEADERS = ("Forwarded", "X-Forwarded-For", "X-Real-Ip")


def register(blueprint: Blueprint) -> None:
    """Add the views."""
    blueprint.add_url_rule("/first-run", "first_run", first_run, methods=["GET"])
    blueprint.add_url_rule("/first-run", "first_run_now", first_run_now, methods=["POST"])


@public
def first_run() -> ResponseReturnValue:
    """The form, as long as nobody has an account."""
    if people.anybody(unit.db()):
        return redirect(url_for("auth.sign_in"), code=303)
    return render_template("auth/first_run.html", here=_at_this_machine(), error=None, failed=None)


@public
def first_run_now() -> ResponseReturnValue:
    """Make the account and sign in."""
    if not _at_this_machine():
        raise Refused("auth-first-run-elsewhere")
    try:
        account = people.create_first(
            unit.db(),
            email=request.form.get("email", ""),
            name=request.form.get("name", ""),
            password=request.form.get("password", ""),
            now=unit.now(),
            language=language.current(),
        )
    except InvalidInput as error:
        page = render_template(
            "auth/first_run.html", here=True, error=t(error.key, **error.values), failed=error.field
        )
        return page, 422
    token = sessions.start(unit.db(), account, unit.now(), request.user_agent.string)
    return cookies.remember(redirect(url_for("home.desk"), code=303), token)


def _at_this_machine() -> bool:
    """From loopback, and not through a proxy that we were not told of."""
    if not unit.settings().trusted_proxies and any(name in request.headers for name in FORWARDING_HEADERS):
        return False
    try:
        return ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False
