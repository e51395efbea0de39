"""The lock on sending: only the installation that a database belongs to sends from it.

A database that was restored, copied or opened by a host of another installation holds rows that may have
been sent since by somebody else. So one row of it names its installation, each host knows the name of its
own, and lanes, print runs and the beat work only where the two agree. A person opens the lock
(`campaign.campaigns.unlock`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from campaign.config import Settings
from campaign.models import SystemId

ROW = 1
RESTORED = ""


@dataclass(frozen=True)
class Lock:
    """Why nothing may be sent. `backup_made_at` is known after `campaign db restore` only."""

    restored: bool
    backup_made_at: datetime | None = None

    @property
    def sentence(self) -> str:
        """For logs and the command line."""
        if self.restored:
            return "The database was restored; sending is locked until a person confirms: campaign db unlock."
        return (
            "The database belongs to another installation; sending is locked. A further host of the same "
            "installation: campaign db join. A copy that shall send from now on: campaign db unlock."
        )


def look(db: Session, settings: Settings) -> Lock | None:
    """The lock that is on, or None. Changes nothing."""
    row = db.execute(select(SystemId.value, SystemId.backup_made_at).where(SystemId.id == ROW)).first()
    if row is None or row.value == settings.system_id:
        return None
    return Lock(row.value == RESTORED, row.backup_made_at)


def check(db: Session, settings: Settings, now: datetime) -> Lock | None:
    """Like `look`, for who is about to send: a database that belongs to nobody yet becomes ours."""
    if db.scalar(select(SystemId.id).where(SystemId.id == ROW)) is None:
        table = postgresql if db.get_bind().dialect.name == "postgresql" else sqlite
        row = table.insert(SystemId.__table__).values(id=ROW, value=settings.system_id, set_at=now)
        db.connection().execute(row.on_conflict_do_nothing())
    return look(db, settings)


def close(db: Session, backup_made_at: datetime, now: datetime) -> None:
    """After a restore: this database belongs to nobody until a person says so."""
    _write(db, value=RESTORED, set_at=now, backup_made_at=backup_made_at)


def hand_to(db: Session, settings: Settings, now: datetime) -> None:
    """From now on the database belongs to the installation of `settings`."""
    _write(db, value=settings.system_id, set_at=now, backup_made_at=None)


def owner(db: Session) -> str | None:
    """The id of the installation it belongs to; None while it belongs to nobody."""
    return db.scalar(select(SystemId.value).where(SystemId.id == ROW))


def _write(db: Session, **values: Any) -> None:
    changed = db.connection().execute(update(SystemId).where(SystemId.id == ROW).values(**values))
    if cast("CursorResult[Any]", changed).rowcount == 0:
        db.add(SystemId(id=ROW, **values))
    db.flush()
    db.expire_all()
