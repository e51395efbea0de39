"""One kind of data cleared by itself, and how a database goes about finding it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, event

from campaign.care import retention
from campaign.care.retention.kind import Limit, Stores
from campaign.db import Database
from campaign.models import Mailing, MailingState
from campaign.storage import FileStore
from tests.conftest import NOW


def clear(database: Database, files: FileStore, name: str, now: datetime, days: int) -> int:
    """How many went; as many as the page would have said."""
    kind = next(one for one in retention.KINDS if one.name == name)
    limit = Limit(now, now - timedelta(days=days))
    with database.read() as db:
        would = kind.count(db, limit)
    gone = sum(kind.clear(Stores(database, files), limit))
    assert gone == would, "the page says what goes"
    return gone


def finish(mailing: Mailing) -> None:
    mailing.state, mailing.finished_at = MailingState.FINISHED, NOW


@contextmanager
def plans_of(engine: Engine, about: str) -> Iterator[list[str]]:
    """How the database would go about each SELECT from the table. PostgreSQL is told to pass over the table,
    for with so few rows it would read them all."""
    plans: list[str] = []
    postgres = engine.dialect.name == "postgresql"

    def explain(connection: Any, cursor: Any, statement: str, values: Any, *_: object) -> None:
        if statement.startswith("SELECT") and f"FROM {about}" in statement:
            extra = cursor.connection.cursor()
            if postgres:
                extra.execute("SET LOCAL enable_seqscan = off")
            extra.execute(("EXPLAIN " if postgres else "EXPLAIN QUERY PLAN ") + statement, values)
            plans.append("\n".join(str(row[-1]) for row in extra.fetchall()))

    event.listen(engine, "before_cursor_execute", explain)
    yield plans
    event.remove(engine, "before_cursor_execute", explain)
