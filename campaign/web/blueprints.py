"""The areas of the application, in one table. A new area: its package, one line here, one navigation entry
in `navigation.py` when it has a page of its own to go to."""

from __future__ import annotations

import importlib

from flask import Flask

# package under campaign.web; each offers `blueprint`
AREAS = (
    "health",
    "auth",
    "home",
    "admin",
    "operations",
    "care",
    "campaigns",
    "compose",
    "review",
    "letters",
    "mailbox",
    "public",
    "replies",
    "reports",
    "styleguide",
    "contacts",
    "deliveries",
    "segments",
    "rules",
    "suppressions",
    "forms",
    "rights",
)


def register(app: Flask) -> None:
    """Import each area and register its blueprint."""
    for area in AREAS:
        app.register_blueprint(importlib.import_module(f"campaign.web.{area}").blueprint)
