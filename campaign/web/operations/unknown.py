"""The deliveries whose outcome nobody knows, of all mailings, for a person to decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import flash, redirect, request, url_for
from sqlalchemy import func, select
from werkzeug.wrappers import Response

from campaign.campaigns import life
from campaign.dispatch import control
from campaign.errors import NotFound
from campaign.models import Campaign, Delivery, DeliveryState, Mailing, Message
from campaign.queue import Job
from campaign.web import unit
from campaign.web.language import t
from campaign.web.operations.blueprint import admins_only, blueprint

SHOWN = 50


@dataclass(frozen=True)
class Doubtful:
    """One of them."""

    id: int
    mailing: str
    address: str
    """Masked: enough to tell it from its neighbours."""
    why: str
    since: datetime | None
    may_go_again_at: datetime | None
    """Before this it cannot be sent again: a frozen sender might still end it."""


@dataclass(frozen=True)
class Shown:
    """The oldest, and how many there are."""

    items: Sequence[Doubtful]
    total: int


def shown() -> Shown:
    """The oldest first."""
    db = unit.db()
    unknown = Delivery.state == DeliveryState.UNKNOWN
    rows = db.execute(
        select(Delivery, Message.name)
        .join(Mailing, Mailing.id == Delivery.mailing_id)
        .join(Message, Message.id == Mailing.message_id)
        .where(unknown)
        .order_by(Delivery.settled_at, Delivery.id)
        .limit(SHOWN)
    )
    items = [
        Doubtful(
            row.id,
            name,
            masked(row.address),
            row.reason,
            row.settled_at,
            row.settled_at + control.DOT_WAIT if row.settled_at else None,
        )
        for row, name in rows
    ]
    total = len(items)
    if total == SHOWN:
        total = db.scalar(select(func.count()).select_from(Delivery).where(unknown)) or 0
    return Shown(items, total)


@blueprint.post("/unknown/<int:delivery_id>")
@admins_only
def decide(delivery_id: int) -> Response:
    """Count it as sent, or send it again."""
    db, account, now = unit.db(), unit.account(), unit.now()
    delivery = db.get(Delivery, delivery_id)
    if delivery is None:
        raise NotFound()
    again = request.form.get("decision") == "again"
    mailing = db.get_one(Mailing, delivery.mailing_id)
    campaign = db.get(Campaign, mailing.campaign_id) if mailing.campaign_id else None
    if campaign is not None:
        life.decide_unknown(db, campaign, delivery, again, account, now)
    elif again:
        control.send_again(db, delivery.id, account, now)
    else:
        control.count_as_sent(db, delivery.id, account, now)
    if again:
        unit.ring(Job.EMAIL_LANE, mailing.id)
    flash(t("campaigns-doubt-settled"), "done")
    return redirect(url_for("operations.index"), code=303)


def masked(address: str) -> str:
    """`m…@example.com`; of a letter's address the last line."""
    name, at, domain = address.rpartition("@")
    if at:
        return f"{name[:1]}…@{domain}"
    return f"… {address.splitlines()[-1]}" if address else "…"
