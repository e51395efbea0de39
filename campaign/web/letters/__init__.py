"""Print runs: what is to be printed, printed, posted."""

from __future__ import annotations

from io import BytesIO
from pathlib import PurePosixPath

from flask import Blueprint, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from campaign.dispatch import print_run
from campaign.errors import NotFound
from campaign.models import Delivery, Mailing, Message, PrintRun, PrintRunState, Role
from campaign.render.letter import spaced
from campaign.render.png import page_png
from campaign.storage import FileStore
from campaign.web import unit
from campaign.web.access import roles
from campaign.web.language import t
from campaign.web.paging import page_of

blueprint = Blueprint("letters", __name__, url_prefix="/letters")

# who handles paper: the care desk, and who sends campaigns by post
DESKS = (Role.CARE, Role.MARKETER)
# letters named on the page of a run; the manifest names all
LISTED = 100
SHEET_PPI = 100
STATES = tuple(PrintRunState)


@blueprint.get("")
@roles(*DESKS)
def index() -> str:
    """All runs, those with work left first."""
    db = unit.db()
    wanted = select(PrintRun).order_by(PrintRun.state == PrintRunState.POSTED, PrintRun.id.desc())
    page = page_of(db, wanted)
    named = (
        select(Mailing.id, Message.name)
        .join(Message, Message.id == Mailing.message_id)
        .where(Mailing.id.in_({run.mailing_id for run in page.items}))
    )
    names = {row.id: row.name for row in db.execute(named)}
    return render_template("letters/index.html", page=page, names=names)


@blueprint.get("/<int:run_id>")
@roles(*DESKS)
def run(run_id: int) -> str:
    """One run: what to do next, its first sheet, its letters."""
    db, found = unit.db(), _run_or_404(unit.db(), run_id)
    mailing = db.get_one(Mailing, found.mailing_id)
    letters = db.execute(
        select(Delivery.id, Delivery.sequence, Delivery.address, Delivery.reply_code)
        .where(Delivery.print_run_id == found.id)
        .order_by(Delivery.sequence)
        .limit(LISTED)
    ).all()
    return render_template(
        "letters/run.html",
        run=found,
        message=db.get_one(Message, mailing.message_id),
        letters=[(row.sequence, row.address.replace("\n", ", "), spaced(row.reply_code)) for row in letters],
        steps=_steps(found),
    )


@blueprint.get("/<int:run_id>/package.zip")
@roles(*DESKS)
def package(run_id: int) -> Response:
    """The ZIP for the printer."""
    found = _run_or_404(unit.db(), run_id)
    return _file(found.zip_key, "application/zip", as_attachment=True)


@blueprint.get("/<int:run_id>/letters.pdf")
@roles(*DESKS)
def pdf(run_id: int) -> Response:
    """The pages alone, to look at or to print here."""
    return _file(_run_or_404(unit.db(), run_id).pdf_key, "application/pdf", as_attachment=False)


@blueprint.get("/<int:run_id>/first-sheet.png")
@roles(*DESKS)
def first_sheet(run_id: int) -> Response:
    """A picture of page one."""
    picture = page_png(_files().get(_run_or_404(unit.db(), run_id).pdf_key), 0, SHEET_PPI)
    return send_file(BytesIO(picture), mimetype="image/png")


@blueprint.post("/<int:run_id>/printed")
@roles(*DESKS)
def printed(run_id: int) -> Response:
    """Record that the sheets are printed."""
    print_run.mark_printed(unit.db(), _run_or_404(unit.db(), run_id), unit.account(), unit.now())
    flash(t("letters-printed-done"), "done")
    return redirect(url_for("letters.run", run_id=run_id), code=303)


@blueprint.get("/<int:run_id>/posted")
@roles(*DESKS)
def confirm_posted(run_id: int) -> ResponseReturnValue:
    """From then on its letters count as sent, for good, so it asks."""
    found = _run_or_404(unit.db(), run_id)
    if found.state is not PrintRunState.PRINTED:
        return redirect(url_for("letters.run", run_id=run_id), code=303)
    return render_template("letters/posted.html", run=found)


@blueprint.post("/<int:run_id>/posted")
@roles(*DESKS)
def posted(run_id: int) -> Response:
    """Record that the letters are at the post."""
    count = print_run.mark_posted(unit.db(), _run_or_404(unit.db(), run_id), unit.account(), unit.now())
    flash(t("letters-posted-done", count=count), "done")
    return redirect(url_for("letters.run", run_id=run_id), code=303)


def _run_or_404(db: Session, run_id: int) -> PrintRun:
    found = db.get(PrintRun, run_id)
    if found is None:
        raise NotFound
    return found


def _files() -> FileStore:
    return FileStore(unit.settings().files_dir)


def _file(key: str, kind: str, *, as_attachment: bool) -> Response:
    name = PurePosixPath(key).name
    path = _files().path(key)
    if not path.is_file():
        raise NotFound(f"The file {name} is not in the store.")
    return send_file(path, mimetype=kind, as_attachment=as_attachment, download_name=name)


def _steps(found: PrintRun) -> list[dict[str, object]]:
    """Made, printed, posted: what is done and what comes next."""
    done = STATES.index(found.state) + 1
    moments = (found.created_at, found.printed_at, found.posted_at)
    return [
        {
            "label": t(f"letters-step-{state}"),
            "state": "done" if place < done else "here" if place == done else "open",
            "href": None,
            "at": moments[place],
        }
        for place, state in enumerate(STATES)
    ]
