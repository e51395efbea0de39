"""Many new contacts into the index of words at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text
from sqlalchemy.orm import Session

# SQLite's trigger that indexes each new contact by itself (migration 0290)
TRIGGER = "contact_search_insert"
INDEX = (
    "INSERT INTO contact_search (rowid, search_words) "
    "SELECT id, search_words FROM contact WHERE id BETWEEN :first AND :last"
)


@contextmanager
def adding(db: Session, first: int, last: int) -> Iterator[None]:
    """While this lasts, contacts with exactly these ids are inserted, and nobody else.

    SQLite: a table with a trigger takes rows at half the speed whatever the trigger does, for the server
    must be able to take back each of them alone. So the trigger steps aside inside the transaction, in which
    nobody else writes; with it the trigger comes back when anything fails. PostgreSQL needs nothing.
    """
    if db.get_bind().dialect.name != "sqlite":
        yield
        return
    trigger = db.execute(text("SELECT sql FROM sqlite_master WHERE name = :name"), {"name": TRIGGER})
    made = trigger.scalar_one()
    connection = db.connection()
    connection.exec_driver_sql(f"DROP TRIGGER {TRIGGER}")
    yield
    connection.execute(text(INDEX), {"first": first, "last": last})
    connection.exec_driver_sql(made)
