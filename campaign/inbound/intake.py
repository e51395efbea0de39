"""Raw mail is stored before anybody is told that it arrived."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from campaign.models import InboundMail


def store(db: Session, raw: bytes, envelope_from: str, envelope_to: str, now: datetime) -> InboundMail:
    """Keep one mail for one recipient; the same mail delivered again is the same row.

    The key covers envelope and content: what a server repeats because our answer was lost is identical in
    both, while two mails that merely look alike differ in their Message-ID or Received lines.
    """
    sha256 = _digest(raw, envelope_from, envelope_to)
    known = _known(db, sha256)
    if known is not None:
        return known
    mail = InboundMail(
        sha256=sha256,
        envelope_from=envelope_from[:320],
        envelope_to=envelope_to[:320],
        raw=raw,
        received_at=now,
    )
    try:
        with db.begin_nested():
            db.add(mail)
    except IntegrityError:
        stored = _known(db, sha256)  # by another connection, a moment ago
        if stored is None:
            raise
        return stored
    return mail


def _known(db: Session, sha256: str) -> InboundMail | None:
    return db.scalar(select(InboundMail).where(InboundMail.sha256 == sha256))


def _digest(raw: bytes, envelope_from: str, envelope_to: str) -> str:
    digest = hashlib.sha256()
    for piece in (envelope_from.encode("utf-8", "replace"), envelope_to.encode("utf-8", "replace"), raw):
        digest.update(len(piece).to_bytes(8, "big"))
        digest.update(piece)
    return digest.hexdigest()
