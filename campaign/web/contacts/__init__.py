"""Contacts: the list, profiles, what we may write, own fields, imports."""

from __future__ import annotations

from flask import Blueprint

from campaign.web.rights_table import TABLE, Action

blueprint = Blueprint("contacts", __name__, url_prefix="/contacts")

# who may see customers, who may change them, who may bring in files
SEE = TABLE[Action.SEE_PEOPLE]
CHANGE = TABLE[Action.CHANGE_PEOPLE]
IMPORT = TABLE[Action.IMPORT]

from campaign.web.contacts import (  # noqa: E402, F401 (they add views)
    deceased,
    edit,
    erase,
    export,
    fields,
    import_begin,
    import_undo,
    imports,
    index,
    profile,
    proof,
    proposals,
    relationship,
    rights,
    timeline,
)
