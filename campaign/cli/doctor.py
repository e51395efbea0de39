"""`campaign doctor`: look at the installation, and at a sending domain, and say what is wrong."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

import click
from sqlalchemy.exc import SQLAlchemyError

from campaign import config, doctor
from campaign.cli import EXIT_NO
from campaign.cli.opening import reading, writing
from campaign.clock import utc_now
from campaign.config import Settings
from campaign.errors import CampaignError
from campaign.watch.domain import check, keys
from campaign.watch.domain.dkim import Key
from campaign.watch.domain.names import Names
from campaign.watch.domain.remark import Remark, Verdict

MARKS = {Verdict.OK: ("ok", "green"), Verdict.WARN: ("look", "yellow"), Verdict.BAD: ("bad", "red")}


@click.command()
@click.option("--domain", "domains", multiple=True, help="A From domain to check as well; may be repeated.")
@click.option("--selector", "selectors", multiple=True, help="Of a DKIM key; may be repeated.")
@click.option(
    "--from",
    "leaving",
    multiple=True,
    help="An IP address that mail leaves from, instead of CAMPAIGN_SENDING_ADDRESSES.",
)
@click.option("--dns", "server", default="", help="Ask this name server: HOST or HOST:PORT.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def command(
    domains: Sequence[str], selectors: Sequence[str], leaving: Sequence[str], server: str, as_json: bool
) -> None:
    """Look at Python, wheel, state folder, secret key, database, queue, clock, mail in and out, base URL.

    With --domain also at SPF, DKIM, DMARC, the names of the sending addresses, the way back of replies and
    bounces, and the relay's encryption; the page Operations shows what was found. Exit 0 when all is well
    or only worth a look, 1 when something is wrong.
    """
    settings = config.load()
    if leaving:
        settings = replace(settings, sending_addresses=config.addresses(" ".join(leaving)))
    told: list[dict[str, str]] = []
    for remark in doctor.examine(settings):
        _tell(told, "", remark.part, remark.verdict, remark.text, as_json)
    for domain in map(_in_the_dns, domains):
        found = _examine(settings, domain, selectors, server)
        for one in found:
            _tell(told, domain, one.part, one.verdict, one.text(), as_json)
        _keep(domain, found)
    bad = any(one["verdict"] == Verdict.BAD for one in told)
    if as_json:
        click.echo(json.dumps({"ok": not bad, "remarks": told}))
    if bad:
        raise SystemExit(EXIT_NO)


def _in_the_dns(domain: str) -> str:
    """As its name stands there: what was found is kept, and our keys are found, under that."""
    try:
        return domain.encode("idna").decode().lower()
    except UnicodeError as error:
        raise click.BadParameter(f"{domain} is no domain.") from error


def _examine(settings: Settings, domain: str, selectors: Sequence[str], server: str) -> list[Remark]:
    names = Names(server or settings.dns_server)
    known = [*_keys(settings, domain), *map(Key, selectors)]
    return check.examine(settings, names, check.Asked(domain, known), utc_now())


def _keys(settings: Settings, domain: str) -> list[Key]:
    """The relay's alone when the database is away, which has been told of above."""
    try:
        with reading() as db:
            return keys.of(db, settings, domain)
    except (CampaignError, SQLAlchemyError):
        return keys.of_relay(settings)


def _keep(domain: str, found: list[Remark]) -> None:
    """For the pages; a database that is away has been told of above."""
    try:
        with writing() as db:
            check.keep(db, domain, found, utc_now())
    except (CampaignError, SQLAlchemyError) as error:
        click.echo(f"What was found about {domain} could not be kept: {str(error).splitlines()[0]}", err=True)


def _tell(
    told: list[dict[str, str]], domain: str, part: str, verdict: Verdict, text: str, as_json: bool
) -> None:
    told.append({"domain": domain, "part": part, "verdict": verdict.value, "text": text})
    if not as_json:
        word, colour = MARKS[verdict]
        click.echo(f"{click.style(f'{word:<5}', fg=colour)} {part:<9} {text}")
