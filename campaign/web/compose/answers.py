"""The author's answers to the reviewer, beside the block: accept with one click, decline, resolved."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from campaign.campaigns import edit, proposals
from campaign.errors import InvalidInput, NotFound
from campaign.models import Message, Remark
from campaign.web import unit
from campaign.web.access import roles
from campaign.web.compose.blueprint import WRITERS, blueprint, message_or_404
from campaign.web.language import t


@blueprint.post("/<int:message_id>/remarks/<int:remark_id>/accept")
@roles(*WRITERS)
def accept(message_id: int, remark_id: int) -> Response:
    """The proposed words stand in the copy."""
    message, remark = _asked(message_id, remark_id)
    proposals.accept(unit.db(), remark, unit.account(), unit.now())
    flash(t("editor-proposal-accepted"), "done")
    return _back(message, remark)


@blueprint.post("/<int:message_id>/remarks/<int:remark_id>/decline")
@roles(*WRITERS)
def decline(message_id: int, remark_id: int) -> Response:
    """No, with a word why."""
    message, remark = _asked(message_id, remark_id)
    try:
        proposals.decline(unit.db(), remark, request.form.get("answer", ""), unit.account(), unit.now())
    except InvalidInput as error:
        unit.give_up()
        flash(t(error.key, **error.values), "refused")
    return _back(message, remark)


@blueprint.post("/<int:message_id>/remarks/<int:remark_id>/resolve")
@roles(*WRITERS)
def resolve(message_id: int, remark_id: int) -> Response:
    """Mended: the remark leaves the margin."""
    message, remark = _asked(message_id, remark_id)
    proposals.resolve(unit.db(), remark, unit.account(), unit.now())
    return _back(message, remark)


def _asked(message_id: int, remark_id: int) -> tuple[Message, Remark]:
    message = message_or_404(message_id)
    remark = unit.db().get(Remark, remark_id)
    if remark is None or remark.message_id != message.id:
        raise NotFound()
    edit.must_be_open(unit.db(), message)
    return message, remark


def _back(message: Message, remark: Remark) -> Response:
    place = f"part-{remark.block_id}"
    address = url_for("compose.write", message_id=message.id, language=remark.language, _anchor=place)
    return redirect(address, code=303)
