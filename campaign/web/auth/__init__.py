"""Signing in and out, the first account, one's own password, language and paper."""

from __future__ import annotations

from flask import Blueprint

from campaign.web.auth import first_run, preferences, recovery, second_factor, settings, signing

blueprint = Blueprint("auth", __name__)
for part in (signing, first_run, settings, second_factor, recovery, preferences):
    part.register(blueprint)
