"""Greetings that recur: a list with their standing approvals, and a new one."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from campaign import approval
from campaign.approval import standing
from campaign.campaigns import life
from campaign.clock import house_day
from campaign.errors import InvalidInput, NotFound
from campaign.models import Campaign, Message, MessageKind, Sender, StandingApproval
from campaign.web import unit
from campaign.web.access import roles
from campaign.web.compose import seals
from campaign.web.compose.blueprint import READERS, WRITERS, blueprint
from campaign.web.language import t

UNPROCESSABLE = 422


@dataclass(frozen=True)
class Row:
    """A greeting, its newest submission, and the standing approvals that hold today."""

    message: Message
    newest: seals.Entry | None
    holding: list[StandingApproval]


@blueprint.get("/")
@roles(*READERS)
def greetings() -> str:
    """All messages that greet and belong to no campaign."""
    db = unit.db()
    wanted = (
        select(Message)
        .outerjoin(Campaign, Campaign.message_id == Message.id)
        .where(Message.kind == MessageKind.GREETING, Campaign.id.is_(None))
        .order_by(Message.updated_at.desc(), Message.id.desc())
    )
    rows = []
    for message in db.scalars(wanted):
        history = approval.history(db, message.id)
        newest = seals.of_submission(history[0]) if history else None
        rows.append(Row(message, newest, standing.holding(db, message.id, house_day(unit.now()))))
    return render_template("compose/greetings.html", rows=rows)


@blueprint.get("/new")
@roles(*WRITERS)
def new_greeting() -> str:
    """Name, sender, channels."""
    return _form({})


@blueprint.post("/new")
@roles(*WRITERS)
def create_greeting() -> Response | tuple[str, int]:
    """Make it, and on to writing."""
    try:
        sender = unit.db().get(Sender, request.form.get("sender", 0, type=int))
        if sender is None:
            raise InvalidInput("campaigns-sender-missing", field="sender")
        message = life.create_greeting(
            unit.db(),
            unit.account(),
            unit.now(),
            name=request.form.get("name", ""),
            sender=sender,
            channels=request.form.get("channels", ""),
        )
    except InvalidInput as error:
        return _form({error.field or "": t(error.key, **error.values)}), UNPROCESSABLE
    return redirect(url_for("compose.write", message_id=message.id), code=303)


@blueprint.post("/standing/<int:standing_id>/revoke")
@roles(*READERS)
def revoke(standing_id: int) -> Response:
    """Stop what recurs, at once."""
    found = unit.db().get(StandingApproval, standing_id)
    if found is None:
        raise NotFound()
    standing.revoke(unit.db(), found, unit.account(), unit.now())
    flash(t("review-standing-revoked"), "done")
    return redirect(url_for("compose.greetings"), code=303)


def _form(errors: dict[str, str]) -> str:
    senders = unit.db().scalars(select(Sender).where(Sender.active).order_by(Sender.name)).all()
    return render_template(
        "compose/new_greeting.html", senders=senders, typed=request.form, errors=errors,
        sender_options=[(sender.id, sender.name) for sender in senders],
    )  # fmt: skip
