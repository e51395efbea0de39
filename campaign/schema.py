"""Which schema a database has, and whether it is older than ours; without Alembic, which takes 7 MB of every
process that is asked for its health."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sqlalchemy import inspect, text
from sqlalchemy.orm import Session

VERSIONS = Path(__file__).parent / "migrations" / "versions"


def behind(db: Session) -> str | None:
    """The schema, when it is older than ours (`none` for no schema at all); else None. A newer one is well:
    while a new version is rolled out the programs of before go on."""
    found = _found(db)
    if found is None:
        return "none"
    return found if found in ours() and found != ours()[-1] else None


def _found(db: Session) -> str | None:
    """What Alembic noted in the database."""
    if not inspect(db.connection()).has_table("alembic_version"):
        return None
    found: str | None = db.scalar(text("SELECT version_num FROM alembic_version"))
    return found


@cache
def ours() -> tuple[str, ...]:
    """All revisions, the newest last: files begin with their revision, and the newest has the highest."""
    return tuple(sorted(path.name.partition("_")[0] for path in VERSIONS.glob("[0-9]*_*.py")))
