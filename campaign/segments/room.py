"""Working memory for a rule that is asked of many contacts."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.orm import Session

# room for a million ids to look others up in; with its default of 4 MB PostgreSQL compares each with each
ROOM = "64MB"


def give_room(db: Session) -> None:
    """Until the end of this transaction; `asking` and `ending` do it themselves."""
    if db.get_bind().dialect.name == "postgresql":
        db.execute(text(f"SET LOCAL work_mem = '{ROOM}'"))
