"""`campaign segment export|import`: a segment as a JSON file, or its people as CSV."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import NoReturn

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.cli import EXIT_NO, segment_people
from campaign.cli.opening import opened, reading
from campaign.clock import utc_now
from campaign.errors import InvalidInput, NotFound
from campaign.i18n import translate
from campaign.models import Account, AccountRole, Role
from campaign.segments import exchange, saved
from campaign.segments.wording import describe


@click.command()
@click.argument("name")
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), help="A file instead of the screen."
)
@click.option(
    "--people", is_flag=True, help="The people of today as CSV instead of the rule; needs --reason."
)
@click.option(
    "--reason",
    help="Why people leave the house; means --people. The audit log keeps it: write no name and no address.",
)
def export(name: str, output: Path | None, people: bool, reason: str | None) -> None:
    """Write a segment as JSON, which `campaign segment import` reads here or elsewhere; or its people as CSV.

    A file of people overwrites nothing and can be read by its owner alone.
    """
    if people or reason is not None:
        segment_people.write(name, output, (reason or "").strip())
        return
    with reading() as db:
        text = exchange.text_of(exchange.write(db, segment_people.named(db, name)))
    if output is None:
        click.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8")


@click.command("import")
@click.argument("file", type=click.File("rb"))
@click.option("--name", help="Instead of the name in the file.")
@click.option("--as", "email", help="Whose segment it becomes; the first administrator's by default.")
@click.option("--check", is_flag=True, help="Only say what the file asks for; keep nothing.")
@click.option("--json", "as_json", is_flag=True, help="JSON instead of sentences, also of an error.")
def import_(file: io.BufferedReader, name: str | None, email: str | None, check: bool, as_json: bool) -> None:
    """Read a segment from a JSON file and keep it; - is standard input.

    Exit 1, with the place in the file, when it is not as it must be.
    """
    with opened() as database, database.session() as db:
        try:
            read = exchange.read(db, file.read(exchange.BYTES_LIMIT + 1))
            sentence = describe(read.rule, "en", saved.names_for(db))
            called = name or read.name
            if not check:
                called = saved.save(
                    db, None, name=called, description=read.description, rule=read.rule,
                    account=_author(db, email), now=utc_now(),
                ).name  # fmt: skip
                db.commit()
        except InvalidInput as error:
            _refuse(error, as_json)
    told = {"segment": called, "says": sentence, "kept": not check}
    click.echo(json.dumps(told, ensure_ascii=False) if as_json else f"{called}: {sentence}")


def _refuse(error: InvalidInput, as_json: bool) -> NoReturn:
    place = getattr(error, "place", "") or error.field or ""
    words = translate("en", error.key, **error.values)
    if as_json:
        click.echo(json.dumps({"error": error.key, "place": place, "says": words}, ensure_ascii=False))
    else:
        click.echo(f"{place}: {words}" if place else words, err=True)
    raise SystemExit(EXIT_NO)


def _author(db: Session, email: str | None) -> Account:
    accounts = select(Account).order_by(Account.id)
    if email:
        accounts = accounts.where(Account.email == email)
    else:
        accounts = accounts.join(AccountRole).where(AccountRole.role == Role.ADMIN, Account.active)
    account = db.scalars(accounts.limit(1)).first()
    if account is None:
        raise NotFound(
            f"There is nobody with the address {email}." if email else "There is no administrator."
        )
    return account
