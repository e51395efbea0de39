"""What the customer did, in the time line: opened, clicked, replied, bought."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import Session

from campaign.models import (
    Delivery,
    EngagementFigures,
    Event,
    EventKind,
    Link,
    Mailing,
    Message,
    Order,
    Reply,
)
from campaign.report.timeline.entry import Asked, Entry, Kind

_OF_EVENT = {
    EventKind.OPEN: Kind.OPENED,
    EventKind.CLICK: Kind.CLICKED,
    EventKind.BOUNCE: Kind.BOUNCED,
    EventKind.COMPLAINT: Kind.COMPLAINED,
    EventKind.UNSUBSCRIBE: Kind.UNSUBSCRIBED,
    EventKind.RETURNED: Kind.RETURNED,
}
_BY_MACHINE = {Kind.OPENED: Kind.OPENED_BY_MACHINE, Kind.CLICKED: Kind.CLICKED_BY_MACHINE}


def happened(db: Session, asked: Asked) -> list[Entry]:
    """Opens of one delivery are one line with the first time and how often; clicks are one a link. What a
    machine did stands apart from what the person did."""
    grouped = (
        select(
            Event.kind,
            Event.machine,
            Event.delivery_id,
            Event.link_id,
            func.min(Event.at).label("at"),
            func.min(Event.id).label("id"),
            func.count().label("times"),
        )
        .join(Delivery, Delivery.id == Event.delivery_id)
        .where(Delivery.contact_id.in_(asked.with_people), Event.kind.in_(_OF_EVENT))
        .group_by(Event.kind, Event.machine, Event.delivery_id, Event.link_id)
        .subquery()
    )
    rows = (
        select(grouped, Delivery.channel, Delivery.contact_id, Message.name, Mailing.campaign_id, Link.url)
        .join(Delivery, Delivery.id == grouped.c.delivery_id)
        .join(Mailing, Mailing.id == Delivery.mailing_id)
        .join(Message, Message.id == Mailing.message_id)
        .outerjoin(Link, Link.id == grouped.c.link_id)
        .where(asked.behind(grouped.c.at, grouped.c.id))
        .order_by(grouped.c.at.desc(), grouped.c.id.desc())
        .limit(asked.limit)
    )
    found = []
    for row in db.execute(rows):
        kind = _OF_EVENT[row.kind]
        found.append(
            Entry(
                place=asked.place(row.at, row.id),
                kind=_BY_MACHINE.get(kind, kind) if row.machine else kind,
                channel=row.channel,
                title=row.name,
                times=row.times,
                contact_id=row.contact_id,
                campaign_id=row.campaign_id,
                delivery_id=row.delivery_id,
                detail={"url": row.url} if row.url else {},
            )
        )
    return found


def replies(db: Session, asked: Asked) -> list[Entry]:
    rows = (
        select(Reply)
        .where(Reply.contact_id.in_(asked.with_people), asked.behind(Reply.received_at, Reply.id))
        .order_by(Reply.received_at.desc(), Reply.id.desc())
        .limit(asked.limit)
    )
    return [
        Entry(
            place=asked.place(reply.received_at, reply.id),
            kind=Kind.REPLIED,
            channel=reply.channel,
            title=reply.subject,
            text=reply.text,
            contact_id=reply.contact_id,
            delivery_id=reply.delivery_id,
            reply_id=reply.id,
            detail={"state": reply.state.value},
        )
        for reply in db.scalars(rows)
    ]


def orders(db: Session, asked: Asked) -> list[Entry]:
    """An order has a day and no hour: it stands at the beginning of its day."""
    rows = (
        select(Order)
        .where(Order.contact_id == asked.contact_id, _ordered_behind(asked))
        .order_by(Order.ordered_on.desc(), Order.id.desc())
        .limit(asked.limit)
    )
    return [
        Entry(
            place=asked.place(
                datetime.combine(order.ordered_on, time(), asked.zone).astimezone(UTC), order.id
            ),
            kind=Kind.REFUNDED if order.amount < 0 else Kind.ORDERED,
            title=order.product,
            detail={
                "number": order.number,
                "amount": order.amount,
                "currency": order.currency,
                "channel": order.channel,
                "on": order.ordered_on,
            },
        )
        for order in db.scalars(rows)
    ]


def _ordered_behind(asked: Asked) -> ColumnElement[bool]:
    if asked.before is None:
        return true()
    day = asked.before.at.astimezone(asked.zone).date()
    midnight = datetime.combine(day, time(), asked.zone)
    if midnight < asked.before.at:
        return Order.ordered_on <= day
    return asked.behind(Order.ordered_on, Order.id, day)


def deleted_before(db: Session, people: Sequence[int]) -> datetime | None:
    """Opens and clicks of messages to these people from before this moment were deleted; None while all are
    there."""
    newest = func.max(EngagementFigures.gone_before, type_=EngagementFigures.gone_before.type)
    theirs = select(Delivery.mailing_id).where(Delivery.contact_id.in_(people))
    return db.scalar(select(newest).where(EngagementFigures.mailing_id.in_(theirs)))
