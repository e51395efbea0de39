"""The database of a command: found in the settings, of the current schema, closed at the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from campaign import config, migrations
from campaign.db import Database


@contextmanager
def opened() -> Iterator[Database]:
    """The installation's database; SetupError when its schema is not the program's."""
    database = Database(config.load().database_url)
    try:
        migrations.require_current(database)
        yield database
    finally:
        database.close()


@contextmanager
def reading() -> Iterator[Session]:
    """A session for reading."""
    with opened() as database, database.read() as db:
        yield db


@contextmanager
def writing() -> Iterator[Session]:
    """One transaction, committed at the end."""
    with opened() as database, database.write() as db:
        yield db
