"""`campaign db`: create, upgrade, back up and restore the database."""

from __future__ import annotations

from contextlib import closing

import click

from campaign import config, migrations
from campaign.cli import backup
from campaign.cli.opening import opened
from campaign.db import Database


@click.group()
def command() -> None:
    """Create, upgrade, back up and restore the database."""


@command.command()
def upgrade() -> None:
    """Bring the database to the newest schema."""
    with closing(Database(config.load().database_url)) as database:
        migrations.upgrade(database)
    click.echo(f"The schema is current: {database.url.render_as_string(hide_password=True)}")


@command.command()
def check() -> None:
    """Exit 0 when the schema is the program's."""
    with opened():
        pass
    click.echo("The schema is current.")


command.add_command(backup.backup_command, "backup")
command.add_command(backup.restore_command, "restore")
command.add_command(backup.unlock_command, "unlock")
command.add_command(backup.join_command, "join")
