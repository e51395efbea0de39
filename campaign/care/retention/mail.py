"""What came in by mail and by post: the raw mail, and the words of replies."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select, update
from sqlalchemy.orm import Session

from campaign.care.retention import kind
from campaign.care.retention.kind import Kind, Limit, by_batch, rows
from campaign.inbound import erasure
from campaign.models import InboundMail, InboundState, Reply, ReplyState
from campaign.models.event import WITH_WORDS
from campaign.storage import FileStore


def _old_mail(before: datetime) -> ColumnElement[bool]:
    """Read and understood: its words stand in the reply. What nobody understood waits for a person."""
    return and_(
        InboundMail.received_at < before, InboundMail.state == InboundState.PARSED, InboundMail.raw != b""
    )


def _count_mail(db: Session, limit: Limit) -> int:
    return db.scalar(select(func.count()).select_from(InboundMail).where(_old_mail(limit.before))) or 0


def _clear_mail(db: Session, files: FileStore, before: datetime) -> int:
    ids = list(db.scalars(select(InboundMail.id).where(_old_mail(before)).limit(kind.BATCH)))
    return rows(db, update(InboundMail).where(InboundMail.id.in_(ids)).values(raw=b"", envelope_from=""))


def _old_words(before: datetime) -> ColumnElement[bool]:
    """Answered or closed; who still waits for an answer is not forgotten."""
    return and_(WITH_WORDS, Reply.received_at < before, Reply.state != ReplyState.OPEN)


def _count_words(db: Session, limit: Limit) -> int:
    return db.scalar(select(func.count()).select_from(Reply).where(_old_words(limit.before))) or 0


def _clear_words(db: Session, files: FileStore, before: datetime) -> int:
    ids = list(db.scalars(select(Reply.id).where(_old_words(before)).limit(kind.BATCH)))
    erasure.empty_replies(db, ids)
    return len(ids)


KINDS = (
    # an answer to a reply may be months away; then its words, which stay, are enough
    Kind("raw-mail", 365, _count_mail, by_batch(_clear_mail)),
    # what a customer asked and complained of is the desk's memory of them; no machine knows when that is over
    Kind("reply-words", None, _count_words, by_batch(_clear_words)),
)
