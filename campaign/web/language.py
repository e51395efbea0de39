"""The language of the page: the person's own; for strangers their cookie, then what the browser asks for."""

from __future__ import annotations

from flask import g, request

from campaign.i18n import LANGUAGES, PUBLIC_LANGUAGES, translate
from campaign.web import unit

COOKIE = "campaign_language"
DEFAULT = LANGUAGES[0]


def current() -> str:
    """`vi` or `en`, the same for the whole request."""
    if "language" not in g:
        g.language = _choose()
    chosen: str = g.language
    return chosen


def use(chosen: str) -> None:
    """Speak another language for the rest of this request: a public page in its recipient's, which has words
    of the public areas alone in some."""
    if chosen in PUBLIC_LANGUAGES:
        g.language = chosen


def t(key: str, **values: object) -> str:
    """The message of the catalogue, in the page's language."""
    return translate(current(), key, **values)


def _choose() -> str:
    account = unit.account_or_none()
    if account is not None and account.language in LANGUAGES:
        return account.language
    cookie = request.cookies.get(COOKIE)
    if cookie in LANGUAGES:
        return cookie
    return request.accept_languages.best_match(LANGUAGES, default=DEFAULT)
