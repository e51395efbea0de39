"""Many keys in one statement, each by its index.

The planner is told how: a chunk's keys come first and the index is asked for each. Left alone, PostgreSQL
reads a whole table that it has not counted yet, and an import makes such tables.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from campaign.db import among, as_ids
from campaign.models import Contact

_FIRST = {
    "postgresql": "unnest(CAST(:keys AS text[])) AS k(value) CROSS JOIN LATERAL "
    "(SELECT {wanted} FROM {table} t WHERE t.{column} = k.value{where} OFFSET 0) t",
    "sqlite": "json_each(:keys) k CROSS JOIN {table} t ON t.{column} = k.value{where}",
}
# what a row of a file is compared with
_COLUMNS = [
    column for column in Contact.__table__.c if column.name not in ("created_at", "updated_at", "owner_id")
]


def behind(db: Session, column: str, keys: Collection[str]) -> list[tuple[int, str]]:
    """Id and key of the contacts that have one of the keys in an indexed column."""
    return [(id_, key) for id_, key in _find(db, "contact", column, keys, "t.id", "")]


def suppressed(db: Session, channel: str, keys: Collection[str]) -> set[str]:
    """Those of the address keys that nobody is to write to."""
    found = _find(
        db, "suppression", "address_key", keys, "t.id", " AND t.channel = :channel", channel=channel
    )
    return {key for _, key in found}


def _find(
    db: Session, table: str, column: str, keys: Collection[str], wanted: str, where: str, **given: str
) -> list[tuple[Any, str]]:
    if not keys:
        return []
    dialect = db.get_bind().dialect.name
    source = _FIRST[dialect].format(table=table, column=column, wanted=wanted, where=where)
    statement = text(f"SELECT {wanted}, k.value FROM {source}")  # noqa: S608 (names of ours)
    bound: Any = list(keys) if dialect == "postgresql" else json.dumps(list(keys))
    found = db.execute(statement, {"keys": bound, **given}).all()
    return [(wanted_, key) for wanted_, key in found]


def contacts(db: Session, ids: Collection[int]) -> Iterator[Mapping[str, Any]]:
    """The facts and keys of these contacts, the oldest first."""
    if not ids:
        return iter(())
    dialect = db.get_bind().dialect.name
    query = select(*_COLUMNS).where(among(dialect, Contact.__table__.c.id, "ids")).order_by(Contact.id)
    found = db.execute(query, {"ids": as_ids(dialect, list(ids))}).mappings().all()
    return (dict(row) for row in found)
