"""Taking a chunk of rows to send, and reading once more whether we may write to these people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from campaign.dispatch import moves
from campaign.models import AudienceMember, Channel, Delivery

Unwritable = Callable[[Session, Sequence[int], datetime], Mapping[int, str]]
"""Of these deliveries, those that may not be written to now, with the reason as a word."""


@dataclass(frozen=True)
class Terms:
    """What all claims of one mailing on one channel have in common."""

    mailing_id: int
    channel: Channel
    deadline: datetime
    unwritable: Unwritable


@dataclass(frozen=True, slots=True)
class Claimed:
    """One delivery that this owner may try now. `values` are the frozen merge values."""

    row_id: int
    fence: int
    contact_id: int
    variant_id: int
    address: str
    message_id_header: str
    attempt: int
    values: dict[str, Any]


_READ = (
    select(
        Delivery.id,
        Delivery.fence,
        Delivery.contact_id,
        Delivery.variant_id,
        Delivery.address,
        Delivery.message_id_header,
        Delivery.attempt,
        AudienceMember.values,
    )
    .join(AudienceMember, AudienceMember.id == Delivery.audience_member_id)
    .where(Delivery.id.in_(bindparam("ids", expanding=True)))
    .order_by(Delivery.id)
)


def claim(db: Session, terms: Terms, owner: str, size: int, now: datetime) -> list[Claimed]:
    """Up to `size` rows for `owner`, empty when nothing is queued. Who may not be written to any more is
    suppressed and left out. The caller commits before it acts on the rows.
    """
    while ids := moves.claim(db, terms.mailing_id, terms.channel, owner, size, now):
        refused = drop_unwritable(db, terms, ids, now)
        kept = [row_id for row_id in ids if row_id not in refused]
        if kept:
            return [Claimed(*row) for row in db.connection().execute(_READ, {"ids": kept})]
    return []


def drop_unwritable(db: Session, terms: Terms, row_ids: Sequence[int], now: datetime) -> set[int]:
    """Suppress those of the claimed rows whose people may not be written to; which they were."""
    by_reason: defaultdict[str, list[int]] = defaultdict(list)
    for row_id, reason in terms.unwritable(db, row_ids, now).items():
        by_reason[reason].append(row_id)
    for reason, found in by_reason.items():
        moves.suppress(db, found, reason, now)
    return {row_id for found in by_reason.values() for row_id in found}
