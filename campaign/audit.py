"""The audit log: append-only and hash-chained.

Each row's hash covers its own facts and the hash before it, so a changed, removed or inserted row breaks
the chain at its place. Triggers refuse UPDATE and DELETE; the chain finds who went around them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaign.models import Account, AuditEntry

SYSTEM = "system"
FIRST_HASH = "0" * 64
# pg_advisory_xact_lock key: one writer at a time appends to the chain
CHAIN_LOCK = 0x41554449


@dataclass(frozen=True)
class Broken:
    """Where the chain breaks first, and how: `changed` or `missing before`."""

    entry_id: int
    how: str


def record(
    db: Session,
    actor: Account | None,
    action: str,
    noun: str,
    noun_id: object,
    now: datetime,
    **detail: object,
) -> AuditEntry:
    """Append one entry. `actor` is None when the system itself acts. `detail` must be plain JSON."""
    if db.get_bind().dialect.name == "postgresql":
        db.execute(select(func.pg_advisory_xact_lock(CHAIN_LOCK)))
    previous = db.scalar(select(AuditEntry.hash).order_by(AuditEntry.id.desc()).limit(1))
    entry = AuditEntry(
        at=now,
        actor_id=actor.id if actor else None,
        actor=actor.name if actor else SYSTEM,
        action=action,
        noun=noun,
        noun_id=str(noun_id),
        detail=detail,
        previous_hash=previous or FIRST_HASH,
    )
    entry.hash = hash_facts(digest_facts(entry))
    db.add(entry)
    db.flush()
    return entry


def verify(db: Session) -> Broken | None:
    """Read the whole chain; None when it is whole."""
    previous = FIRST_HASH
    chain = select(AuditEntry).order_by(AuditEntry.id).execution_options(yield_per=1000)
    with closing(db.scalars(chain)) as entries:
        for entry in entries:
            if entry.previous_hash != previous:
                return Broken(entry.id, "missing before")
            if entry.hash != hash_facts(digest_facts(entry)):
                return Broken(entry.id, "changed")
            previous = entry.hash
    return None


def digest_facts(entry: AuditEntry) -> list[object]:
    """What an entry's hash covers, in order; the last is the hash before it."""
    return [
        entry.at.isoformat(),
        entry.actor_id,
        entry.actor,
        entry.action,
        entry.noun,
        entry.noun_id,
        entry.detail,
        entry.previous_hash,
    ]


def hash_facts(facts: Sequence[object]) -> str:
    """The hash of an entry with these facts."""
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
