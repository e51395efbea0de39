"""Files that were brought in: all of them, and where each is; `import_begin` has the way there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.contacts import places
from campaign.contacts.csv_import import given, imports
from campaign.contacts.csv_import.outcome import refused_csv
from campaign.contacts.opt_in import waiting
from campaign.contacts.places import AddressKind
from campaign.db import Database
from campaign.errors import NotFound
from campaign.models import (
    WORKING,
    ContactImport,
    CustomField,
    ImportKind,
    ImportState,
)
from campaign.queue import Job
from campaign.web import language, unit
from campaign.web.access import may, roles
from campaign.web.contacts import IMPORT, blueprint
from campaign.web.contacts.labels import labeller
from campaign.web.exporting import Export, answer
from campaign.web.language import t
from campaign.web.paging import page_of
from campaign.web.rights_table import Action

REFUSED_SHOWN = 50
COLUMNS_SHOWN = 6


@blueprint.get("/imports")
@roles(*IMPORT)
def import_list() -> ResponseReturnValue:
    page = page_of(unit.db(), select(ContactImport).order_by(ContactImport.id.desc()))
    return render_template(
        "contacts/imports.html",
        page=page,
        page_url=lambda number: url_for("contacts.import_list", page=number),
    )


@blueprint.post("/imports/<int:import_id>/finish")
@roles(*IMPORT)
def import_finish(import_id: int) -> ResponseReturnValue:
    """Take it in, as it was checked."""
    begun = found(import_id)
    imports.ask_run(begun)
    unit.ring(Job.IMPORT, begun.id)
    return to_result(begun)


@blueprint.get("/imports/<int:import_id>")
@roles(*IMPORT)
def import_result(import_id: int) -> ResponseReturnValue:
    """Where the file is: at work, checked, taken in, or taken back."""
    begun = found(import_id)
    if begun.state is ImportState.UPLOADED:
        return redirect(url_for("contacts.import_mapping", import_id=begun.id), code=303)
    return render_template(f"contacts/{_PAGES[begun.state]}.html", **_shown(begun), places=_places(begun))


@blueprint.get("/imports/<int:import_id>/live")
@roles(*IMPORT)
def import_live(import_id: int) -> ResponseReturnValue:
    """How far the worker is; the page is loaded anew when it is done."""
    begun = found(import_id)
    if begun.state not in WORKING:
        return "", 204, {"HX-Refresh": "true"}
    return render_template("contacts/_import_progress.html", begun=begun)


@blueprint.route("/imports/<int:import_id>/refused.csv", methods=["GET", "POST"])
@may(Action.EXPORT_REFUSED)
def import_refused(import_id: int) -> ResponseReturnValue:
    """The refused rows with their reasons, to mend and import again."""
    begun = found(import_id)
    what = Export(
        Action.EXPORT_REFUSED,
        t("rights-export-refused-title"),
        f"refused-{begun.id}.csv",
        "contact_import",
        begun.id,
        (url_for("contacts.import_result", import_id=begun.id), begun.file_name),
    )
    headings, words = begun.options.get("headings", []), language.current()
    return answer(what, lambda: _refused(unit.database(), begun.id, headings, words))


def _refused(database: Database, import_id: int, headings: Sequence[str], words: str) -> Iterator[str]:
    """Sent after the request's session was given back, so the lines have one of their own."""
    with database.read() as db:
        yield from refused_csv(headings, imports.each_refusal(db, import_id), words)


_PAGES = {
    ImportState.CHECKING: "import_working",
    ImportState.RUNNING: "import_working",
    ImportState.UNDOING: "import_working",
    ImportState.CHECKED: "import_preview",
    ImportState.FINISHED: "import_result",
    ImportState.UNDONE: "import_undone",
}


def _places(begun: ContactImport) -> dict[AddressKind, int]:
    """Addresses of the old kind and unknown provinces among what the file brought."""
    finished = begun.state is ImportState.FINISHED and begun.kind is ImportKind.CONTACTS
    return places.of_import(unit.db(), begun.id) if finished else {}


def _shown(begun: ContactImport) -> dict[str, Any]:
    fields = [
        field for field in begun.mapping.values() if field not in ("full_name", "agreed", *given.FIELDS)
    ]
    return {
        "begun": begun,
        "refused": imports.refusals(unit.db(), begun, REFUSED_SHOWN),
        "shown": fields[:COLUMNS_SHOWN],
        "label": labeller(custom_labels(unit.db())),
        "asked": waiting.states_of_import(unit.db(), begun.id),
        "asked_an_hour": waiting.ASKED_AN_HOUR,
    }


def to_result(begun: ContactImport) -> ResponseReturnValue:
    """To the page that says where the file is."""
    return redirect(url_for("contacts.import_result", import_id=begun.id), code=303)


def custom_labels(db: Session) -> dict[str, str]:
    """Of the house's own fields, by key."""
    return {field.key: field.label for field in db.scalars(select(CustomField).order_by(CustomField.label))}


def found(import_id: int, db: Session | None = None) -> ContactImport:
    """NotFound when there is none of that number."""
    begun = (db or unit.db()).get(ContactImport, import_id)
    if begun is None:
        raise NotFound
    return begun
