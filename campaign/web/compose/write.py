"""The editor: plain fields, saved by themselves or by a button, linted while typing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from campaign import approval
from campaign.approval import remarks as reviewing
from campaign.audience import fields as merge_fields
from campaign.campaigns import copy, edit, people, states
from campaign.compose import difference
from campaign.compose import document as documents
from campaign.compose.document import Document
from campaign.errors import InvalidInput
from campaign.lint import mend_copy
from campaign.models import Message, MessageVariant, Remark, SubmissionState
from campaign.web import formats, unit
from campaign.web.access import roles
from campaign.web.compose import counting, field_words, forms, notes, seals, sheet, steps
from campaign.web.compose.blueprint import READERS, WRITERS, blueprint, message_or_404
from campaign.web.compose.forms import Field
from campaign.web.compose.notes import Note
from campaign.web.language import t

CONFLICT = 409
UNREADABLE = 422


@dataclass
class Desk:
    """One variant on the writing desk."""

    message: Message
    variant: MessageVariant
    fields: list[Field]
    notes: list[Note]
    base: str
    document: Document | None = None
    theirs: list[Field] = field(default_factory=list)
    their_version: str = ""

    @property
    def url(self) -> str:
        return url_for("compose.write", message_id=self.message.id, language=self.variant.key)


@blueprint.get("/<int:message_id>/write")
@roles(*READERS)
def write(message_id: int) -> str:
    """The page."""
    message = message_or_404(message_id)
    variant = copy.variant_of(message, request.args.get("language") or message.variants[0].key)
    document = documents.from_json(variant.document)
    remarks = notes.of_document(message, variant, document)
    desk = Desk(message, variant, forms.fields_of(document), remarks, copy.version_of(document), document)
    return _page(desk)


@blueprint.post("/<int:message_id>/write")
@roles(*WRITERS)
def save(message_id: int) -> str | Response | tuple[str, int]:
    """Keep what was typed. Whatever goes wrong, the page that comes back holds the author's words."""
    message = message_or_404(message_id)
    variant = copy.variant_of(message, request.args.get("language", ""))
    try:
        document = forms.read_document(request.form)
    except InvalidInput as error:
        return _unreadable(message, variant, error)
    base = request.form.get("force") or request.form.get("base", "")
    outcome = copy.save(unit.db(), message, variant, document, base, unit.account(), unit.now())
    if isinstance(outcome, copy.Conflict):
        return _conflict(message, variant, document, outcome)
    if not _is_htmx():
        flash(t("editor-saved", time=_clock()), "done")
        return redirect(_back_to(message, variant), code=303)
    return render_template(
        "compose/_saved.html", version=outcome.version, words=t("editor-saved", time=_clock()),
        sheet=sheet.of_message(message, variant) if outcome.parts else None,
        steps=steps.of_message(message, "write"),
    )  # fmt: skip


@blueprint.post("/<int:message_id>/lint")
@roles(*READERS)
@unit.reading
def lint(message_id: int) -> str:
    """What the margin says of the words as they stand in the form, saved or not."""
    message = message_or_404(message_id)
    variant = copy.variant_of(message, request.args.get("language", ""))
    fields = forms.typed_fields(request.form)
    counters = None
    try:
        document = forms.read_document(request.form)
        remarks = notes.of_document(message, variant, document)
        counters = counting.of_document(message, variant, document)
    except InvalidInput as error:
        remarks = [notes.of_invalid(error)]
    return render_template(
        "compose/_margin.html",
        fields=fields,
        notes=notes.by_block(remarks, [item.id for item in fields]),
        summary=notes.summary(remarks),
        counters=counters,
        fix_url=_fix_url(message, variant),
        swap=True,
    )


@blueprint.post("/<int:message_id>/fix")
@roles(*WRITERS)
def fix(message_id: int) -> str | Response | tuple[str, int]:
    """Mend one finding in the words as typed, and keep them: what the page's script does in its field."""
    message = message_or_404(message_id)
    variant = copy.variant_of(message, request.args.get("language", ""))
    try:
        document = forms.read_document(request.form)
    except InvalidInput as error:
        return _unreadable(message, variant, error)
    found = notes.of_document(message, variant, document)
    note = next((note for note in found if note.key == request.form.get("fix") and note.mendable), None)
    if note is None or note.fix is None:
        flash(t("editor-mend-gone"), "info")
    else:
        document = mend_copy.mended(document, note.fix.edits)
        flash(t("editor-mended"), "done")
    outcome = copy.save(
        unit.db(), message, variant, document, request.form.get("base", ""), unit.account(), unit.now()
    )
    if isinstance(outcome, copy.Conflict):
        return _conflict(message, variant, document, outcome)
    anchor = f"part-{note.block_id}" if note else None
    return redirect(_back_to(message, variant, anchor), code=303)


def _page(desk: Desk) -> str:
    message = desk.message
    campaign = edit.campaign_of(unit.db(), message)
    newest = next(iter(approval.history(unit.db(), message.id)), None)
    may_write = not unit.account().roles.isdisjoint(WRITERS)
    is_open = may_write and (campaign is None or campaign.state in states.EDITABLE)
    known = merge_fields.known_fields(people.custom_keys(unit.db()))
    return render_template(
        "compose/write.html",
        desk=desk,
        message=message,
        variants=people.variants_of(campaign, message),
        variant=desk.variant,
        campaign=campaign,
        is_open=is_open,
        fix_url=_fix_url(message, desk.variant),
        # what waits or is signed is not disturbed by a stray key: it takes the button
        autosave=is_open and (newest is None or newest.state not in approval.OPEN),
        voids=is_open and newest is not None and newest.state in approval.OPEN,
        sent_back=newest if newest and newest.state is SubmissionState.SENT_BACK else None,
        remarks=_remarks(message, desk),
        name_of=seals.name_of,
        words_of=difference.readable,
        notes=notes.by_block(desk.notes, [item.id for item in desk.fields]),
        summary=notes.summary(desk.notes),
        counters=counting.of_document(message, desk.variant, desk.document) if desk.document else None,
        merge_fields=[_insertable(item) for item in known.values()],
        other_languages=[
            language for language in copy.LANGUAGES if language not in {v.language for v in message.variants}
        ],
        sheet=sheet.of_message(message, desk.variant),
        steps=steps.of_message(message, "write"),
    )


def _remarks(message: Message, desk: Desk) -> dict[str, list[Remark]]:
    """The reviewer's open remarks by block; those whose block is gone under the empty id."""
    found: dict[str, list[Remark]] = {block_id: [] for block_id in ["", *(one.id for one in desk.fields)]}
    for remark in reviewing.open_of(unit.db(), message.id, desk.variant.key):
        found.get(remark.block_id, found[""]).append(remark)
    return found


def _unreadable(message: Message, variant: MessageVariant, error: InvalidInput) -> tuple[str, int]:
    note = notes.of_invalid(error)
    if _is_htmx():
        return render_template("compose/_not_saved.html", why=note.text), UNREADABLE
    typed = forms.typed_fields(request.form)
    return _page(Desk(message, variant, typed, [note], request.form.get("base", ""))), UNREADABLE


def _conflict(
    message: Message, variant: MessageVariant, document: Document, outcome: copy.Conflict
) -> tuple[str, int]:
    """Both versions on one page: the author's in the fields, the other beside them."""
    mine = forms.fields_of(document)
    theirs = [item for item in forms.fields_of(outcome.theirs) if item not in mine]
    if _is_htmx():
        return render_template("compose/_conflict.html", swap=True, theirs=theirs, version=outcome.version,
                               url=_back_to(message, variant)), CONFLICT  # fmt: skip
    remarks = notes.of_document(message, variant, document)
    base = request.form.get("base", "")
    desk = Desk(message, variant, mine, remarks, base, document, theirs, outcome.version)
    return _page(desk), CONFLICT


def _insertable(item: merge_fields.MergeField) -> tuple[str, str, bool]:
    """What is inserted, how people call it, and whether everybody has it."""
    name = field_words.name_of(item.name)
    if item.certain:
        return f"{{{{ {item.name} }}}}", name, True
    return f"{{{{ {item.name}|default('{t('editor-default-word')}') }}}}", name, False


def _back_to(message: Message, variant: MessageVariant, anchor: str | None = None) -> str:
    kept: dict[str, Any] = {key: request.form[key] for key in ("view", "contact") if request.form.get(key)}
    return url_for("compose.write", message_id=message.id, language=variant.key, _anchor=anchor, **kept)


def _fix_url(message: Message, variant: MessageVariant) -> str:
    return url_for("compose.fix", message_id=message.id, language=variant.key)


def _clock() -> str:
    return formats.clock(unit.now())


def _is_htmx() -> bool:
    return request.headers.get("HX-Request") == "true"
