"""Taking a chunk of rows to send, and reading once more whether we may write to these people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from campaign.audience import daily, reach
from campaign.audience.reach import Skip, Target
from campaign.dispatch import moves
from campaign.models import AudienceMember, Channel, ConsentPurpose, Delivery


@dataclass(frozen=True)
class Terms:
    """What all claims of one mailing on one channel have in common. `purpose` None asks for no consent."""

    mailing_id: int
    channel: Channel
    purpose: ConsentPurpose | None
    sender_id: int
    deadline: datetime


@dataclass(frozen=True, slots=True)
class Claimed:
    """One delivery that this owner may try now. `values` are the frozen merge values."""

    row_id: int
    fence: int
    contact_id: int
    variant_id: int
    address: str
    address_key: str
    message_id_header: str
    attempt: int
    dated_at: datetime
    """When it was first claimed, in whole seconds: the date and the "today" of its message."""
    values: dict[str, Any]


_READ = (
    select(
        Delivery.id,
        Delivery.fence,
        Delivery.contact_id,
        Delivery.variant_id,
        Delivery.address,
        Delivery.address_key,
        Delivery.message_id_header,
        Delivery.attempt,
        Delivery.dated_at,
        AudienceMember.values,
    )
    .join(AudienceMember, AudienceMember.id == Delivery.audience_member_id)
    .where(Delivery.id.in_(bindparam("ids", expanding=True)))
    .order_by(Delivery.id)
)

_TARGETS = select(Delivery.id, Delivery.contact_id, Delivery.address_key).where(
    Delivery.id.in_(bindparam("ids", expanding=True))
)


def claim(db: Session, terms: Terms, owner: str, size: int, now: datetime) -> list[Claimed]:
    """Up to `size` rows for `owner`, empty when nothing is queued. Who may not be written to any more is
    suppressed and left out. The caller commits before it acts on the rows.
    """
    while ids := moves.claim(db, terms.mailing_id, terms.channel, owner, size, now):
        refused = unwritable(db, terms, ids, now)
        suppress(db, refused, owner, now)
        kept = [row_id for row_id in ids if row_id not in refused]
        if kept:
            return [
                Claimed(*cast("tuple[Any, ...]", row))
                for row in db.connection().execute(_READ, {"ids": kept})
            ]
    return []


def unwritable(db: Session, terms: Terms, row_ids: Sequence[int], now: datetime) -> dict[int, Skip]:
    """Those of the claimed rows whose people may not be written to at this moment, and why."""
    found = {
        Target(contact_id, address_key): row_id
        for row_id, contact_id, address_key in db.connection().execute(_TARGETS, {"ids": row_ids})
    }
    skips = reach.skips(db, list(found), terms.channel, terms.purpose, terms.sender_id, now)
    rest = [target for target in found if target not in skips]
    skips |= dict.fromkeys(_full(db, terms, rest, now), Skip.DAILY_LIMIT)
    return {found[target]: reason for target, reason in skips.items()}


def suppress(db: Session, refused: Mapping[int, Skip], owner: str, now: datetime) -> None:
    """Record what `unwritable` found; only what the owner has not begun may be in it."""
    by_reason: defaultdict[Skip, list[int]] = defaultdict(list)
    for row_id, reason in refused.items():
        by_reason[reason].append(row_id)
    for reason, row_ids in by_reason.items():
        moves.suppress(db, row_ids, reason.value, now, owner)


def _full(db: Session, terms: Terms, targets: Sequence[Target], now: datetime) -> set[Target]:
    """Those who had, or are having, as many advertising e-mails from other mailings as the law allows."""
    if terms.purpose is not ConsentPurpose.MARKETING or terms.channel is not Channel.EMAIL:
        return set()
    daily.take_turns(db)
    return daily.full(db, targets, terms.channel, terms.purpose, terms.sender_id, now, terms.mailing_id)
