"""What was sent, in the time line."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaign.models import Delivery, DeliveryState, Mailing, Message
from campaign.report.timeline.entry import Asked, Entry, Kind

_OF_STATE = {
    DeliveryState.ACCEPTED: Kind.SENT,
    DeliveryState.IN_PRINT: Kind.IN_PRINT,
    DeliveryState.UNKNOWN: Kind.UNKNOWN,
    DeliveryState.REJECTED: Kind.REJECTED,
}


def deliveries(db: Session, asked: Asked) -> list[Entry]:
    """Each e-mail and letter; what is still printed stands where its mailing was made."""
    at = func.coalesce(Delivery.settled_at, Mailing.created_at)
    rows = (
        select(Delivery, at, Message.name, Mailing.campaign_id, Mailing.kind)
        .join(Mailing, Mailing.id == Delivery.mailing_id)
        .join(Message, Message.id == Mailing.message_id)
        .where(Delivery.contact_id.in_(asked.with_people), Delivery.state.in_(_OF_STATE))
        .where(asked.behind(at, Delivery.id))
        .order_by(at.desc(), Delivery.id.desc())
        .limit(asked.limit)
    )
    return [
        Entry(
            place=asked.place(moment, delivery.id),
            kind=_OF_STATE[delivery.state],
            channel=delivery.channel,
            title=name,
            contact_id=delivery.contact_id,
            campaign_id=campaign_id,
            delivery_id=delivery.id,
            detail={"reason": delivery.reason, "print_run": delivery.print_run_id, "message": kind.value},
        )
        for delivery, moment, name, campaign_id, kind in db.execute(rows)
    ]
