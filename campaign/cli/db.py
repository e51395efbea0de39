"""`campaign db`: create and upgrade the database."""

from __future__ import annotations

import click

from campaign import config, migrations
from campaign.db import Database


@click.group()
def command() -> None:
    """Create and upgrade the database."""


@command.command()
def upgrade() -> None:
    """Bring the database to the newest schema."""
    database = Database(config.load().database_url)
    migrations.upgrade(database)
    click.echo(f"The schema is current: {database.url.render_as_string(hide_password=True)}")


@command.command()
def check() -> None:
    """Exit 0 when the schema is the program's."""
    migrations.require_current(Database(config.load().database_url))
    click.echo("The schema is current.")
