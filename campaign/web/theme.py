"""Light or dark paper: as the machine says, unless the person chose; kept in a cookie."""

from __future__ import annotations

from flask import request

COOKIE = "campaign_theme"
THEMES = ("auto", "light", "dark")


def current() -> str:
    """`auto`, `light` or `dark`."""
    chosen = request.cookies.get(COOKIE, "")
    return chosen if chosen in THEMES else "auto"
