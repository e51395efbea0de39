"""Setting up one's second factor: a QR code, the first code, the recovery codes, shown once."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from campaign.accounts import passwords, second_factor, throttle
from campaign.errors import InvalidInput, Refused
from campaign.render import qr
from campaign.web import unit
from campaign.web.access import signed_in
from campaign.web.auth import cookies
from campaign.web.language import t

TOO_MANY, UNPROCESSABLE = 429, 422


def register(blueprint: Blueprint) -> None:
    """Add the views."""
    blueprint.add_url_rule("/account/second-factor", "second_factor", show, methods=["GET"])
    blueprint.add_url_rule("/account/second-factor/begin", "begin_second_factor", begin, methods=["POST"])
    blueprint.add_url_rule("/account/second-factor", "confirm_second_factor", confirm, methods=["POST"])


@signed_in
def show() -> ResponseReturnValue:
    """Where it stands."""
    return _page()


@signed_in
def begin() -> ResponseReturnValue:
    """A new secret; the password first, so that a browser left open sets up nobody's telephone."""
    account, address = unit.account(), request.remote_addr or ""
    if throttle.admit(unit.db(), account.email, address, unit.now()) is not None:
        return _page({"password": t("common-error-429-text")}), TOO_MANY
    if not passwords.verify(account.password_hash, request.form.get("password", "")):
        unit.commit()  # the failed try counts
        return _page({"password": t("auth-password-current-wrong")}), UNPROCESSABLE
    throttle.forget(unit.db(), account.email, address)
    second_factor.begin(unit.db(), account, unit.settings().secret_key, unit.now())
    return redirect(url_for("auth.second_factor"), code=303)


@signed_in
def confirm() -> ResponseReturnValue:
    """The first code; then the recovery codes, on this page alone."""
    db, account, key, now = unit.db(), unit.account(), unit.settings().secret_key, unit.now()
    address = request.remote_addr or ""
    if throttle.admit(db, throttle_name(account.email), address, now) is not None:
        return _page({"code": t("common-error-429-text")}), TOO_MANY
    try:
        codes = second_factor.confirm(
            db, account, request.form.get("code", ""), key, now, keep=request.cookies[unit.SESSION_COOKIE]
        )
    except InvalidInput as error:
        unit.commit()  # the failed try counts
        return _page({"code": t(error.key, **error.values)}), UNPROCESSABLE
    throttle.forget(db, throttle_name(account.email), address)
    cookies.renew()
    return render_template("auth/recovery_codes.html", codes=codes)


def proven(code: str) -> bool:
    """Whether the code typed into a form is the person's own; raises InvalidInput at `code` otherwise.

    False when the house asks for none. A wrong try is counted; who has none yet is told where to go.
    """
    db, account, now = unit.db(), unit.account(), unit.now()
    if not second_factor.required(db):
        return False
    if not second_factor.enrolled(db, account):
        raise Refused("auth-factor-none")
    name, address = throttle_name(account.email), request.remote_addr or ""
    if throttle.admit(db, name, address, now) is not None:
        raise InvalidInput("common-error-429-text", field="code")
    if not second_factor.check(db, account, code, unit.settings().secret_key, now):
        unit.commit()  # the failed try counts
        raise InvalidInput("auth-factor-wrong", field="code")
    throttle.forget(db, name, address)
    return True


def throttle_name(email: str) -> str:
    """Codes are counted apart from passwords."""
    return f"code {email}"[:320]


def _page(errors: dict[str, str] | None = None) -> str:
    db, account = unit.db(), unit.account()
    waiting = second_factor.unfinished(db, account, unit.settings().secret_key, unit.now())
    return render_template(
        "auth/second_factor.html",
        enrolled=second_factor.enrolled(db, account),
        required=second_factor.required(db),
        left=second_factor.codes_left(db, account),
        waiting=waiting,
        picture=_picture(waiting.uri) if waiting else None,
        errors=errors or {},
    )


def _picture(content: str) -> Markup:
    """The dark modules as one path; the policy allows no data: picture."""
    code = qr.make(content)
    path = "".join(
        f"M{place % code.side} {place // code.side}h1v1h-1z"
        for place, module in enumerate(code.modules)
        if not module
    )
    return Markup(  # noqa: S704 (numbers of our own)
        f'<svg class="qr" viewBox="0 0 {code.side} {code.side}" aria-hidden="true"><path d="{path}"/></svg>'
    )
