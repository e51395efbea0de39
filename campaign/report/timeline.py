"""Everything between one contact and us, the newest first: sent, received, answered, agreed, refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import chain
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaign.models import (
    Channel,
    Consent,
    Delivery,
    DeliveryState,
    Event,
    EventKind,
    Hold,
    Mailing,
    Message,
    Reply,
)

# what a clerk reads through; older things stand in the reports
LIMIT = 200


class Kind(StrEnum):
    SENT = "sent"
    IN_PRINT = "in-print"
    UNKNOWN = "unknown"
    REJECTED = "rejected"
    OPENED = "opened"
    CLICKED = "clicked"
    REPLIED = "replied"
    BOUNCED = "bounced"
    COMPLAINED = "complained"
    UNSUBSCRIBED = "unsubscribed"
    RETURNED = "returned"
    CONSENT_GRANTED = "consent-granted"
    CONSENT_WITHDRAWN = "consent-withdrawn"
    HELD = "held"


@dataclass(frozen=True)
class Entry:
    """One line. `title` names the message; `text` is what was written; `times` how often it happened."""

    at: datetime
    kind: Kind
    channel: Channel | None = None
    title: str = ""
    text: str = ""
    times: int = 1
    campaign_id: int | None = None
    delivery_id: int | None = None
    reply_id: int | None = None
    detail: dict[str, Any] = field(default_factory=dict)


_OF_STATE = {
    DeliveryState.ACCEPTED: Kind.SENT,
    DeliveryState.IN_PRINT: Kind.IN_PRINT,
    DeliveryState.UNKNOWN: Kind.UNKNOWN,
    DeliveryState.REJECTED: Kind.REJECTED,
}
_OF_EVENT = {
    EventKind.OPEN: Kind.OPENED,
    EventKind.CLICK: Kind.CLICKED,
    EventKind.BOUNCE: Kind.BOUNCED,
    EventKind.COMPLAINT: Kind.COMPLAINED,
    EventKind.UNSUBSCRIBE: Kind.UNSUBSCRIBED,
    EventKind.RETURNED: Kind.RETURNED,
}


def of_contact(db: Session, contact_id: int, limit: int = LIMIT) -> list[Entry]:
    """The newest entries; machines' opens and clicks are left out."""
    sources = (_sent(db, contact_id), _happened(db, contact_id), _replies(db, contact_id))
    facts = (_consents(db, contact_id), _holds(db, contact_id))
    return sorted(chain(*sources, *facts), key=lambda entry: entry.at, reverse=True)[:limit]


def _sent(db: Session, contact_id: int) -> Iterator[Entry]:
    rows = (
        select(Delivery, Message.name, Mailing.campaign_id, Mailing.created_at)
        .join(Mailing, Mailing.id == Delivery.mailing_id)
        .join(Message, Message.id == Mailing.message_id)
        .where(Delivery.contact_id == contact_id, Delivery.state.in_(_OF_STATE))
        .order_by(Delivery.id.desc())
        .limit(LIMIT)
    )
    for delivery, name, campaign_id, created_at in db.execute(rows):
        yield Entry(
            at=delivery.settled_at or created_at,
            kind=_OF_STATE[delivery.state],
            channel=delivery.channel,
            title=name,
            campaign_id=campaign_id,
            delivery_id=delivery.id,
            detail={"reason": delivery.reason},
        )


def _happened(db: Session, contact_id: int) -> Iterator[Entry]:
    """Opens of one delivery are one line with the first time and how often."""
    rows = (
        select(
            Event.kind,
            Delivery.id,
            Delivery.channel,
            Message.name,
            Mailing.campaign_id,
            func.min(Event.at),
            func.count(),
        )
        .join(Delivery, Delivery.id == Event.delivery_id)
        .join(Mailing, Mailing.id == Delivery.mailing_id)
        .join(Message, Message.id == Mailing.message_id)
        .where(Delivery.contact_id == contact_id, Event.machine.is_(False), Event.kind.in_(_OF_EVENT))
        .group_by(Event.kind, Delivery.id, Delivery.channel, Message.name, Mailing.campaign_id)
        .order_by(func.min(Event.at).desc())
        .limit(LIMIT)
    )
    for kind, delivery_id, channel, name, campaign_id, at, times in db.execute(rows):
        yield Entry(at, _OF_EVENT[kind], channel, name, "", times, campaign_id, delivery_id)


def _replies(db: Session, contact_id: int) -> Iterator[Entry]:
    rows = select(Reply).where(Reply.contact_id == contact_id).order_by(Reply.id.desc()).limit(LIMIT)
    for reply in db.scalars(rows):
        yield Entry(
            at=reply.received_at,
            kind=Kind.REPLIED,
            channel=reply.channel,
            title=reply.subject,
            text=reply.text,
            delivery_id=reply.delivery_id,
            reply_id=reply.id,
        )


def _consents(db: Session, contact_id: int) -> Iterator[Entry]:
    rows = select(Consent).where(Consent.contact_id == contact_id).order_by(Consent.id.desc()).limit(LIMIT)
    for consent in db.scalars(rows):
        yield Entry(
            at=consent.at,
            kind=Kind(f"consent-{consent.action.value}"),
            channel=consent.channel,
            text=consent.wording,
            detail={"purpose": consent.purpose.value, "source": consent.source},
        )


def _holds(db: Session, contact_id: int) -> Iterator[Entry]:
    rows = select(Hold).where(Hold.contact_id == contact_id).order_by(Hold.id.desc()).limit(LIMIT)
    for hold in db.scalars(rows):
        yield Entry(hold.starts_at, Kind.HELD, text=hold.note, detail={"reason": hold.reason.value})
