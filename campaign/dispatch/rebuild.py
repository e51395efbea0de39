"""What exactly did she receive? The message of any delivery, made again and held against its hash.

A delivery keeps no copy of its message. What was signed, the frozen values, the Date and the ids of rows
make the same bytes again, up to the DKIM signatures, which were put on top; the hash that was stored when
it was sent says whether they are the same.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.config import Settings
from campaign.dispatch.claim import Claimed
from campaign.dispatch.mail import CannotWrite
from campaign.dispatch.send import signed_content
from campaign.dispatch.writer import MailWriter
from campaign.errors import IntegrityError, NotFound, TemplateError
from campaign.links import Addresses, Signer
from campaign.models import AudienceMember, Channel, Contact, Delivery, Link, Mailing


class Verdict(StrEnum):
    EXACT = "exact"  # these bytes are what was sent
    DIFFERS = "differs"  # made again from the same facts, but not the same bytes
    UNSENT = "unsent"  # no message was made for this delivery
    ERASED = "erased"  # the person's facts were erased: the hash is all that is left
    GONE = "gone"  # the house's days for the frozen values are over: the same
    LETTER = "letter"  # a letter: its print run keeps the PDF
    LOST = "lost"  # what it was made from cannot be read any more


@dataclass(frozen=True)
class Rebuilt:
    """`data` is the message without DKIM signatures; None when there is none to show. `sha256` is the hash
    that was stored with the delivery, empty when none was."""

    verdict: Verdict
    sha256: str
    data: bytes | None = None
    why: str = ""


Writers = dict[int, MailWriter]
"""By mailing: compiling its message costs more than writing a hundred mails."""


def rebuild(db: Session, settings: Settings, delivery: Delivery, writers: Writers | None = None) -> Rebuilt:
    """The message of this delivery, and whether it is the one that was sent. Who rebuilds many keeps the
    `writers` between them."""
    sha256 = delivery.body_sha256
    if db.get_one(Contact, delivery.contact_id).erased_at is not None:
        return Rebuilt(Verdict.ERASED, sha256)
    if delivery.channel is not Channel.EMAIL:
        return Rebuilt(Verdict.LETTER, sha256)
    if not sha256 or delivery.dated_at is None:
        return Rebuilt(Verdict.UNSENT, sha256)
    if not delivery.address:
        return Rebuilt(Verdict.GONE, sha256)
    try:
        eight_bit, other = _both(db, settings, delivery, {} if writers is None else writers)
    except (CannotWrite, IntegrityError, KeyError, NotFound, TemplateError) as error:
        return Rebuilt(Verdict.LOST, sha256, why=str(error))
    for data in (eight_bit, other):
        if hashlib.sha256(data).hexdigest() == sha256:
            return Rebuilt(Verdict.EXACT, sha256, data)
    return Rebuilt(Verdict.DIFFERS, sha256, eight_bit)


def _both(db: Session, settings: Settings, delivery: Delivery, writers: Writers) -> tuple[bytes, bytes]:
    """The message as for a server that takes eight bits, and as for one that does not: which of the two it
    was the delivery does not say."""
    writer = writers.get(delivery.mailing_id)
    if writer is None:
        writer = writers[delivery.mailing_id] = _writer(db, settings, delivery.mailing_id)
    row = _as_claimed(db, delivery)
    return writer.write(row, eight_bit=True).data, writer.write(row, eight_bit=False).data


def _writer(db: Session, settings: Settings, mailing_id: int) -> MailWriter:
    mailing = db.get_one(Mailing, mailing_id)
    addresses = Addresses(Signer(settings.secret_key), settings.base_url, settings.inbound_domain)
    writer = MailWriter(signed_content(db, mailing), addresses)
    links = db.execute(select(Link.url, Link.id).where(Link.message_id == mailing.message_id))
    writer.track({row[0]: row[1] for row in links})
    return writer


def _as_claimed(db: Session, delivery: Delivery) -> Claimed:
    member = db.get_one(AudienceMember, delivery.audience_member_id)
    assert delivery.dated_at is not None
    return Claimed(
        row_id=delivery.id,
        fence=delivery.fence,
        contact_id=delivery.contact_id,
        variant_id=delivery.variant_id,
        address=delivery.address,
        address_key=delivery.address_key,
        message_id_header=delivery.message_id_header,
        attempt=delivery.attempt,
        dated_at=delivery.dated_at,
        values=member.values,
    )
