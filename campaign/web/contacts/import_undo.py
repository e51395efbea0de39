"""Taking an import back: a page says first what that would do."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from campaign.contacts.csv_import import imports, undo_forecast
from campaign.models import ImportKind, ImportState
from campaign.queue import Job
from campaign.web import unit
from campaign.web.access import roles
from campaign.web.contacts import IMPORT, blueprint
from campaign.web.contacts.imports import found, to_result

# what the page counts, in its order; nothing is said of none
COUNTED = ("removed", "changed", "retracted", "unasked", "kept", "standing")


@blueprint.get("/imports/<int:import_id>/undo")
@roles(*IMPORT)
def import_undo_page(import_id: int) -> ResponseReturnValue:
    """So many people go, so many become what they were; one button does it."""
    begun = found(import_id)
    if begun.state is not ImportState.FINISHED:
        return to_result(begun)
    imports.require_undo(unit.db(), begun)
    forecast = undo_forecast.of_import(unit.db(), begun)
    return render_template(
        "contacts/import_undo.html",
        begun=begun,
        forecast=[(name, forecast[name]) for name in COUNTED if forecast.get(name)],
        kind="orders" if begun.kind is ImportKind.ORDERS else "people",
    )


@blueprint.post("/imports/<int:import_id>/undo")
@roles(*IMPORT)
def import_undo(import_id: int) -> ResponseReturnValue:
    begun = found(import_id)
    imports.ask_undo(unit.db(), begun, unit.now(), unit.account())
    unit.ring(Job.IMPORT, begun.id)
    return to_result(begun)
