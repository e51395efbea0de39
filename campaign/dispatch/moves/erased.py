"""An erased person, or days that are over: of a row the outcome, the times and the hash are left.

What waits for an erased person never leaves.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import String, case, func, literal, or_, select, update
from sqlalchemy import cast as sql_cast
from sqlalchemy.orm import Session

from campaign.dispatch.moves.running import NO_LEASE, run
from campaign.dispatch.states import move
from campaign.models import AudienceMember, Delivery

# classes of enhanced status codes, which say nothing about anybody (RFC 3463 §2), and how long one may be
_CODES = ("2._._%", "4._._%", "5._._%")
_CODE_LENGTH = 6
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


def empty_old(db: Session, member_ids: Sequence[int], row_ids: Sequence[int]) -> None:
    """Frozen rows whose days are over, and their deliveries: the address and the values go, and of the
    server's words all but the code by which failures are told apart."""
    of_members = update(AudienceMember).where(AudienceMember.id.in_(member_ids))
    run(db, of_members.values(values={}, **_nobody(AudienceMember.contact_id, "gone")))
    said = Delivery.smtp_reply
    has_code = or_(*(said.like(code) for code in _CODES))
    kept = case((has_code, func.trim(func.substr(said, 1, _CODE_LENGTH))), else_="")
    of_rows = update(Delivery).where(Delivery.id.in_(row_ids))
    run(db, of_rows.values(smtp_reply=kept, **_nobody(Delivery.contact_id, "gone")))


def _emptied() -> Any:
    return update(Delivery).values(smtp_reply="", **_nobody(Delivery.contact_id))


def _nobody(contact_id: Any, why: str = REASON) -> dict[str, Any]:
    """No address; the key is one of a kind in its mailing, as the contact is, and says nothing."""
    return {"address": "", "address_key": literal(f"{why}:") + sql_cast(contact_id, String)}
