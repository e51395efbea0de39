"""Which questions are to be sent, and which are over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, case, delete, func, or_, select, update
from sqlalchemy.orm import Session

from campaign.models import OptIn, OptInOrigin, OptInState

TRIES = 5
# a try that neither ended nor failed by then was cut off
AGAIN_AFTER = timedelta(minutes=10)
# a form's mail is waited for; the people of a file are asked slowly, so that nobody takes it for a mailing
AT_ONCE = 100
ASKED_AN_HOUR = 300
# confirmed ones count against floods no longer than this, then their key goes, too
KEEP_KEY = timedelta(days=30)


def may_be_tried(now: datetime) -> ColumnElement[bool]:
    """The condition that a mail is still to be sent."""
    return (
        (OptIn.state == OptInState.WAITING)
        & (OptIn.tries < TRIES)
        & (OptIn.expires_at > now)
        & or_(OptIn.tried_at.is_(None), OptIn.tried_at < now - AGAIN_AFTER)
    )


def due(db: Session, now: datetime) -> list[int]:
    """Those whose mail should leave now, strangers' first; of files no more than an hour takes."""
    waiting = select(OptIn.id).where(may_be_tried(now)).order_by(OptIn.id)
    asked_for = OptIn.origin != OptInOrigin.IMPORT
    found = list(db.scalars(waiting.where(asked_for).limit(AT_ONCE)))
    tried = select(func.count(OptIn.id)).where(
        OptIn.origin == OptInOrigin.IMPORT, OptIn.tried_at > now - timedelta(hours=1)
    )
    room = min(AT_ONCE - len(found), ASKED_AN_HOUR - (db.scalar(tried) or 0))
    if room > 0:
        found += db.scalars(waiting.where(~asked_for).limit(room))
    return found


def tidy(db: Session, now: datetime) -> int:
    """End what nobody confirmed in time: a stranger's question is deleted, of a known person it is kept that
    they were asked, without their address. Returns how many."""
    open_states = (OptInState.WAITING, OptInState.SENT, OptInState.CLOSED)
    over = (OptIn.expires_at <= now) & OptIn.state.in_(open_states) & (OptIn.email_key != "")
    asked_by_file = OptIn.origin == OptInOrigin.IMPORT
    gone = db.execute(delete(OptIn).where(over, ~asked_by_file).returning(OptIn.id)).all()
    silent = db.execute(
        update(OptIn)
        .where(over, asked_by_file)
        .values(
            state=case(
                (OptIn.state == OptInState.CLOSED, OptInState.CLOSED.value), else_=OptInState.SILENT.value
            ),
            email="",
            email_key="",
            full_name="",
        )
        .returning(OptIn.id)
    ).all()
    db.execute(
        update(OptIn)
        .where(
            OptIn.state == OptInState.CONFIRMED, OptIn.email_key != "", OptIn.confirmed_at < now - KEEP_KEY
        )
        .values(email_key="")
    )
    return len(gone) + len(silent)


def states_of_import(db: Session, import_id: int) -> Mapping[OptInState, int]:
    """How many people of a file are in which state."""
    rows = db.execute(
        select(OptIn.state, func.count()).where(OptIn.import_id == import_id).group_by(OptIn.state)
    )
    return {row[0]: row[1] for row in rows}
