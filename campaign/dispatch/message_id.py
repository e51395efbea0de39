"""The Message-ID of a delivery: `MEMBER.MAILING.HASH@DOMAIN`, without angle brackets.

It is the same in every attempt, and different in every mailing and installation: the hash covers the copy,
its sender and its people. As it names the row, an answer that refers to it finds its delivery without an
index of all Message-IDs, which would be written twice for every message that is sent.
"""

from __future__ import annotations

import re

from sqlalchemy import ColumnElement, String, select
from sqlalchemy import cast as sql_cast
from sqlalchemy.orm import Session

from campaign.models import AudienceMember, Channel, Delivery, Mailing

HASH_LETTERS = 12
# numbers that fit into a BIGINT: strangers write these
_OURS = re.compile(r"([0-9]{1,18})\.([0-9]{1,18})\.[0-9a-f]{12}@")


def expression(mailing: Mailing, domain: str) -> ColumnElement[str]:
    """Of every member of the mailing's audience, for an `INSERT … SELECT`."""
    tail = f".{mailing.id}.{mailing.content_hash[:HASH_LETTERS]}@{domain}"
    return sql_cast(AudienceMember.id, String) + tail


def find(db: Session, message_id: str) -> Delivery | None:
    """The delivery that bears it; None for everybody else's."""
    ours = _OURS.match(message_id)
    if ours is None:
        return None
    member_id, mailing_id = map(int, ours.groups())
    person = select(AudienceMember.contact_id).where(AudienceMember.id == member_id).scalar_subquery()
    email = Delivery.channel == Channel.EMAIL
    found = db.scalar(
        select(Delivery).where(Delivery.mailing_id == mailing_id, Delivery.contact_id == person, email)
    )
    return found if found is not None and found.message_id_header == message_id else None
