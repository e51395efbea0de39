"""Taking an import back: a page says first what that would do."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from campaign.contacts.csv_import import imports, undo_forecast
from campaign.errors import NotFound
from campaign.models import ContactImport, ImportKind, ImportState
from campaign.queue import Job
from campaign.web import unit
from campaign.web.access import roles
from campaign.web.contacts import IMPORT, blueprint

# what the page counts, in its order; nothing is said of none
COUNTED = ("removed", "changed", "retracted", "unasked", "kept", "standing")


@blueprint.get("/imports/<int:import_id>/undo")
@roles(*IMPORT)
def import_undo_page(import_id: int) -> ResponseReturnValue:
    """So many people go, so many become what they were; one button does it."""
    begun = _found(import_id)
    if begun.state is not ImportState.FINISHED:
        return _to(begun)
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
    begun = _found(import_id)
    imports.ask_undo(unit.db(), begun, unit.now(), unit.account())
    unit.ring(Job.IMPORT, begun.id)
    return _to(begun)


def _found(import_id: int) -> ContactImport:
    begun = unit.db().get(ContactImport, import_id)
    if begun is None:
        raise NotFound
    return begun


def _to(begun: ContactImport) -> ResponseReturnValue:
    return redirect(url_for("contacts.import_result", import_id=begun.id), code=303)
