"""`campaign contact`: look somebody up; what the profiles on file look like."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from campaign.cli import contact_export
from campaign.cli.contact_find import find
from campaign.cli.opening import reading
from campaign.contacts import places, proposals

# the most frequent ones show what to mend; the rest are single slips of the pen
UNKNOWN_SHOWN = 20


@click.group()
def command() -> None:
    """Look contacts up, what the profiles on file look like, and everything held on one customer."""


command.add_command(contact_export.command, "export")
command.add_command(find)


@command.command()
@click.option("--json", "as_json", is_flag=True, help="JSON instead of sentences.")
def addresses(as_json: bool) -> None:
    """Count postal addresses in Vietnam: of before July 2025, of today, and with a province nobody knows.

    An address is old when its province is one of those that were merged or renamed (`renamed`), or when it
    names a district. Nothing is changed: proposals are answered on the page of proposals.
    """
    with reading() as db:
        found = places.tally(db)
        names = places.unknown_names(db, UNKNOWN_SHOWN)
        unset = proposals.count(db, proposals.FORM)
    if as_json:
        unknown = [{"province": name, "contacts": count} for name, count in names]
        facts = {**asdict(found), "unknown_provinces": unknown, "without_form_of_address": unset}
        click.echo(json.dumps(facts, ensure_ascii=False))
        return
    click.echo(
        f"{found.new} addresses are written as provinces are today; {found.old} are of before July 2025, "
        f"{found.renamed} of them with a province that is gone; {found.unknown} name a province that is "
        f"not known; {found.none} contacts have none, {found.abroad} live abroad."
    )
    for name, count in names:
        click.echo(f"  not known: {name} ({count})")
