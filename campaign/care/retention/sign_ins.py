"""Addresses and browsers of those who work here."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from campaign.care.retention import kind
from campaign.care.retention.kind import Kind, Limit, by_batch, rows
from campaign.models import AccountSession, SignInFailure
from campaign.storage import FileStore


def _count(db: Session, limit: Limit) -> int:
    failures = select(func.count()).select_from(SignInFailure).where(SignInFailure.at < limit.before)
    ended = select(func.count()).select_from(AccountSession).where(AccountSession.expires_at < limit.before)
    return (db.scalar(failures) or 0) + (db.scalar(ended) or 0)


def _clear(db: Session, files: FileStore, before: datetime) -> int:
    ids = list(db.scalars(select(SignInFailure.id).where(SignInFailure.at < before).limit(kind.BATCH)))
    ended = select(AccountSession.token_sha256).where(AccountSession.expires_at < before).limit(kind.BATCH)
    tokens = list(db.scalars(ended))
    gone = rows(db, delete(SignInFailure).where(SignInFailure.id.in_(ids)))
    return gone + rows(db, delete(AccountSession).where(AccountSession.token_sha256.in_(tokens)))


KINDS = (Kind("sign-ins", 90, _count, by_batch(_clear)),)
