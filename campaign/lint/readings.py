"""Which of a message's variants is read for whom before sign-off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import ColumnElement, Executable, func, select
from sqlalchemy.orm import Session

from campaign.models import Audience, AudienceMember, Channel, Contact, MemberPart
from campaign.render.content import MessageContent, Variant

# rows read at a time
CHUNK = 250


class Place(NamedTuple):
    """Where a reading is: the arm (empty while everybody is read), and the row in the order of reading."""

    arm: str
    channel: str
    variant_id: int
    member_id: int


def of_audience(
    db: Session, content: MessageContent, audience: Audience, after: Place | None = None
) -> Iterator[tuple[str, Channel, Variant, Iterator[tuple[AudienceMember, str]]]]:
    """Who gets which variant on which channel, by arm. The rest of a test gets the winner, which nobody knows
    yet: so it is read in every arm. Those held out get nothing. `after` goes on behind that place."""
    everybody = AudienceMember.part != MemberPart.HELD_OUT
    if after is None or not after.arm:
        for (channel, variant_id), rows in _by_variant(db, audience, everybody, after):
            yield "", channel, content.variant(variant_id), rows
    for arm in _arms(content):
        if after is not None and arm < after.arm:
            continue
        from_here = after if after is not None and arm == after.arm else None
        rest = AudienceMember.part == MemberPart.REST
        for (channel, variant_id), rows in _by_variant(db, audience, rest, from_here):
            variant = content.in_arm(variant_id, arm)
            if variant.id != variant_id:
                yield arm, channel, variant, rows


def count(db: Session, content: MessageContent, audience: Audience) -> int:
    """How many renderings are read, at most: of the rest of a test as many as there are arms."""
    by_part = (
        select(AudienceMember.part, func.count())
        .where(
            AudienceMember.audience_id == audience.id,
            AudienceMember.address != "",
            AudienceMember.part != MemberPart.HELD_OUT,
        )
        .group_by(AudienceMember.part)
    )
    arms = max(1, len(_arms(content)))
    return sum(row[1] * (arms if row[0] is MemberPart.REST else 1) for row in db.execute(by_part))


def _arms(content: MessageContent) -> list[str]:
    return sorted({variant.arm for variant in content.variants})


def _by_variant(
    db: Session, audience: Audience, which: ColumnElement[bool], after: Place | None
) -> Iterator[tuple[tuple[Channel, int], Iterator[tuple[AudienceMember, str]]]]:
    """One statement a variant, each in the order of the rows: sorting a million by variant would take longer
    than a stretch of reading."""
    # who was erased since the freezing has no address any more, and gets nothing
    of_these = (AudienceMember.audience_id == audience.id, AudienceMember.address != "", which)
    group = (AudienceMember.channel, AudienceMember.variant_id)
    for channel, variant_id in db.execute(select(*group).where(*of_these).distinct().order_by(*group)).all():
        behind = 0
        if after is not None and (channel.value, variant_id) <= (after.channel, after.variant_id):
            if (channel.value, variant_id) != (after.channel, after.variant_id):
                continue
            behind = after.member_id
        wanted = (
            select(AudienceMember, Contact.country)
            .join(Contact, Contact.id == AudienceMember.contact_id)
            .where(*of_these, AudienceMember.channel == channel, AudienceMember.variant_id == variant_id)
            .where(AudienceMember.id > behind)
            .order_by(AudienceMember.id)
            .execution_options(yield_per=CHUNK)
        )
        yield (channel, variant_id), _rows(db, wanted)


def _rows(db: Session, wanted: Executable) -> Iterator[tuple[AudienceMember, str]]:
    # closed with the generator: who reads a stretch leaves the rest in the database's cursor
    with db.execute(wanted) as found:
        for row in found:
            yield row[0], row[1]
