"""`campaign retention`: what has been kept long enough."""

from __future__ import annotations

import json

import click

from campaign import config
from campaign.care import retention
from campaign.cli.opening import opened
from campaign.clock import utc_now
from campaign.i18n import translate
from campaign.storage import FileStore


@click.command()
@click.option("--dry-run", is_flag=True, help="Say what would go and keep it.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def command(dry_run: bool, as_json: bool) -> None:
    """Clear what has been kept longer than the house's rules say; a worker does so once a day.

    The rules stand on the page /retention. Consent, refusals and the audit log are never cleared, and people
    are only proposed for erasure. What a running mailing, an open reply or an unknown outcome needs is kept.
    """
    settings = config.load()
    with opened() as database:
        with database.read() as db:
            days = retention.read(db)
            silent = retention.count_silent(db, utc_now(), days[retention.SILENT])
            counts = retention.would(db, utc_now())
        if not dry_run:
            counts = retention.apply(database, FileStore(settings.files_dir), utc_now)
    if as_json:
        told = {"dry_run": dry_run, "counts": counts, "days": days, "proposed": silent}
        click.echo(json.dumps(told))
        return
    for name, count in counts.items():
        words = translate("en", f"retention-kind-{name}")
        words = words.removesuffix(" (days)")
        if days[name] is None:
            click.echo(f"{words}: kept")
        else:
            click.echo(f"{words} (after {days[name]} days): {count:,} {'would go' if dry_run else 'gone'}")
    click.echo(f"{silent:,} people are proposed for erasure; a person decides.")
