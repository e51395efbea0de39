"""The consent basis of an audience in numbers: which wording, from where, how many; never who."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from campaign.models import Audience, AudienceMember, Channel, Consent, ConsentPurpose

NO_ENTRY = "none"


def basis(db: Session, audience: Audience, sender_id: int) -> list[dict[str, Any]]:
    """The newest entry of each recipient when the list was frozen, gathered; without an entry: `none`.

    For a purpose on a channel that nobody of the list ever answered, there is one line with `none`.
    """
    found: list[dict[str, Any]] = []
    for channel in Channel:
        total = db.scalar(_members(audience, channel).with_only_columns(func.count())) or 0
        for purpose in ConsentPurpose if total else ():
            groups = _groups(db, audience, channel, purpose, sender_id, audience.frozen_at)
            silent = total - sum(group["people"] for group in groups)
            about = {"channel": channel.value, "purpose": purpose.value}
            found += [about | group for group in groups]
            found += [about | {"action": NO_ENTRY, "people": silent}] if silent else []
    return found


def _members(audience: Audience, channel: Channel) -> Select[Any]:
    return select(AudienceMember.contact_id).where(
        AudienceMember.audience_id == audience.id, AudienceMember.channel == channel
    )


def _groups(
    db: Session,
    audience: Audience,
    channel: Channel,
    purpose: ConsentPurpose,
    sender_id: int,
    at: datetime,
) -> list[dict[str, Any]]:
    place = func.row_number().over(
        partition_by=Consent.contact_id, order_by=(Consent.at.desc(), Consent.id.desc())
    )
    ranked = (
        select(Consent.id.label("id"), place.label("place"))
        .where(
            Consent.sender_id == sender_id,
            Consent.channel == channel,
            Consent.purpose == purpose,
            Consent.at <= at,
            Consent.contact_id.in_(_members(audience, channel)),
        )
        .subquery()
    )
    names = ("action", "wording", "content_kind", "frequency", "method", "source")
    columns = [getattr(Consent, name) for name in names]
    first, last = (edge(Consent.at, type_=Consent.at.type) for edge in (func.min, func.max))
    rows = db.execute(
        select(*columns, func.count(), first, last)
        .join(ranked, ranked.c.id == Consent.id)
        .where(ranked.c.place == 1)
        .group_by(*columns)
        .order_by(func.count().desc(), *columns)
    )  # fmt: skip
    return [
        {name: str(value) for name, value in zip(names, row[:-3], strict=True)}
        | {"people": row[-3], "first": row[-2].isoformat(), "last": row[-1].isoformat()}
        for row in rows
    ]
