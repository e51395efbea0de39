"""`campaign db backup`, `restore`, `unlock`, `join`."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

import click

from campaign import audit, config, supervisor
from campaign.backup import make, restore
from campaign.backup.sealed import Secret
from campaign.campaigns import unlock as unlocking
from campaign.cli.opening import opened, writing
from campaign.clock import utc_now
from campaign.db import Database
from campaign.dispatch import lock
from campaign.errors import SetupError

PASSPHRASE_VARIABLE = "CAMPAIGN_BACKUP_PASSPHRASE"  # noqa: S105 (its name)
file_argument = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
key_option = click.option(
    "--key-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Made by openssl rand -hex 32.",
)
passphrase_option = click.option(
    "--passphrase-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=f"Its first line; or set {PASSPHRASE_VARIABLE}.",
)


@click.command()
@file_argument
@key_option
@passphrase_option
def backup_command(file: Path, key_file: Path | None, passphrase_file: Path | None) -> None:
    """Write database and stored files into FILE, as of one moment, while everything runs.

    Encrypted when a passphrase or a key file is given. The secret key and the key of the evidence are not
    in it: keep them apart.
    """
    secret = _secret(key_file, passphrase_file)
    settings = config.load()
    with opened() as database:
        manifest = make.backup(database, settings, file, secret, utc_now())
    rows = sum(manifest.counts.values())
    click.echo(f"{file}: {rows:,} rows, {len(manifest.members) - 1} files, as of {manifest.made_at}")
    if secret is None:
        click.echo("It is not encrypted and holds personal data: --passphrase-file or --key-file.", err=True)


@click.command()
@file_argument
@key_option
@passphrase_option
@click.option("--replace", is_flag=True, help="Give up the data that are there.")
@click.option("--check", is_flag=True, help="Read and verify only; nothing is restored.")
@click.option(
    "--erasures",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A list of `campaign erasures write`: whom it names is erased again.",
)
def restore_command(
    file: Path,
    key_file: Path | None,
    passphrase_file: Path | None,
    replace: bool,
    check: bool,
    erasures: Path | None,
) -> None:
    """Put the backup FILE in the place of database and stored files; the programs are stopped before.

    Whoever was erased after the backup is erased again: the database that is replaced and the file
    erasures.json of the state folder say who; on another machine bring the list with --erasures.

    Sending stays locked until a person confirms: campaign db unlock, or the page Operations.
    """
    secret = _secret(key_file, passphrase_file)
    settings = config.load()
    if check:
        manifest = restore.check(file, secret)
        click.echo(f"{file} is whole: {sum(manifest.counts.values()):,} rows as of {manifest.made_at}")
        return
    with supervisor.only_one(settings), closing(Database(settings.database_url)) as database:
        restored = restore.restore(
            database, settings, file, secret, utc_now(), replace=replace, erasures=erasures
        )
    manifest = restored.manifest
    click.echo(f"Restored: {sum(manifest.counts.values()):,} rows as of {manifest.made_at}.")
    if restored.erasures_known:
        click.echo(f"{restored.erased_again} people erased since were erased again.")
    else:
        click.echo(
            f"No list of erasures was found. Whoever was erased after {manifest.made_at} is back: "
            "campaign erasures apply FILE, or erase them by hand, before you open sending.",
            err=True,
        )
    click.echo("Sending is locked. Look at it, then: campaign db unlock")


@click.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
def unlock_command(yes: bool) -> None:
    """Let this installation send from its restored or copied database.

    Mailings under way are paused, what senders held at the backup becomes unknown: what was sent after
    the backup this database does not know. Resume or cancel each mailing on its page.
    """
    settings = config.load()
    with writing() as db:
        if locked := lock.look(db, settings):
            found = unlocking.in_flight(db)
            click.echo(locked.sentence, err=True)
            click.echo(
                f"{found.mailings} mailings would be paused ({found.waiting} recipients wait), {found.held} "
                f"deliveries become unknown, {found.scheduled} campaigns start at their time.",
                err=True,
            )
            if not yes:
                click.confirm("No other installation sends from these data any more?", abort=True, err=True)
        unlocking.unlock(db, settings, None, utc_now())
    click.echo("Sending is open.")


@click.command()
def join_command() -> None:
    """Make this host one of the installation that the database belongs to.

    For a further host with a state folder of its own; CAMPAIGN_SYSTEM_ID does the same.
    """
    settings = config.load()
    if settings.given_system_id:
        raise SetupError("CAMPAIGN_SYSTEM_ID says which installation this host is of; change it there.")
    with writing() as db:
        owner = lock.owner(db)
        if not owner:
            raise SetupError("The database belongs to nobody; start a first host, or campaign db unlock.")
        settings.system_id_file.unlink(missing_ok=True)
        config.write_once(settings.system_id_file, owner)
        audit.record(db, None, "installation.join", "host", os.uname().nodename, utc_now())
    click.echo(f"This host belongs to installation {owner}.")


def _secret(key_file: Path | None, passphrase_file: Path | None) -> Secret | None:
    if key_file:
        return Secret(key=key_file.read_bytes().strip())
    words = (
        passphrase_file.read_text().partition("\n")[0]
        if passphrase_file
        else os.environ.get(PASSPHRASE_VARIABLE)
    )
    return Secret(passphrase=words.encode()) if words else None
