"""Mail that no machine should act on: it could not be read, or it claims to be ours and proves nothing."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import or_, select
from sqlalchemy.orm import defer

from campaign import audit
from campaign.inbound import process
from campaign.inbound.verdict import Verdict
from campaign.models import InboundMail, InboundState, Role
from campaign.queue import Job
from campaign.web import unit
from campaign.web.access import roles
from campaign.web.language import t
from campaign.web.paging import page_of


def register(blueprint: Blueprint) -> None:
    blueprint.add_url_rule("/shelf", "shelf", index)
    blueprint.add_url_rule("/shelf/<int:mail_id>/retry", "retry", retry, methods=["POST"])


@roles(Role.CARE)
def index() -> ResponseReturnValue:
    query = (
        select(InboundMail)
        .where(or_(InboundMail.state == InboundState.SHELVED, InboundMail.verdict == Verdict.UNVERIFIED))
        .order_by(InboundMail.id.desc())
        .options(defer(InboundMail.raw))
    )
    return render_template(
        "replies/shelf.html",
        page=page_of(unit.db(), query),
        page_url=lambda number: url_for("replies.shelf", page=number),
    )


@roles(Role.CARE)
def retry(mail_id: int) -> ResponseReturnValue:
    mail = unit.db().get(InboundMail, mail_id)
    if mail is None or mail.state is not InboundState.SHELVED:
        abort(404)
    process.retry(unit.db(), mail_id)
    audit.record(unit.db(), unit.account(), "retry_mail", "inbound_mail", mail_id, unit.now())
    unit.ring(Job.INBOUND, mail_id)
    flash(t("replies-shelf-retried"), "done")
    return redirect(url_for("replies.shelf"), 303)
