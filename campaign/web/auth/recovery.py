"""Renewing one's own recovery codes: by the password and the telephone's code, and the old ones are void."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaign.accounts import passwords, second_factor, throttle
from campaign.errors import InvalidInput
from campaign.web import unit
from campaign.web.access import signed_in
from campaign.web.auth import cookies
from campaign.web.auth.second_factor import TOO_MANY, UNPROCESSABLE, throttle_name
from campaign.web.language import t

PATH = "/account/second-factor/recovery"


def register(blueprint: Blueprint) -> None:
    """Add the views."""
    blueprint.add_url_rule(PATH, "recovery_form", form, methods=["GET"])
    blueprint.add_url_rule(PATH, "renew_recovery", renew, methods=["POST"])


@signed_in
def form() -> ResponseReturnValue:
    """What it does, and the two proofs. Who has no second factor sets it up first."""
    if not second_factor.enrolled(unit.db(), unit.account()):
        return redirect(url_for("auth.second_factor"), code=303)
    return _page({})


@signed_in
def renew() -> ResponseReturnValue:
    """The new codes, on this page alone. Wrong passwords and wrong codes are counted apart."""
    db, account, now = unit.db(), unit.account(), unit.now()
    address, name = request.remote_addr or "", throttle_name(account.email)
    if throttle.admit(db, account.email, address, now) is not None:
        return _page({"password": t("common-error-429-text")}), TOO_MANY
    if not passwords.verify(account.password_hash, request.form.get("password", "")):
        unit.commit()  # the failed try counts
        return _page({"password": t("auth-password-current-wrong")}), UNPROCESSABLE
    throttle.forget(db, account.email, address)
    if throttle.admit(db, name, address, now) is not None:
        unit.commit()
        return _page({"code": t("common-error-429-text")}), TOO_MANY
    try:
        codes = second_factor.renew_codes(
            db,
            account,
            request.form.get("code", ""),
            unit.settings().secret_key,
            now,
            keep=request.cookies[unit.SESSION_COOKIE],
        )
    except InvalidInput as error:
        unit.commit()  # the failed try counts
        return _page({"code": t(error.key, **error.values)}), UNPROCESSABLE
    throttle.forget(db, name, address)
    cookies.renew()
    return render_template("auth/recovery_codes.html", codes=codes)


def _page(errors: dict[str, str]) -> str:
    left = second_factor.codes_left(unit.db(), unit.account())
    return render_template("auth/recovery.html", errors=errors, left=left)
