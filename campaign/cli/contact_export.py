"""`campaign contact export`: everything held on one person."""

from __future__ import annotations

import os
from pathlib import Path

import click
from sqlalchemy import select

from campaign import audit, config
from campaign.cli.opening import opened
from campaign.clock import utc_now
from campaign.errors import NotFound, SetupError
from campaign.models import Contact
from campaign.report.person import archive


@click.command()
@click.argument("code")
@click.option("--reason", required=True, help="Why; the audit log keeps it. Write no name and no address.")
@click.option(
    "--out",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="A ZIP, overwriting nothing.",
)
def command(code: str, reason: str, file: Path) -> None:
    """Write everything held on the customer with CODE into a ZIP: a page to read and JSON beside it."""
    if not reason.strip():
        raise click.UsageError("--reason says why; it is empty.")
    settings, now = config.load(), utc_now()
    with opened() as database:
        with database.write() as db:
            id_ = db.scalar(select(Contact.id).where(Contact.code == code))
            if id_ is None:
                raise NotFound(f"There is no customer with the code {code!r}.")
            detail = {"reason": reason.strip()[:500], "file": file.name, "by": "command line"}
            audit.record(db, None, "export.person", "contact", id_, now, **detail)
        try:
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            raise SetupError(f"{file} is there already; an export overwrites nothing.") from None
        with os.fdopen(descriptor, "wb") as out, database.read() as db:
            for piece in archive.pieces(db, settings, db.get_one(Contact, id_), now):
                out.write(piece)
    click.echo(f"{file}: {file.stat().st_size:,} bytes.")
