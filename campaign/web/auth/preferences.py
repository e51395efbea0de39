"""Language and paper: small forms on every page, for strangers too."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue

from campaign.accounts import people
from campaign.i18n import LANGUAGES
from campaign.web import language, theme, unit
from campaign.web.access import public
from campaign.web.auth import cookies

# a year, in seconds
KEEP_SECONDS = 365 * 24 * 3600


def register(blueprint: Blueprint) -> None:
    """Add the views."""
    blueprint.add_url_rule("/language", "choose_language", choose_language, methods=["POST"])
    blueprint.add_url_rule("/theme", "choose_theme", choose_theme, methods=["POST"])


@public
def choose_language() -> ResponseReturnValue:
    """For a person in their account, for strangers in a cookie."""
    chosen = request.form.get("language", "")
    if chosen not in LANGUAGES:
        abort(400)
    account = unit.account_or_none()
    if account is not None:
        people.set_language(account, chosen)
    return _back_with(language.COOKIE, chosen)


@public
@unit.reading
def choose_theme() -> ResponseReturnValue:
    """In a cookie: one may want dark paper on one machine only."""
    chosen = request.form.get("theme", "")
    if chosen not in theme.THEMES:
        abort(400)
    return _back_with(theme.COOKIE, chosen)


def _back_with(cookie: str, value: str) -> ResponseReturnValue:
    response = redirect(cookies.back_or_desk(), code=303)
    response.set_cookie(
        cookie,
        value,
        max_age=KEEP_SECONDS,
        secure=unit.settings().secure_cookies,
        httponly=True,
        samesite="Lax",
    )
    return response
