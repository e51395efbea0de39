"""What an erased person wrote to us, and what other servers said of their address; the same of anybody when
the house's days are over."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from campaign.links import Addresses
from campaign.models import Delivery, Event, EventKind, InboundMail, InboundState, Reply

# of a bounce: what numbers and pauses are made of; the server's words name the address
_KEPT = ("hard", "status")

# what nobody has read yet is read first: a withdrawal in it must count
READ = InboundMail.state != InboundState.NEW


def empty(db: Session, contact_id: int, addresses: Addresses) -> None:
    """The replies and bounces stay as facts, without their words, and so does the raw mail that brought them.
    What comes later is parsed as always. `addresses` are ours, by which mail comes back."""
    theirs = list(db.scalars(select(Delivery.id).where(Delivery.contact_id == contact_id)))
    replies = select(Reply).where(or_(Reply.contact_id == contact_id, Reply.delivery_id.in_(theirs)))
    mails: set[int] = set()
    for reply in db.scalars(replies):
        reply.from_address = reply.subject = reply.text = reply.full_text = ""
        if reply.inbound_mail_id is not None:
            mails.add(reply.inbound_mail_id)
    ways = {way(row_id).lower() for row_id in theirs for way in (addresses.reply, addresses.bounce)}
    came = or_(InboundMail.id.in_(mails), func.lower(InboundMail.envelope_to).in_(ways))
    db.execute(update(InboundMail).where(came, READ).values(raw=b"", envelope_from=""))
    shorten_bounces(db, theirs)


def shorten_bounces(db: Session, deliveries: Sequence[int]) -> None:
    """Of the bounces of these deliveries: whether they are for good, and their code."""
    bounces = select(Event).where(Event.delivery_id.in_(deliveries), Event.kind == EventKind.BOUNCE)
    for event in db.scalars(bounces):
        event.detail = {name: event.detail[name] for name in _KEPT if name in event.detail}
    db.flush()


def empty_replies(db: Session, ids: Sequence[int]) -> None:
    """These replies stay as facts, without their words, and so does the raw mail that brought them."""
    brought = select(Reply.inbound_mail_id).where(Reply.id.in_(ids), Reply.inbound_mail_id.is_not(None))
    db.execute(
        update(InboundMail)
        .where(InboundMail.id.in_(brought), READ)
        .values(raw=b"", envelope_from="")
        .execution_options(synchronize_session=False)
    )
    nothing = {"from_address": "", "subject": "", "text": "", "full_text": ""}
    wordless = update(Reply).where(Reply.id.in_(ids)).values(nothing)
    db.execute(wordless.execution_options(synchronize_session=False))
