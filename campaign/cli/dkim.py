"""`campaign dkim`: the keys that sign mail, from the first to the retired."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime

import click

from campaign import config
from campaign.cli.opening import reading, writing
from campaign.clock import utc_now
from campaign.dispatch.dkim import dns, keys
from campaign.models import DkimAlgorithm, DkimKey

ALGORITHM = click.Choice([algorithm.value for algorithm in DkimAlgorithm])
JSON = click.option("--json", "as_json", is_flag=True, help="JSON.")


@click.group()
def command() -> None:
    """The keys that sign mail (DKIM).

    \b
    campaign dkim new example.com                 makes a key and prints the DNS record to publish
    campaign dkim activate example.com SELECTOR   looks for the record; from then on the key signs
    Rotate by the same two steps: the key before is retired by the second. Its record stays for a week.
    A second key with --algorithm ed25519 signs beside the RSA key.
    """


@command.command()
@click.argument("domain")
@click.option("--algorithm", type=ALGORITHM, default="rsa", show_default=True)
@JSON
def new(domain: str, algorithm: str, as_json: bool) -> None:
    """Make a key for DOMAIN and show the record to publish. It does not sign yet."""
    with writing() as db:
        key = keys.new(db, None, domain, DkimAlgorithm(algorithm), config.load().secret_key, utc_now())
        found = _facts(key)
    if as_json:
        click.echo(json.dumps(found))
        return
    click.echo(f"{keys.zone_line(key)}\n")
    click.echo(f"Publish this record, then: campaign dkim activate {key.domain} {key.selector}")


@command.command("list")
@JSON
def list_(as_json: bool) -> None:
    """All keys and their states."""
    with reading() as db:
        found = [_facts(key) for key in keys.everything(db)]
    if as_json:
        click.echo(json.dumps(found, indent=2))
    elif not found:
        click.echo("No keys: mail leaves unsigned. Make the first: campaign dkim new DOMAIN")
    for line in [] if as_json else found:
        until = f"  record needed until {line['record_until']}" if line["record_until"] else ""
        click.echo(
            f"{line['domain']:<28} {line['selector']:<12} {line['algorithm']:<8} {line['state']}{until}"
        )


@command.command()
@click.argument("domain")
@click.argument("selector")
@JSON
def record(domain: str, selector: str, as_json: bool) -> None:
    """The DNS TXT record of a key, as a line of a zone file."""
    with reading() as db:
        key = keys.get(db, selector, domain)
    click.echo(json.dumps(_facts(key)) if as_json else keys.zone_line(key))


@command.command()
@click.argument("domain")
@click.argument("selector")
@JSON
def activate(domain: str, selector: str, as_json: bool) -> None:
    """Let a key sign, and retire the one before. Exit 1 while its record is not in the DNS."""
    _move(domain, selector, as_json, lambda db, key, now: keys.activate(db, None, key, dns.texts, now))


@command.command()
@click.argument("domain")
@click.argument("selector")
@JSON
def retire(domain: str, selector: str, as_json: bool) -> None:
    """Stop signing with a key, for good. Leave its record in the DNS for a week."""
    _move(domain, selector, as_json, lambda db, key, now: keys.retire(db, None, key, now))


def _move(domain: str, selector: str, as_json: bool, act: Callable[..., None]) -> None:
    with writing() as db:
        key = keys.get(db, selector, domain)
        act(db, key, utc_now())
        found = _facts(key)
    click.echo(json.dumps(found) if as_json else f"{found['name']}: {found['state']}")


def _facts(key: DkimKey) -> dict[str, object]:
    return {
        "domain": key.domain,
        "selector": key.selector,
        "algorithm": key.algorithm.value,
        "state": key.state.value,
        "name": keys.record_name(key),
        "record": keys.record(key),
        "created_at": _text(key.created_at),
        "published_at": _text(key.published_at),
        "activated_at": _text(key.activated_at),
        "retired_at": _text(key.retired_at),
        "record_until": _text(keys.record_until(key)),
    }


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
