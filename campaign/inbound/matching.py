"""Which delivery an arriving mail belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.dispatch import message_id
from campaign.errors import TokenError
from campaign.inbound.parse import Parsed
from campaign.links import Purpose, Signer
from campaign.models import Channel, Contact, Delivery, DeliveryState

# mail to our own signed addresses, by the word before the `+`
PREFIXES = {"reply": Purpose.REPLY, "bounce": Purpose.BOUNCE, "unsubscribe": Purpose.UNSUBSCRIBE}
# an answer that only the sender's address connects belongs to what we sent lately, or to nothing
RECENT = timedelta(days=30)


class MatchedBy(StrEnum):
    """How sure a match is, the surest first."""

    TOKEN = "token"  # noqa: S105 (a word, no secret)
    REFERENCES = "references"
    SENDER = "sender"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Match:
    by: MatchedBy
    delivery: Delivery | None = None
    contact_id: int | None = None


def token_of(signer: Signer, address: str) -> tuple[Purpose, int] | None:
    """Purpose and delivery id of a signed address of ours; None for every other address."""
    local_part = address.rpartition("@")[0]
    prefix, plus, token = local_part.partition("+")
    purpose = PREFIXES.get(prefix.lower())
    if purpose is None or not plus:
        return None
    try:
        ids = signer.read_address(purpose, token)
    except TokenError:
        return None
    return (purpose, ids[0]) if len(ids) == 1 else None


def find(db: Session, signer: Signer, mail: Parsed, envelope_to: str, now: datetime) -> Match:
    """Signed address first, then what the mail refers to, then who wrote it."""
    token = token_of(signer, envelope_to)
    if token is not None:
        delivery = db.get(Delivery, token[1])
        if delivery is not None:
            return Match(MatchedBy.TOKEN, delivery, delivery.contact_id)
    for reference in mail.references:
        delivery = message_id.find(db, reference)
        if delivery is not None:
            return Match(MatchedBy.REFERENCES, delivery, delivery.contact_id)
    return _by_sender(db, mail.from_address, now)


def _by_sender(db: Session, address: str, now: datetime) -> Match:
    if not address:
        return Match(MatchedBy.NOTHING)
    delivery = db.scalar(
        select(Delivery)
        .where(
            Delivery.channel == Channel.EMAIL,
            Delivery.address_key == address,
            Delivery.state.in_((DeliveryState.ACCEPTED, DeliveryState.UNKNOWN)),
            Delivery.settled_at >= now - RECENT,
        )
        .order_by(Delivery.settled_at.desc(), Delivery.id.desc())
        .limit(1)
    )
    if delivery is not None:
        return Match(MatchedBy.SENDER, delivery, delivery.contact_id)
    contact_id = db.scalar(
        select(Contact.id).where(Contact.email_key == address).order_by(Contact.id).limit(1)
    )
    return Match(MatchedBy.SENDER if contact_id else MatchedBy.NOTHING, None, contact_id)
