"""What comes back by post: reply cards by their code, and letters returned as undeliverable."""

from __future__ import annotations

import re
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign import audit
from campaign.contacts import suppression
from campaign.errors import InvalidInput, Refused
from campaign.models import (
    Account,
    Channel,
    Delivery,
    Event,
    EventKind,
    Reply,
    ReplyState,
    SuppressionReason,
)

MAX_TEXT = 20_000


def find(db: Session, code: str) -> Delivery:
    """The letter that bears this code, however it was typed; InvalidInput when there is none."""
    delivery = db.scalar(select(Delivery).where(Delivery.reply_code == fold(code))) if fold(code) else None
    if delivery is None:
        raise InvalidInput("replies-error-code", field="code", code=code.strip()[:20])
    return delivery


def fold(code: str) -> str:
    """As it is stored: capitals and digits, without the spaces and dashes that people type or print."""
    return re.sub(r"[^A-Z0-9]", "", code.upper())[:12]


def record_reply(db: Session, code: str, text: str, *, account: Account, now: datetime) -> Reply:
    """What a customer wrote on the card or in a letter."""
    delivery = find(db, code)
    text = text.strip()[:MAX_TEXT]
    if not text:
        raise InvalidInput("replies-error-text", field="text")
    reply = Reply(
        channel=Channel.LETTER,
        delivery_id=delivery.id,
        contact_id=delivery.contact_id,
        text=text,
        full_text=text,
        state=ReplyState.OPEN,
        received_at=now,
    )
    db.add(reply)
    db.flush()
    db.add(
        Event(
            delivery_id=delivery.id, kind=EventKind.REPLY, at=now, detail={"reply_id": reply.id, "by": "post"}
        )
    )
    audit.record(db, account, "record_postal_reply", "reply", reply.id, now, delivery=delivery.id)
    return reply


def record_returned(db: Session, code: str, *, account: Account, now: datetime) -> Delivery:
    """The letter came back: its address is not written to again. Refused when it was noted before."""
    delivery = find(db, code)
    known = select(Event.id).where(Event.delivery_id == delivery.id, Event.kind == EventKind.RETURNED)
    if db.scalar(known.limit(1)) is not None:
        raise Refused("replies-error-returned-before", code=delivery.reply_code)
    db.add(Event(delivery_id=delivery.id, kind=EventKind.RETURNED, at=now))
    if delivery.address:  # else it is no longer kept, and nobody knows whether today's is the same
        suppression.suppress(
            db,
            Channel.LETTER,
            delivery.address_key,
            SuppressionReason.RETURNED,
            source=f"delivery {delivery.id}",
            now=now,
        )
    audit.record(db, account, "record_returned_letter", "delivery", delivery.id, now)
    return delivery
