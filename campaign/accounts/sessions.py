"""Signed-in browsers. The cookie holds a random token, the row its SHA-256: a copy of the table signs
nobody in."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from campaign.models import Account, AccountSession

# one working week: who comes in on Monday signs in once
LIFETIME = timedelta(days=7)
TOKEN_BYTES = 32


def start(db: Session, account: Account, now: datetime, user_agent: str = "") -> str:
    """Sign a browser in; returns the token for its cookie."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    db.add(
        AccountSession(
            token_sha256=_digest(token),
            account_id=account.id,
            created_at=now,
            expires_at=now + LIFETIME,
            user_agent=user_agent[:300],
        )
    )
    db.flush()
    return token


def find(db: Session, token: str, now: datetime) -> Account | None:
    """Whose token this is, while the session lasts and the account is active."""
    session = db.get(AccountSession, _digest(token))
    if session is None or session.ended_at is not None or session.expires_at <= now:
        return None
    return session.account if session.account.active else None


def end(db: Session, token: str, now: datetime) -> None:
    """Sign this browser out."""
    _end_where(db, AccountSession.token_sha256 == _digest(token), now)


def end_all(db: Session, account: Account, now: datetime, keep: str | None = None) -> None:
    """Sign the person out everywhere, except in the browser that holds the token `keep`."""
    condition: ColumnElement[bool] = AccountSession.account_id == account.id
    if keep is not None:
        condition &= AccountSession.token_sha256 != _digest(keep)
    _end_where(db, condition, now)


def renew(db: Session, token: str) -> str:
    """A new token for this browser's session, which ends when it would have ended: who copied the old one
    holds nothing. Returns the new one."""
    fresh = secrets.token_urlsafe(TOKEN_BYTES)
    db.execute(
        update(AccountSession)
        .where(AccountSession.token_sha256 == _digest(token), AccountSession.ended_at.is_(None))
        .values(token_sha256=_digest(fresh))
    )
    return fresh


def open_sessions(db: Session, account: Account, now: datetime) -> list[AccountSession]:
    """Where the person is signed in, newest first."""
    mine = select(AccountSession).where(
        AccountSession.account_id == account.id,
        AccountSession.ended_at.is_(None),
        AccountSession.expires_at > now,
    )
    return list(db.scalars(mine.order_by(AccountSession.created_at.desc())))


def _end_where(db: Session, condition: ColumnElement[bool], now: datetime) -> None:
    db.execute(
        update(AccountSession).where(condition, AccountSession.ended_at.is_(None)).values(ended_at=now)
    )


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
