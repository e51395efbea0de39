"""`campaign report`: the numbers of one campaign."""

from __future__ import annotations

import json
from contextlib import closing

import click
from rich.console import Console
from rich.table import Table
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign import audit, config
from campaign.clock import utc_now
from campaign.db import Database
from campaign.errors import NotFound
from campaign.i18n import translate
from campaign.models import Campaign
from campaign.report import compare, export, numbers
from campaign.report.numbers import Numbers


@click.command()
@click.argument("campaign")
@click.option("--json", "form", flag_value="json", help="One JSON object.")
@click.option("--csv", "form", flag_value="csv", help="One row per recipient and channel; needs --reason.")
@click.option("--reason", help="Why the recipients' addresses leave the house; the audit log keeps it.")
def command(campaign: str, form: str | None, reason: str | None) -> None:
    """Numbers of CAMPAIGN (its number or its exact name), both channels side by side."""
    if form == "csv" and not (reason or "").strip():
        raise click.UsageError("--csv takes people's addresses out: say why with --reason.")
    with closing(Database(config.load().database_url)) as database, database.read() as db:
        found = find(db, campaign)
        counted = numbers.of_campaign(db, found.id)
        if form == "json":
            facts = {"campaign": found.id, "name": found.name, "state": found.state.value}
            click.echo(json.dumps(facts | counted.to_json() | _groups(db, found), ensure_ascii=False))
        elif form == "csv":
            _record(database, found, (reason or "").strip())
            for lines in export.deliveries(db, found.id):
                click.echo(lines, nl=False)
        else:
            _print(found, counted)


def _record(database: Database, campaign: Campaign, reason: str) -> None:
    with database.write() as db:
        detail = {"reason": reason, "by": "command line"}
        audit.record(db, None, "export.recipients", "campaign", campaign.id, utc_now(), **detail)


def find(db: Session, name: str) -> Campaign:
    """By its number or its exact name, the newest of that name; NotFound."""
    if name.isdecimal() and len(name) < 19:
        by_number = db.get(Campaign, int(name))
        if by_number is not None:
            return by_number
    by_name = db.scalars(select(Campaign).where(Campaign.name == name).order_by(Campaign.id.desc())).first()
    if by_name is None:
        raise NotFound(f"There is no campaign {name!r}.")
    return by_name


def _groups(db: Session, campaign: Campaign) -> dict[str, object]:
    """The arms of a test and the people held out, where there are any."""
    arms, held_out = compare.arms_of(db, campaign.id), compare.held_out(db, campaign.id)
    return ({"test": arms.to_json()} if arms else {}) | ({"held_out": held_out.to_json()} if held_out else {})


def _print(campaign: Campaign, counted: Numbers) -> None:
    table = Table(title=campaign.name, title_justify="left")
    table.add_column("")
    for channel in counted.channels:
        table.add_column(translate("en", f"report-table-{channel}"), justify="right")
    table.add_column(translate("en", "report-table-total"), justify="right")
    for name, total in vars(counted.total).items():
        cells = [f"{getattr(one, name):,}" for one in counted.channels.values()]
        table.add_row(translate("en", f"report-number-{name}"), *cells, f"{total:,}")
    console = Console()
    console.print(table)
    if counted.people:
        sentence = translate("en", "report-sentence", responded=counted.responded, people=counted.people)
        rate = translate("en", "report-sentence-rate", rate=f"{counted.response_rate:.1%}")
        console.print(f"{sentence} {rate}")
    if counted.counted_until:
        console.print(translate("en", "report-counted-until", day=f"{counted.counted_until:%Y-%m-%d}"))
