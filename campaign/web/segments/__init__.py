"""Segments: the list, one segment, its editor, its exam, and what customers are worth."""

from __future__ import annotations

from flask import Blueprint

from campaign.models import Role

blueprint = Blueprint("segments", __name__, url_prefix="/segments")

# who may see segments, and who may make them
SEE = (Role.ADMIN, Role.MARKETER, Role.CARE)
EDIT = (Role.ADMIN, Role.MARKETER)

from campaign.web.segments import edit, exam, exchange, show, tiers, value  # noqa: E402, F401 (they add views)
