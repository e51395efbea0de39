"""People whom a file brought are asked first: each once, whatever files name them later.

Who may be asked is who might have been granted a consent by the file: nobody who said no.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import ColumnElement, delete, func, insert, select
from sqlalchemy.orm import Session

from campaign.contacts.consent import Terms
from campaign.contacts.opt_in.asking import NONCE_BITS
from campaign.db import among, as_ids
from campaign.models import Channel, ConsentPurpose, OptIn, OptInOrigin, OptInState

# a large file waits for its turn; the link's own time begins when the mail leaves
PATIENCE = timedelta(days=180)


class Reachable(Protocol):
    """Somebody of a file, as `csv_import.consents.Agreed` has them."""

    @property
    def contact_id(self) -> int: ...
    @property
    def email_key(self) -> str: ...


def ask(
    db: Session,
    people: Sequence[Reachable],
    *,
    import_id: int | None,
    sender_id: int,
    purposes: Sequence[ConsentPurpose],
    terms: Terms,
    now: datetime,
) -> int:
    """Note the question for each who was never asked for this sender; one for an address. How many."""
    asked = _asked_before(db, {one.contact_id for one in people}, sender_id)
    asks: dict[str, Any] = {
        "channels": [Channel.EMAIL.value],
        "purposes": [purpose.value for purpose in purposes],
        "topics": [],
        "wording": terms.wording,
        "content_kind": terms.content_kind,
        "frequency": terms.frequency,
    }
    rows = [
        {
            "nonce": secrets.randbits(NONCE_BITS), "origin": OptInOrigin.IMPORT, "state": OptInState.WAITING,
            "import_id": import_id, "contact_id": contact_id, "sender_id": sender_id, "language": "",
            "email": "", "email_key": key, "full_name": "", "asks": asks, "network": "", "asked_at": now,
            "tries": 0, "expires_at": now + PATIENCE,
        }
        for key, contact_id in {one.email_key: one.contact_id for one in reversed(people)}.items()
        if contact_id not in asked
    ]  # fmt: skip
    if rows:
        db.execute(insert(OptIn), rows)
    return len(rows)


def to_call_off(db: Session, import_id: int) -> int:
    """Whom `call_off` would spare the question."""
    return db.scalar(select(func.count(OptIn.id)).where(unasked(import_id))) or 0


def call_off(db: Session, import_id: int) -> int:
    """The file is taken back: whose mail has not been tried yet is not asked."""
    return len(db.execute(delete(OptIn).where(unasked(import_id)).returning(OptIn.id)).all())


def spare(db: Session, import_id: int, contact_ids: Collection[int]) -> list[int]:
    """The file itself says later that these people want nothing: whose mail has not been tried yet is not
    asked. Their ids."""
    theirs = unasked(import_id) & OptIn.contact_id.in_(contact_ids)
    gone = db.scalars(delete(OptIn).where(theirs).returning(OptIn.contact_id))
    return [id_ for id_ in gone if id_ is not None]


def unasked(import_id: int) -> ColumnElement[bool]:
    """The condition that the file's question was never tried."""
    return (OptIn.import_id == import_id) & (OptIn.state == OptInState.WAITING) & (OptIn.tries == 0)


def _asked_before(db: Session, ids: Collection[int], sender_id: int) -> set[int]:
    dialect = db.get_bind().dialect.name
    asked = select(OptIn.contact_id).where(
        among(dialect, OptIn.__table__.c.contact_id, "ids"),
        OptIn.sender_id == sender_id,
        OptIn.origin == OptInOrigin.IMPORT,
    )
    return {id_ for id_ in db.scalars(asked, {"ids": as_ids(dialect, sorted(ids))}) if id_ is not None}
