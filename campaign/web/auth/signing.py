"""Sign-in and sign-out."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaign import audit
from campaign.accounts import demo, passwords, people, sessions, throttle
from campaign.models import Account
from campaign.web import unit
from campaign.web.access import public, signed_in
from campaign.web.auth import cookies
from campaign.web.language import t

# seconds up to which a wait is told in seconds, not minutes
SHORT_WAIT_SECONDS = 90


def register(blueprint: Blueprint) -> None:
    """Add the views."""
    blueprint.add_url_rule("/sign-in", "sign_in", sign_in, methods=["GET"])
    blueprint.add_url_rule("/sign-in", "sign_in_now", sign_in_now, methods=["POST"])
    blueprint.add_url_rule("/sign-out", "sign_out", sign_out, methods=["POST"])


@public
def sign_in() -> ResponseReturnValue:
    """The door. Without any account it leads to the first-run page, signed in to the desk."""
    if unit.account_or_none() is not None:
        return redirect(cookies.safe_path(request.args.get("next")) or url_for("home.desk"), code=303)
    if not people.anybody(unit.db()):
        return redirect(url_for("auth.first_run"), code=303)
    return _page()


@public
@unit.reading
def sign_in_now() -> ResponseReturnValue:
    """Check the password. Three short transactions, so that nobody waits while argon2 works."""
    email = people.fold_email(request.form.get("email", ""))[:320]
    password = request.form.get("password", "")[: passwords.MAX_LENGTH + 1]
    address = request.remote_addr or ""
    with unit.database().write() as db:
        until = throttle.admit(db, email, address, unit.now())
    if until is not None:
        return _wait(int((until - unit.now()).total_seconds()) + 1)
    account = people.by_email(unit.db(), email)
    matches = passwords.verify(account.password_hash if account else None, password)
    if account is None or not matches or not account.active:
        return _page(error=t("auth-sign-in-wrong"), status=401)
    token = _start(account, email, address)
    target = cookies.safe_path(request.form.get("next")) or url_for("home.desk")
    return cookies.remember(redirect(target, code=303), token)


@signed_in
def sign_out() -> ResponseReturnValue:
    """This browser alone."""
    token = request.cookies[unit.SESSION_COOKIE]
    sessions.end(unit.db(), token, unit.now())
    audit.record(unit.db(), unit.account(), "account.signed_out", "account", unit.account().id, unit.now())
    return cookies.forget(redirect(url_for("auth.sign_in"), code=303))


def _start(account: Account, email: str, address: str) -> str:
    with unit.database().write() as db:
        throttle.forget(db, email, address)
        mine = people.get(db, account.id)
        audit.record(db, mine, "account.signed_in", "account", mine.id, unit.now(), address=address)
        return sessions.start(db, mine, unit.now(), request.user_agent.string)


def _wait(seconds: int) -> ResponseReturnValue:
    if seconds <= SHORT_WAIT_SECONDS:
        error = t("auth-sign-in-wait-seconds", seconds=seconds)
    else:
        error = t("auth-sign-in-wait-minutes", minutes=-(-seconds // 60))
    page, status = _page(error=error, status=429)
    return page, status, {"Retry-After": str(seconds)}


def _page(error: str | None = None, status: int = 200) -> tuple[str, int]:
    page = render_template(
        "auth/sign_in.html",
        error=error,
        email=request.form.get("email", ""),
        next=cookies.safe_path(request.values.get("next")) or "",
        logins=demo.LOGINS if unit.settings().demo else (),
    )
    return page, status
