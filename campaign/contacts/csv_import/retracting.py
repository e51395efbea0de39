"""Taking back consents that a file recorded.

The ledger is never changed, so one more entry says, from now on, that they were ours by mistake. What was
sent until now was sent by them. Whoever said anything later keeps that.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from campaign.contacts.csv_import.dealt_with import source_of
from campaign.models import Channel, Consent, ConsentAction, Contact


class Retracted(NamedTuple):
    """How many entries, and whose."""

    entries: int
    contact_ids: set[int]


def hold(db: Session, ids: Collection[int]) -> None:
    """Until the commit nobody says no between our reading of the ledger and our entry in it, which would hide
    it."""
    rows = select(Contact.id).where(Contact.id.in_(ids)).order_by(Contact.id)
    db.execute(rows.with_for_update(key_share=True))


def retract(
    db: Session,
    import_id: int,
    ids: Collection[int],
    *,
    method: str,
    now: datetime,
    channel: Channel | None = None,
) -> Retracted:
    """The import's consents of these contacts that are still the last word, of one channel or of all. `hold`
    comes before."""
    source = source_of(import_id)
    newest: dict[tuple[Any, ...], Consent] = {}
    ledger = select(Consent).where(Consent.contact_id.in_(ids)).order_by(Consent.at, Consent.id)
    if channel is not None:
        ledger = ledger.where(Consent.channel == channel)
    for entry in db.scalars(ledger):
        newest[(entry.contact_id, entry.sender_id, entry.channel, entry.purpose)] = entry
    rows: list[dict[str, Any]] = [
        {
            "contact_id": entry.contact_id, "sender_id": entry.sender_id, "channel": entry.channel,
            "purpose": entry.purpose, "action": ConsentAction.RETRACTED, "wording": "",
            "content_kind": "", "frequency": "", "method": method,
            "source": source.strip(), "at": max(now, entry.at),
        }
        for entry in newest.values()
        if entry.action is ConsentAction.GRANTED and entry.source.startswith(source)
    ]  # fmt: skip
    if rows:
        db.execute(insert(Consent), rows)
    return Retracted(len(rows), {row["contact_id"] for row in rows})
