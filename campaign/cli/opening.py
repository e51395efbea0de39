"""The database of a command: found in the settings, of the current schema, closed at the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlalchemy.orm import Session

from campaign import config, migrations
from campaign.db import Database
from campaign.errors import Refused
from campaign.i18n import translate


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
def told() -> Iterator[None]:
    """Says in words what a rule is refused for, or that it takes too long."""
    try:
        yield
    except Refused as error:
        raise click.ClickException(translate("en", error.key, **error.values)) from error


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
