"""Everything held on one person, with a reason, as a ZIP."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from flask import url_for
from flask.typing import ResponseReturnValue

from campaign.config import Settings
from campaign.db import Database
from campaign.models import Contact
from campaign.report.person import archive
from campaign.web import unit
from campaign.web.access import may
from campaign.web.contacts import blueprint
from campaign.web.contacts.profile import found
from campaign.web.exporting import Export, answer
from campaign.web.language import t
from campaign.web.rights_table import Action


@blueprint.route("/<int:contact_id>/export", methods=["GET", "POST"])
@may(Action.EXPORT_PERSON)
def export(contact_id: int) -> ResponseReturnValue:
    contact = found(unit.db(), contact_id)
    name = contact.full_name or contact.code
    what = Export(
        Action.EXPORT_PERSON,
        t("person-export-title", name=name),
        f"person-{contact.id}.zip",
        "contact",
        contact.id,
        (url_for("contacts.show", contact_id=contact.id), name),
        "application/zip",
    )
    return answer(what, lambda: _pieces(unit.database(), unit.settings(), contact_id, unit.now()))


def _pieces(database: Database, settings: Settings, contact_id: int, now: datetime) -> Iterator[bytes]:
    """Sent after the request's session was given back, so it has one of its own."""
    with database.read() as db:
        yield from archive.pieces(db, settings, db.get_one(Contact, contact_id), now)
