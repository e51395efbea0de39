"""`campaign verify-evidence`: whether a pack still says what was signed. Needs nothing but the file."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from campaign.approval.evidence.verify import Unreadable, verify
from campaign.cli import EXIT_NO


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--key", default="", help="Fingerprint of the key that must have signed it, or a file with it.")
@click.option("--json", "as_json", is_flag=True, help="JSON instead of sentences.")
def command(file: Path, key: str, as_json: bool) -> None:
    """Verify an evidence pack (JSON, PDF or ZIP) without database or network.

    Exit codes: 0 verified, 1 something differs from what was signed, 2 the file is no evidence pack.
    """
    trusted = Path(key).read_text(encoding="utf-8").strip() if key and Path(key).is_file() else key.strip()
    try:
        report = verify(file.read_bytes(), trusted.lower())
    except Unreadable as error:
        raise click.UsageError(f"{file}: {error}") from error
    if as_json:
        found = {"verified": report.verified, "broken": report.broken, "root": report.root}
        click.echo(json.dumps(found | {"key": report.fingerprint, "key_checked": report.key_checked}))
    elif report.verified:
        click.echo(f"Verified: {report.root}")
        click.echo(f"Signed by the key {report.fingerprint}")
        if not report.key_checked:
            click.echo("Compare that fingerprint with the one on the administrator's page, or give --key.")
    else:
        click.echo("NOT what was signed:")
        for line in report.broken:
            click.echo(f"  {line}")
    if not report.verified:
        sys.exit(EXIT_NO)
