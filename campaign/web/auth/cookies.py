"""The cookie of a signed-in browser, and the ways back."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import after_this_request, request, session, url_for
from werkzeug.wrappers import Response

from campaign.accounts import sessions
from campaign.web import unit


def remember(response: Response, token: str) -> Response:
    """Set the cookie; only the server reads it, and it rides on no other site's forms."""
    _set(response, token)
    # another person's form token and notices end here
    session.clear()
    return response


def renew() -> None:
    """A new token for this browser after a change of what proves the person; before the page is written, for
    its forms take a new token of their own as well."""
    token = sessions.renew(unit.db(), request.cookies[unit.SESSION_COOKIE])
    session.clear()

    @after_this_request
    def hand_over(response: Response) -> Response:
        # what was refused was rolled back, and the old token with it
        return _set(response, token) if response.status_code < unit.FIRST_ERROR_STATUS else response


def _set(response: Response, token: str) -> Response:
    response.set_cookie(
        unit.SESSION_COOKIE,
        token,
        max_age=sessions.LIFETIME,
        secure=unit.settings().secure_cookies,
        httponly=True,
        samesite="Lax",
    )
    return response


def forget(response: Response) -> Response:
    """Drop the cookie."""
    response.delete_cookie(
        unit.SESSION_COOKIE, secure=unit.settings().secure_cookies, httponly=True, samesite="Lax"
    )
    session.clear()
    return response


def safe_path(target: str | None) -> str | None:
    """The target if it is a path of our own; a link to another site must not ride on a sign-in."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return None
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or any(ord(character) < 32 for character in target):
        return None
    return target


def back_or_desk() -> str:
    """The page that a small form was sent from, or the desk."""
    referrer = urlsplit(request.referrer or "")
    path = referrer.path + (f"?{referrer.query}" if referrer.query else "")
    if referrer.netloc == request.host and safe_path(path):
        return path
    return url_for("home.desk")
