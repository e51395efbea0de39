"""A person's answer becomes a row for the care desk and an event of what it answers."""

from __future__ import annotations

from sqlalchemy.orm import Session

from campaign.inbound.matching import Match
from campaign.inbound.parse import Parsed
from campaign.inbound.quotes import new_text
from campaign.models import Channel, Event, EventKind, InboundMail, Reply, ReplyState


def record(db: Session, mail: InboundMail, parsed: Parsed, match: Match) -> Reply:
    """Keep what was written, without and with the quoted mail."""
    reply = Reply(
        channel=Channel.EMAIL,
        inbound_mail_id=mail.id,
        delivery_id=match.delivery.id if match.delivery else None,
        contact_id=match.contact_id,
        from_address=parsed.from_address or mail.envelope_from,
        subject=parsed.subject,
        text=new_text(parsed.text),
        full_text=parsed.text,
        state=ReplyState.OPEN,
        received_at=mail.received_at,
    )
    db.add(reply)
    db.flush()
    if match.delivery is not None:
        event = Event(delivery_id=match.delivery.id, kind=EventKind.REPLY, at=mail.received_at)
        event.detail = {"reply_id": reply.id, "matched_by": str(match.by)}
        db.add(event)
    return reply
