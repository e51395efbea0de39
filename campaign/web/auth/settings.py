"""One's own account: password, and where one is signed in."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaign import audit
from campaign.accounts import passwords, people, second_factor, sessions, throttle
from campaign.errors import InvalidInput
from campaign.web import unit
from campaign.web.access import signed_in
from campaign.web.auth import cookies
from campaign.web.language import t


def register(blueprint: Blueprint) -> None:
    """Add the views."""
    blueprint.add_url_rule("/account", "settings", settings, methods=["GET"])
    blueprint.add_url_rule("/account/password", "change_password", change_password, methods=["POST"])
    blueprint.add_url_rule("/account/end-sessions", "end_sessions", end_sessions, methods=["POST"])


@signed_in
def settings() -> ResponseReturnValue:
    return _page()


@signed_in
def change_password() -> ResponseReturnValue:
    """The old password first; every other browser is signed out."""
    account = unit.account()
    address = request.remote_addr or ""
    if throttle.admit(unit.db(), account.email, address, unit.now()) is not None:
        return _page(error=t("common-error-429-text"), failed="current"), 429
    if not passwords.verify(account.password_hash, request.form.get("current", "")):
        unit.commit()  # the failed try counts
        return _page(error=t("auth-password-current-wrong"), failed="current"), 422
    throttle.forget(unit.db(), account.email, address)
    try:
        people.set_password(
            unit.db(),
            account,
            account,
            request.form.get("password", ""),
            unit.now(),
            keep=request.cookies[unit.SESSION_COOKIE],
        )
    except InvalidInput as error:
        return _page(error=t(error.key, **error.values), failed=error.field), 422
    cookies.renew()
    flash(t("auth-password-changed"), "done")
    return redirect(url_for("auth.settings"), code=303)


@signed_in
def end_sessions() -> ResponseReturnValue:
    """Sign out everywhere but here."""
    account = unit.account()
    sessions.end_all(unit.db(), account, unit.now(), keep=request.cookies[unit.SESSION_COOKIE])
    audit.record(unit.db(), account, "account.signed_out_elsewhere", "account", account.id, unit.now())
    flash(t("auth-sessions-ended"), "done")
    return redirect(url_for("auth.settings"), code=303)


def _page(error: str | None = None, failed: str | None = None) -> str:
    return render_template(
        "auth/settings.html",
        error=error,
        failed=failed,
        open_sessions=sessions.open_sessions(unit.db(), unit.account(), unit.now()),
        least=passwords.MIN_LENGTH,
        has_factor=second_factor.enrolled(unit.db(), unit.account()),
    )
