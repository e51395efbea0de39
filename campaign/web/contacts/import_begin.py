"""The way of a file until it is taken in: upload, say what its columns mean, look at the first rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.contacts.csv_import import encodings, imports, mapping, planning
from campaign.contacts.csv_import.headings import in_words
from campaign.contacts.csv_import.reading import ARCHIVE, SIZE_LIMIT, WORKBOOK, Look, Row
from campaign.contacts.csv_import.rules import Rule
from campaign.contacts.names import clean
from campaign.errors import InvalidInput
from campaign.models import ContactImport, ImportKind, ImportState, Sender
from campaign.queue import Job
from campaign.storage import FileStore
from campaign.web import unit
from campaign.web.access import roles
from campaign.web.contacts import IMPORT, blueprint
from campaign.web.contacts.imports import custom_labels, found, to_result
from campaign.web.contacts.labels import labeller
from campaign.web.language import t

ROWS_SAMPLED = 50
SAMPLES = 3  # values of a column shown beside its heading
HEADER_SHOWN = 60  # characters of a row that might hold the headings
HEADER_DIGITS = 7


@blueprint.get("/imports/new")
@roles(*IMPORT)
def import_new() -> ResponseReturnValue:
    return _upload_page()


@blueprint.post("/imports/new")
@roles(*IMPORT)
@unit.reading
def import_upload() -> ResponseReturnValue:
    """Reading a large file takes half a minute, in which others write: only its row takes a transaction."""
    uploaded = request.files.get("file")
    word = request.form.get("kind", "")
    try:
        if uploaded is None or not uploaded.filename:
            raise InvalidInput("contacts-import-no-file", field="file")
        received = imports.receive(
            _files(),
            kind=ImportKind(word) if word in set(ImportKind) else ImportKind.CONTACTS,
            file_name=clean(uploaded.filename),
            file=uploaded.stream,
            now=unit.now(),
        )
    except InvalidInput as error:
        return _upload_page(t(error.key, **error.values)), 422
    finally:
        if uploaded is not None:
            uploaded.close()
    with unit.database().write() as db:
        begun = imports.keep(db, received, unit.now(), unit.account())
    return redirect(url_for("contacts.import_mapping", import_id=begun.id), code=303)


@blueprint.get("/imports/<int:import_id>/mapping")
@roles(*IMPORT)
def import_mapping(import_id: int) -> ResponseReturnValue:
    begun = _open(import_id)
    return _mapping_page(begun, begun.mapping, begun.options)


@blueprint.post("/imports/<int:import_id>/mapping")
@roles(*IMPORT)
@unit.reading
def import_map(import_id: int) -> ResponseReturnValue:
    """Keep what the columns mean and what was decided; a worker finds out what would happen."""
    begun = _open(import_id)
    headings = tuple(begun.options["headings"])
    mapped = {
        heading: request.form[f"column-{place}"]
        for place, heading in enumerate(headings)
        if request.form.get(f"column-{place}")
    }
    options: dict[str, Any] = {name: clean(request.form.get(name, "")) for name in planning.TEXTS}
    options["purposes"] = request.form.getlist("purposes")
    try:
        mapping.check(mapped, headings, begun.kind, custom_labels(unit.db()))
        planning.plan_of(unit.db(), begun, mapped, options, unit.now())
    except InvalidInput as error:
        return _mapping_page(begun, mapped, options, error), 422
    with unit.database().write() as db:
        imports.ask_check(_open(import_id, db), mapped, options)
    unit.ring(Job.IMPORT, begun.id)
    return to_result(begun)


@blueprint.post("/imports/<int:import_id>/reading")
@roles(*IMPORT)
@unit.reading
def import_reading(import_id: int) -> ResponseReturnValue:
    """Read another sheet, take another row for the headings, or read it in another encoding: the samples
    show whether it is the right one."""
    begun = _open(import_id)
    try:
        table, rows = imports.read_again(_files(), begun, _look(begun))
    except InvalidInput as error:
        return _mapping_page(begun, begun.mapping, begun.options, error), 422
    with unit.database().write() as db:
        imports.describe(db, _open(import_id, db), table, rows)
    return redirect(url_for("contacts.import_mapping", import_id=begun.id), code=303)


def _look(begun: ContactImport) -> Look:
    """As the form says. Another sheet has its headings elsewhere."""
    now = imports.look_of(begun)
    encoding, sheet = request.form.get("encoding", now.encoding), request.form.get("sheet", now.sheet)
    header = request.form.get("header", "")
    same = sheet == now.sheet and header.isdecimal() and len(header) <= HEADER_DIGITS
    return Look(encodings.named(encoding).name if encoding else "", sheet, int(header) if same else 0)


def _upload_page(error: str | None = None) -> str:
    return render_template("contacts/import_new.html", error=error, megabytes=SIZE_LIMIT // 1024 // 1024)


def _mapping_page(
    begun: ContactImport,
    mapped: Mapping[str, str],
    options: Mapping[str, Any],
    error: InvalidInput | None = None,
) -> str:
    table = imports.source_of(_files(), begun)
    first = list(islice(table.rows, ROWS_SAMPLED))
    db = unit.db()
    custom = custom_labels(db)
    senders = select(Sender).where(Sender.active).order_by(Sender.id)
    return render_template(
        "contacts/import_mapping.html",
        begun=begun,
        columns=[
            (heading, in_words(heading, t), _samples(first, place))
            for place, heading in enumerate(table.headings)
        ],
        sheets=[(name, name) for name in table.sheets] if len(table.sheets) > 1 else [],
        sheet=table.sheet,
        headers=[(str(row.number), _header_words(row)) for row in table.first]
        if len(table.first) > 1
        else [],
        header=str(table.header),
        mapped=mapped,
        options=options,
        fields=mapping.fields_of(begun.kind, custom),
        label=labeller(custom),
        rows=begun.options.get("rows", 0),
        encoding=begun.options.get("encoding", ""),
        encodings=[]
        if table.encoding in (WORKBOOK, ARCHIVE)
        else [(name, t(f"contacts-encoding-{name}")) for name in encodings.names()],
        sender_options=[(sender.id, sender.name) for sender in db.scalars(senders)],
        errors={error.field or "": _say(error)} if error else _stopped(begun),
        rules=[(rule.value, t(f"contacts-rule-{rule}"), t(f"contacts-rule-{rule}-hint")) for rule in Rule],
        methods=[
            (method, t(f"contacts-method-{method}")) for method in planning.METHODS if method != "import"
        ],
    )


def _stopped(begun: ContactImport) -> dict[str, str]:
    """Why a worker could not go on with the file, if that is so."""
    return {"": t(begun.error["key"], **begun.error["values"])} if begun.error else {}


def _say(error: InvalidInput) -> str:
    """The sentence; a field is named by its words."""
    values = dict(error.values)
    if error.key.startswith("contacts-import-field-"):
        values["name"] = labeller(custom_labels(unit.db()))(str(values["name"]))
    return t(error.key, **values)


def _header_words(row: Row) -> str:
    cells = " · ".join(cell.strip() for cell in row.cells if cell.strip())
    short = cells if len(cells) <= HEADER_SHOWN else f"{cells[:HEADER_SHOWN].rstrip()}…"
    return t("importread-header-row", row=row.number, cells=short)


def _samples(first: Sequence[Row], place: int) -> list[str]:
    values = (row.cells[place].strip() for row in first)
    return list(dict.fromkeys(value[:40] for value in values if value))[:SAMPLES]


def _open(import_id: int, db: Session | None = None) -> ContactImport:
    begun = found(import_id, db)
    if begun.state not in (ImportState.UPLOADED, ImportState.CHECKED):
        raise InvalidInput("contacts-import-finished")
    return begun


def _files() -> FileStore:
    return FileStore(unit.settings().files_dir)
