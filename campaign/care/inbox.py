"""The reply inbox: whose it is, and whether it is done. Answers are written in `campaign.care.answer`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from campaign import audit
from campaign.errors import NotFound, Refused
from campaign.models import Account, Reply, ReplyState, Role


def get(db: Session, reply_id: int) -> Reply:
    """The reply; NotFound when there is none."""
    reply = db.get(Reply, reply_id)
    if reply is None:
        raise NotFound
    return reply


def waiting() -> Select[Reply]:
    """Replies that nobody has answered or closed, the longest waiting first."""
    return select(Reply).where(Reply.state == ReplyState.OPEN).order_by(Reply.received_at, Reply.id)


def mine(account: Account) -> Select[Reply]:
    """Open replies that this person has taken or was given."""
    return waiting().where(Reply.assigned_to == account.id)


def everything() -> Select[Reply]:
    """All replies, the newest first."""
    return select(Reply).order_by(Reply.received_at.desc(), Reply.id.desc())


def count_waiting(db: Session, account: Account | None = None) -> int:
    """How many wait, of all or of one person; for the desk."""
    query = mine(account) if account else waiting()
    return db.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0


def clerks(db: Session) -> Sequence[Account]:
    """Who may be given a reply."""
    people = db.scalars(select(Account).where(Account.active).order_by(Account.name))
    return [person for person in people if Role.CARE in person.roles]


def assign(db: Session, reply: Reply, to: Account | None, actor: Account, now: datetime) -> None:
    """Give it to somebody, to oneself, or back to all."""
    if to is not None and (Role.CARE not in to.roles or not to.active):
        raise NotFound
    reply.assigned_to = to.id if to else None
    db.flush()
    audit.record(db, actor, "assign_reply", "reply", reply.id, now, to=to.name if to else None)


def close(db: Session, reply: Reply, actor: Account, now: datetime) -> None:
    """Done without an answer of ours by e-mail."""
    if reply.state is not ReplyState.OPEN:
        raise Refused("replies-error-not-open")
    reply.state = ReplyState.CLOSED
    db.flush()
    audit.record(db, actor, "close_reply", "reply", reply.id, now)


def reopen(db: Session, reply: Reply, actor: Account, now: datetime) -> None:
    """It waits again: the customer called, or it was closed by mistake."""
    if reply.state is ReplyState.OPEN:
        return
    reply.state = ReplyState.OPEN
    db.flush()
    audit.record(db, actor, "reopen_reply", "reply", reply.id, now)
