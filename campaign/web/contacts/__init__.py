"""Contacts: the list, profiles, what we may write, own fields, imports."""

from __future__ import annotations

from flask import Blueprint

from campaign.models import Role

blueprint = Blueprint("contacts", __name__, url_prefix="/contacts")

# who may see customers, who may change them, who may bring in files
SEE = (Role.ADMIN, Role.MARKETER, Role.CARE)
CHANGE = (Role.ADMIN, Role.CARE)
IMPORT = (Role.ADMIN, Role.MARKETER)

from campaign.web.contacts import (  # noqa: E402, F401 (they add views)
    deceased,
    edit,
    erase,
    fields,
    imports,
    index,
    profile,
    proof,
    proposals,
    relationship,
    rights,
    timeline,
)
