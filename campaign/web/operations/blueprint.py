"""The blueprint of the area."""

from __future__ import annotations

from flask import Blueprint

from campaign.models import Role
from campaign.web.access import roles

blueprint = Blueprint("operations", __name__, url_prefix="/operations")
admins_only = roles(Role.ADMIN)
