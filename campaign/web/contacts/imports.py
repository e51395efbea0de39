"""The way of a file: upload, say what its columns mean, look at the first rows, take it in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from itertools import islice
from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.contacts.consent import Terms
from campaign.contacts.csv_import import encodings, imports, mapping
from campaign.contacts.csv_import.consents import Collected
from campaign.contacts.csv_import.outcome import refused_csv
from campaign.contacts.csv_import.people import Plan
from campaign.contacts.csv_import.reading import SIZE_LIMIT, WORKBOOK, Row
from campaign.contacts.facts import parse_date
from campaign.contacts.names import clean
from campaign.errors import InvalidInput, NotFound
from campaign.models import (
    Channel,
    ConsentPurpose,
    ContactImport,
    CustomField,
    ImportKind,
    ImportState,
    Sender,
)
from campaign.storage import FileStore
from campaign.web import language, unit
from campaign.web.access import roles
from campaign.web.contacts import IMPORT, blueprint
from campaign.web.contacts.labels import labeller
from campaign.web.language import t
from campaign.web.paging import page_of

ROWS_SAMPLED = 50
SAMPLES = 3  # values of a column shown beside its heading
REFUSED_SHOWN = 50


@blueprint.get("/imports")
@roles(*IMPORT)
def import_list() -> ResponseReturnValue:
    page = page_of(unit.db(), select(ContactImport).order_by(ContactImport.id.desc()))
    return render_template(
        "contacts/imports.html",
        page=page,
        page_url=lambda number: url_for("contacts.import_list", page=number),
    )


@blueprint.get("/imports/new")
@roles(*IMPORT)
def import_new() -> ResponseReturnValue:
    return _upload_page()


@blueprint.post("/imports/new")
@roles(*IMPORT)
def import_upload() -> ResponseReturnValue:
    uploaded = request.files.get("file")
    word = request.form.get("kind", "")
    try:
        if uploaded is None or not uploaded.filename:
            raise InvalidInput("contacts-import-no-file", field="file")
        begun = imports.upload(
            unit.db(),
            _files(),
            kind=ImportKind(word) if word in set(ImportKind) else ImportKind.CONTACTS,
            file_name=clean(uploaded.filename),
            file=uploaded.stream,
            now=unit.now(),
            account=unit.account(),
        )
    except InvalidInput as error:
        return _upload_page(t(error.key, **error.values)), 422
    return redirect(url_for("contacts.import_mapping", import_id=begun.id), code=303)


@blueprint.get("/imports/<int:import_id>/mapping")
@roles(*IMPORT)
def import_mapping(import_id: int) -> ResponseReturnValue:
    begun = _open(import_id)
    return _mapping_page(begun, begun.mapping, begun.options)


@blueprint.post("/imports/<int:import_id>/mapping")
@roles(*IMPORT)
def import_map(import_id: int) -> ResponseReturnValue:
    """Keep what the columns mean and where the file comes from; the preview follows."""
    begun = _open(import_id)
    table = imports.table_of(_files(), begun)
    mapped = {
        heading: request.form[f"column-{place}"]
        for place, heading in enumerate(table.headings)
        if request.form.get(f"column-{place}")
    }
    options: dict[str, Any] = {name: clean(request.form.get(name, "")) for name in _OPTIONS}
    options["purposes"] = request.form.getlist("purposes")
    try:
        mapping.check(mapped, table.headings, begun.kind, _custom(unit.db()))
        _plan(begun, mapped, options)
    except InvalidInput as error:
        return _mapping_page(begun, mapped, options, error), 422
    begun.mapping, begun.options = mapped, begun.options | options
    return redirect(url_for("contacts.import_preview", import_id=begun.id), code=303)


@blueprint.post("/imports/<int:import_id>/encoding")
@roles(*IMPORT)
def import_encoding(import_id: int) -> ResponseReturnValue:
    """Read the file in another encoding: the samples show whether it is the right one."""
    begun = _open(import_id)
    try:
        imports.choose_encoding(unit.db(), _files(), begun, request.form.get("encoding", ""))
    except InvalidInput as error:
        unit.db().rollback()
        return _mapping_page(_open(import_id), begun.mapping, begun.options, error), 422
    return redirect(url_for("contacts.import_mapping", import_id=begun.id), code=303)


@blueprint.get("/imports/<int:import_id>/preview")
@roles(*IMPORT)
def import_preview(import_id: int) -> ResponseReturnValue:
    """The first rows as they would be kept. They are taken in and given up again, in a session of its own."""
    begun = _open(import_id)
    table = imports.table_of(_files(), begun)
    plan = _plan(begun, begun.mapping, begun.options)
    with unit.database().session() as db:
        rows = imports.preview(db, table, begun.kind, plan, now=unit.now())
        db.rollback()
    return render_template(
        "contacts/import_preview.html", begun=begun, rows=rows, total=len(table.rows), plan=plan,
        shown=[field for field in begun.mapping.values() if field not in ("full_name", "agreed")][:6],
        label=labeller(_custom(unit.db())),
    )  # fmt: skip


@blueprint.post("/imports/<int:import_id>/finish")
@roles(*IMPORT)
def import_finish(import_id: int) -> ResponseReturnValue:
    begun = _open(import_id)
    table = imports.table_of(_files(), begun)
    plan = _plan(begun, begun.mapping, begun.options)
    imports.finish(
        unit.db(),
        table,
        begun,
        plan,
        now=unit.now(),
        account=unit.account(),
        progress=lambda done: unit.commit(),
    )
    flash(t("contacts-import-done"), "done")
    return redirect(url_for("contacts.import_result", import_id=begun.id), code=303)


@blueprint.get("/imports/<int:import_id>")
@roles(*IMPORT)
def import_result(import_id: int) -> ResponseReturnValue:
    begun = _found(import_id)
    if begun.state is not ImportState.FINISHED:
        return redirect(url_for("contacts.import_mapping", import_id=begun.id), code=303)
    return render_template("contacts/import_result.html", begun=begun, refused=begun.refused[:REFUSED_SHOWN])


@blueprint.get("/imports/<int:import_id>/refused.csv")
@roles(*IMPORT)
def import_refused(import_id: int) -> ResponseReturnValue:
    """The refused rows with their reasons, to mend and import again."""
    begun = _found(import_id)
    content = refused_csv(begun.options.get("headings", []), begun.refused, language.current())
    response = current_app.response_class(content, mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="refused-{begun.id}.csv"'
    return response


_OPTIONS = (
    "source",
    "consent",
    "sender_id",
    "wording",
    "content_kind",
    "frequency",
    "collected_by",
    "collected_on",
)


def _plan(begun: ContactImport, mapped: Mapping[str, str], options: Mapping[str, Any]) -> Plan:
    source = options.get("source") or begun.file_name
    return Plan(mapped, f"import:{begun.id} {source}"[:200], _consent(begun, options))


def _consent(begun: ContactImport, options: Mapping[str, Any]) -> Collected | None:
    """The consent step; None when the file brings none."""
    if begun.kind is not ImportKind.CONTACTS or options.get("consent") != "yes":
        return None
    sender_id = str(options.get("sender_id", ""))
    if not sender_id.isdecimal() or unit.db().get(Sender, int(sender_id)) is None:
        raise InvalidInput("contacts-error-no-sender", field="sender_id")
    for name in ("wording", "collected_by"):
        if not options.get(name):
            raise InvalidInput(f"contacts-error-no-{name.replace('_', '-')}", field=name)
    day = parse_date("collected_on", options.get("collected_on", ""))
    if day > unit.now().date():
        raise InvalidInput("contacts-error-future", field="collected_on")
    purposes = tuple(purpose for purpose in ConsentPurpose if purpose.value in options.get("purposes", ()))
    if not purposes:
        raise InvalidInput("contacts-error-no-purpose", field="purposes")
    terms = Terms(options["wording"], options["content_kind"][:200], options["frequency"][:100], "import")
    at = datetime.combine(day, time(), UTC)
    return Collected(int(sender_id), (Channel.EMAIL,), purposes, terms, options["collected_by"], at)


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
    custom = _custom(db)
    senders = select(Sender).where(Sender.active).order_by(Sender.id)
    return render_template(
        "contacts/import_mapping.html",
        begun=begun,
        columns=[(heading, _samples(first, place)) for place, heading in enumerate(table.headings)],
        mapped=mapped,
        options=options,
        fields=mapping.fields_of(begun.kind, custom),
        label=labeller(custom),
        rows=begun.options.get("rows", 0),
        encoding=begun.options.get("encoding", ""),
        encodings=[]
        if table.encoding == WORKBOOK
        else [(name, t(f"contacts-encoding-{name}")) for name in encodings.names()],
        sender_options=[(sender.id, sender.name) for sender in db.scalars(senders)],
        errors={error.field or "": _say(error)} if error else {},
    )


def _say(error: InvalidInput) -> str:
    """The sentence; a field is named by its words."""
    values = dict(error.values)
    if error.key.startswith("contacts-import-field-"):
        values["name"] = labeller(_custom(unit.db()))(str(values["name"]))
    return t(error.key, **values)


def _samples(first: Sequence[Row], place: int) -> list[str]:
    values = (row.cells[place].strip() for row in first)
    return list(dict.fromkeys(value[:40] for value in values if value))[:SAMPLES]


def _custom(db: Session) -> dict[str, str]:
    return {field.key: field.label for field in db.scalars(select(CustomField).order_by(CustomField.label))}


def _found(import_id: int) -> ContactImport:
    begun = unit.db().get(ContactImport, import_id)
    if begun is None:
        raise NotFound
    return begun


def _open(import_id: int) -> ContactImport:
    begun = _found(import_id)
    if begun.state is ImportState.FINISHED:
        raise InvalidInput("contacts-import-finished")
    return begun


def _files() -> FileStore:
    return FileStore(unit.settings().files_dir)
