"""Segments: the list, one segment, its editor, its exam, and what customers are worth."""

from __future__ import annotations

from flask import Blueprint

from campaign.models import Role

blueprint = Blueprint("segments", __name__, url_prefix="/segments")

# who may see segments, and who may make them
SEE = (Role.ADMIN, Role.MARKETER, Role.CARE)
EDIT = (Role.ADMIN, Role.MARKETER)

from campaign.web.segments import (  # noqa: E402 (they add views)
    edit,  # noqa: F401
    exam,  # noqa: F401
    exchange,  # noqa: F401
    people_file,  # noqa: F401
    show,  # noqa: F401
    tiers,  # noqa: F401
    value,  # noqa: F401
)
