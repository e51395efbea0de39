"""What every template may use: `t`, the filters for dates and numbers, the person, the navigation."""

from __future__ import annotations

from typing import Any

from flask import Flask

from campaign.dispatch import lock
from campaign.dispatch.lock import Lock
from campaign.i18n import LANGUAGES
from campaign.models import Role
from campaign.web import access, formats, language, navigation, theme, unit


def init(app: Flask) -> None:
    """Register globals and filters."""
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension("jinja2.ext.do")
    app.add_template_global(language.t, "t")
    app.add_template_global(access.may_see)
    app.add_template_global(sending_lock)
    app.add_template_global(navigation.rule_href)
    app.add_template_global(Role, "Role")
    for name, function in formats.FILTERS.items():
        app.add_template_filter(function, name)
    app.context_processor(_page)


def sending_lock() -> Lock | None:
    """Why nothing may be sent, for the banner; nobody who is not signed in is told."""
    if unit.account_or_none() is None:
        return None
    return lock.look(unit.db(), unit.settings())


def _page() -> dict[str, Any]:
    return {
        "account": unit.account_or_none(),
        "language": language.current(),
        "languages": LANGUAGES,
        "theme": theme.current(),
        "now": unit.now(),
        "settings": unit.settings(),
        "navigation": navigation.entries(),
    }
