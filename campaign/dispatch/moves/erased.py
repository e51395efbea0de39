"""An erased person: what waits for them never leaves, and of their rows the outcome and the hash are left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import String, literal, select, update
from sqlalchemy import cast as sql_cast
from sqlalchemy.orm import Session

from campaign.dispatch.moves.running import NO_LEASE, run
from campaign.dispatch.states import move
from campaign.models import AudienceMember, Delivery

REASON = "erased"
"""Why it is not sent; as `audience.reach.Skip` says it of a claim."""


def erase(db: Session, contact_id: int, now: datetime) -> int:
    """Suppress what waits for this contact, and empty all their rows; how many deliveries there are.

    What a lane has in its hands is refused by its next look, within two seconds. Ids, states, times, hashes
    and Message-IDs stay: tokens in mails that were sent, and all counts, stand on them.
    """
    waiting = move("erase").where(Delivery.contact_id == contact_id)
    run(db, waiting.values(reason=REASON, settled_at=now, next_attempt_at=None, **NO_LEASE))
    of_contact = AudienceMember.contact_id == contact_id
    run(db, update(AudienceMember).where(of_contact).values(values={}, **_nobody(AudienceMember.contact_id)))
    return run(db, _emptied().where(Delivery.contact_id == contact_id))


def empty(db: Session, row_ids: Sequence[int]) -> None:
    """Rows of erased people that were planned while the erasure was under way."""
    members = select(Delivery.audience_member_id).where(Delivery.id.in_(row_ids))
    found = AudienceMember.id.in_(members)
    run(db, update(AudienceMember).where(found).values(values={}, **_nobody(AudienceMember.contact_id)))
    run(db, _emptied().where(Delivery.id.in_(row_ids)))


def _emptied() -> Any:
    return update(Delivery).values(smtp_reply="", **_nobody(Delivery.contact_id))


def _nobody(contact_id: Any) -> dict[str, Any]:
    """No address; the key is one of a kind in its mailing, as the contact is, and says nothing."""
    return {"address": "", "address_key": literal("erased:") + sql_cast(contact_id, String)}
