"""The editor: a tree of conditions in one form, with the count beside it."""

from __future__ import annotations

import json
import secrets

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaign.errors import InvalidInput, NotFound
from campaign.models import Segment
from campaign.segments import Rule, parse, saved
from campaign.web import unit
from campaign.web.access import roles
from campaign.web.language import t
from campaign.web.segments import EDIT, blueprint, choices, draft, draft_undo
from campaign.web.segments.draft import Node
from campaign.web.segments.panel import panel
from campaign.web.segments.show import found


@blueprint.get("/new")
@roles(*EDIT)
def new() -> ResponseReturnValue:
    """An empty editor, or one that begins with the `rule` of the address, as other pages link to it."""
    given = request.args.get("rule")
    return _page(None, draft.of_rule(_rule(given)) if given else draft.blank(), "", "")


def _rule(text: str) -> Rule:
    try:
        return parse(json.loads(text))
    except (ValueError, RecursionError, InvalidInput) as error:
        raise NotFound from error


@blueprint.post("/begin")
@roles(*EDIT)
@unit.reading
def begin() -> ResponseReturnValue:
    """The editor with the rule that a form brings, which may be longer than an address; nothing is kept."""
    root = draft.of_rule(_rule(request.form.get("rule", "")))
    return _page(None, root, request.form.get("name", ""), request.form.get("description", ""))


@blueprint.get("/<int:segment_id>/edit")
@roles(*EDIT)
def edit(segment_id: int) -> ResponseReturnValue:
    segment = found(segment_id)
    return _page(segment, draft.of_rule(parse(segment.rule)), segment.name, segment.description)


@blueprint.post("/draft")
@roles(*EDIT)
@unit.reading
def change() -> ResponseReturnValue:
    """The form again after a button, or with the count that its conditions now give; nothing is kept."""
    number = request.form.get("segment_id", "")
    segment = found(int(number)) if number.isdecimal() else None
    root = _acted(draft.read(request.form), request.form.get("do", ""))
    return _page(segment, root, request.form.get("name", ""), request.form.get("description", ""))


def _acted(root: Node, action: str) -> Node:
    if action == "undo":
        return draft_undo.back(request.form) or root
    return draft.act(root, action)


@blueprint.post("/new")
@roles(*EDIT)
def create() -> ResponseReturnValue:
    return _save(None)


@blueprint.post("/<int:segment_id>/edit")
@roles(*EDIT)
def save(segment_id: int) -> ResponseReturnValue:
    return _save(found(segment_id))


def _save(segment: Segment | None) -> ResponseReturnValue:
    root = draft.read(request.form)
    name, description = request.form.get("name", ""), request.form.get("description", "")
    try:
        kept = saved.save(
            unit.db(), segment, name=name, description=description, rule=draft.to_rule(root),
            account=unit.account(), now=unit.now(),
        )  # fmt: skip
    except InvalidInput as error:
        return _page(segment, root, name, description, error), 422
    flash(t("segments-saved", name=kept.name), "done")
    return redirect(url_for("segments.show", segment_id=kept.id), code=303)


def _page(
    segment: Segment | None, root: Node, name: str, description: str, error: InvalidInput | None = None
) -> str:
    beside, unfinished, problem = None, 0, ""
    undo = draft_undo.follow(request.form, root)  # before conditions that are not finished are marked
    try:
        beside = panel(draft.to_rule(root), segment.id if segment else None)
    except InvalidInput as wrong:
        unfinished = int(str(wrong.values.get("conditions", 0)))
        problem = "" if unfinished else t(wrong.key, **wrong.values)
    return render_template(
        "segments/edit.html",
        segment=segment,
        root=root,
        name=name,
        description=description,
        panel=beside,
        unfinished=unfinished,
        problem=problem,
        undo=undo,
        tab=request.form.get("tab") or secrets.token_hex(8),
        changed=request.method == "POST",
        errors={error.field or "": t(error.key, **error.values)} if error else {},
        posted=error is not None,
        subjects=choices.subjects(),
        choices=choices,
        ops_of=draft.ops_of,
        orders=choices.order_values(),
        **choices.fixed(segment.id if segment else None),
        **_asking(),
    )


def _asking() -> dict[str, dict[str, object]]:
    """What makes a control ask the server: a changed text for the count alone, so that the next field keeps
    what is typed into it meanwhile; a choice that needs other fields, or a button, for the whole form.
    A newer question stops the one that is still on its way."""
    url = url_for("segments.change")
    whole = {
        "hx-post": url, "hx-target": "#editor", "hx-select": "#editor", "hx-swap": "outerHTML settle:0ms",
        "hx-sync": "#editor:replace",
    }  # fmt: skip
    count = {"hx-target": "#reach", "hx-select": "#reach", "hx-select-oob": "#undo"}
    return {
        "counting": {**whole, **count, "hx-trigger": "change, input changed delay:600ms"},
        "shaping": {**whole, "hx-trigger": "change"},
        "acting": {**whole, "formaction": url, "formnovalidate": True},
    }
