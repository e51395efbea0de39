"""Which of a message's variants is read for whom before sign-off."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from campaign.models import Audience, AudienceMember, Channel, Contact, MemberPart
from campaign.render.content import MessageContent, Variant

# rows read at a time
CHUNK = 250


def of_audience(
    db: Session, content: MessageContent, audience: Audience
) -> Iterator[tuple[Channel, Variant, Iterator[tuple[AudienceMember, str]]]]:
    """Who gets which variant on which channel. The rest of a test gets the winner, which nobody knows yet:
    so it is read in every arm. Those held out get nothing."""
    everybody = AudienceMember.part != MemberPart.HELD_OUT
    for (channel, variant_id), rows in _by_variant(db, audience, everybody):
        yield channel, content.variant(variant_id), rows
    for arm in sorted({variant.arm for variant in content.variants}):
        for (channel, variant_id), rows in _by_variant(db, audience, AudienceMember.part == MemberPart.REST):
            variant = content.in_arm(variant_id, arm)
            if variant.id != variant_id:
                yield channel, variant, rows


def _by_variant(
    db: Session, audience: Audience, which: ColumnElement[bool]
) -> Iterator[tuple[tuple[Channel, int], Iterator[tuple[AudienceMember, str]]]]:
    wanted = (
        select(AudienceMember, Contact.country)
        .join(Contact, Contact.id == AudienceMember.contact_id)
        # who was erased since the freezing has no address any more, and gets nothing
        .where(AudienceMember.audience_id == audience.id, AudienceMember.address != "", which)
        .order_by(AudienceMember.channel, AudienceMember.variant_id, AudienceMember.id)
        .execution_options(yield_per=CHUNK)
    )
    members = ((row[0], row[1]) for row in db.execute(wanted))
    return groupby(members, key=lambda row: (row[0].channel, row[0].variant_id))
