"""Taking, giving, answering and closing a reply; carrying out a wish to stop."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from campaign import audit
from campaign.care import answer as answering
from campaign.care import inbox
from campaign.errors import Refused
from campaign.models import Account, Reply, Role
from campaign.queue import Job
from campaign.track import unsubscribes
from campaign.web import unit
from campaign.web.access import roles
from campaign.web.language import t
from campaign.web.replies.reading import page_of_one


def register(blueprint: Blueprint) -> None:
    for name, view in (
        ("take", take),
        ("assign", assign),
        ("answer", answer),
        ("close", close),
        ("reopen", reopen),
        ("unsubscribe", unsubscribe),
    ):
        blueprint.add_url_rule(f"/<int:reply_id>/{name}", name, view, methods=["POST"])


@roles(Role.CARE)
def take(reply_id: int) -> ResponseReturnValue:
    reply = inbox.get(unit.db(), reply_id)
    inbox.assign(unit.db(), reply, unit.account(), unit.account(), unit.now())
    return _back(reply, "replies-taken")


@roles(Role.CARE)
def assign(reply_id: int) -> ResponseReturnValue:
    reply = inbox.get(unit.db(), reply_id)
    chosen = request.form.get("to", "")
    to = unit.db().get(Account, int(chosen)) if chosen.isdecimal() and len(chosen) < 10 else None
    inbox.assign(unit.db(), reply, to, unit.account(), unit.now())
    return _back(reply, "replies-assigned-done")


@roles(Role.CARE)
def answer(reply_id: int) -> ResponseReturnValue:
    """Send; after a refusal the page comes back with what was typed."""
    reply = inbox.get(unit.db(), reply_id)
    text = request.form.get("text", "")
    try:
        mailing = answering.answer(unit.db(), reply, text, unit.account(), unit.now())
    except Refused as refused:
        unit.db().rollback()
        return page_of_one(inbox.get(unit.db(), reply_id), text, t(refused.key, **refused.values), 422)
    unit.ring(Job.EMAIL_LANE, mailing.id)
    return _back(reply, "replies-answer-sent")


@roles(Role.CARE)
def close(reply_id: int) -> ResponseReturnValue:
    reply = inbox.get(unit.db(), reply_id)
    inbox.close(unit.db(), reply, unit.account(), unit.now())
    flash(t("replies-closed-done"), "done")
    return redirect(url_for("replies.index"), 303)


@roles(Role.CARE)
def reopen(reply_id: int) -> ResponseReturnValue:
    reply = inbox.get(unit.db(), reply_id)
    inbox.reopen(unit.db(), reply, unit.account(), unit.now())
    return _back(reply, "replies-reopened-done")


@roles(Role.CARE)
def unsubscribe(reply_id: int) -> ResponseReturnValue:
    """A person read the wish and carries it out."""
    reply = inbox.get(unit.db(), reply_id)
    if reply.delivery_id is None:
        abort(404)
    delivery = unsubscribes.unsubscribe(unit.db(), reply.delivery_id, unsubscribes.Method.CLERK, unit.now())
    audit.record(unit.db(), unit.account(), "unsubscribe_for", "reply", reply.id, unit.now())
    lines = unsubscribes.address(unit.db(), delivery).splitlines() if delivery else []
    return _back(reply, "replies-stop-done", address=lines[0] if lines else t("replies-address-gone"))


def _back(reply: Reply, key: str, **values: object) -> ResponseReturnValue:
    flash(t(key, **values), "done")
    return redirect(url_for("replies.show", reply_id=reply.id), 303)
