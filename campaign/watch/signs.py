"""Signs of life in the database: the beat's last round, and what it counted."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from campaign.dispatch import progress
from campaign.models import Heartbeat

BEAT = "beat"
COUNTS = progress.COUNTED


def note(db: Session, name: str, now: datetime, detail: Mapping[str, Any] | None = None) -> None:
    """This program was alive at `now`."""
    table = postgresql if db.get_bind().dialect.name == "postgresql" else sqlite
    values = {"host": socket.gethostname()[:80], "at": now, "detail": dict(detail or {})}
    row = table.insert(Heartbeat.__table__).values(name=name, **values)
    db.connection().execute(row.on_conflict_do_update(index_elements=["name"], set_=values))


def last(db: Session, name: str) -> Heartbeat | None:
    """The last sign; None when there never was one."""
    return db.get(Heartbeat, name, populate_existing=True)
