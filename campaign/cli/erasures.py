"""`campaign erasures`: the list of who was erased, so that a restored backup brings nobody back."""

from __future__ import annotations

from pathlib import Path

import click

from campaign import config
from campaign.care import erasure_list
from campaign.cli.opening import reading, writing
from campaign.clock import utc_now
from campaign.links import Addresses, Signer


@click.group()
def command() -> None:
    """The list of who was erased: numbers and keyed hashes, no names.

    The beat keeps it in erasures.json of the state folder. Keep a newer copy than your newest backup with
    your backups, and as well guarded.
    """


@command.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def write(file: Path) -> None:
    """Write the list into FILE."""
    with reading() as db:
        known = erasure_list.of(db)
    erasure_list.write(known, file)
    click.echo(f"{file}: {len(known.entries)} erasures.")


@command.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def apply(file: Path) -> None:
    """Erase again whom the list in FILE names, and let no import bring them back."""
    settings = config.load()
    known = erasure_list.read(file)
    ours = Addresses(Signer(settings.secret_key), settings.base_url, settings.inbound_domain)
    with writing() as db:
        applied = erasure_list.apply(db, known, ours, utc_now())
    click.echo(f"{applied.listed} erasures, {applied.erased} people erased again.")
