"""Contacts: the list, profiles, what we may write, own fields, imports."""

from __future__ import annotations

from flask import Blueprint

from campaign.models import Role

blueprint = Blueprint("contacts", __name__, url_prefix="/contacts")

# who may see customers, who may change them, who may bring in files
SEE = (Role.ADMIN, Role.MARKETER, Role.CARE)
CHANGE = (Role.ADMIN, Role.CARE)
IMPORT = (Role.ADMIN, Role.MARKETER)

from campaign.web.contacts import (  # noqa: E402 (they add views)
    deceased,  # noqa: F401
    edit,  # noqa: F401
    erase,  # noqa: F401
    fields,  # noqa: F401
    imports,  # noqa: F401
    index,  # noqa: F401
    profile,  # noqa: F401
    relationship,  # noqa: F401
    rights,  # noqa: F401
    timeline,  # noqa: F401
)
