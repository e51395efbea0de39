"""`campaign import`: contacts or orders from a CSV, TSV or XLSX file."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
from rich.progress import Progress
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign import config
from campaign.cli import EXIT_NO, opening
from campaign.clock import utc_now
from campaign.contacts.consent import Terms
from campaign.contacts.csv_import import encodings, imports
from campaign.contacts.csv_import.consents import Collected
from campaign.contacts.csv_import.outcome import Outcome, refused_csv
from campaign.contacts.csv_import.people import Plan
from campaign.contacts.csv_import.reading import Table
from campaign.i18n import translate
from campaign.models import Channel, ConsentPurpose, ContactImport, ImportKind, Sender
from campaign.storage import FileStore


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--kind", type=click.Choice([kind.value for kind in ImportKind]), default="contacts", show_default=True
)
@click.option(
    "--map",
    "pairs",
    multiple=True,
    metavar="HEADING=FIELD",
    help="What a column means; may be given often. Without it headings are guessed.",
)
@click.option(
    "--encoding",
    type=click.Choice(encodings.names()),
    help="How its letters are written. Without it this is found; TCVN3 and VNI have to be named.",
)
@click.option("--source", required=True, help="Where the data come from; kept with each fact.")
@click.option("--dry-run", is_flag=True, help="Say what would happen and keep nothing.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of sentences.")
@click.option(
    "--refused",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the refused rows with their reasons to this CSV file.",
)
@click.option(
    "--consent-sender", metavar="NAME", help="Record the consent that came with the file, for this sender."
)
@click.option("--consent-wording", metavar="TEXT", help="The sentence the people agreed to.")
@click.option("--consent-by", metavar="TEXT", help="Who collected it.")
@click.option("--consent-on", type=click.DateTime(["%Y-%m-%d"]), help="When.")
@click.option(
    "--consent-purpose",
    "purposes",
    multiple=True,
    type=click.Choice([purpose.value for purpose in ConsentPurpose]),
    default=["marketing"],
    show_default=True,
)
def command(
    file: Path,
    kind: str,
    pairs: tuple[str, ...],
    encoding: str | None,
    source: str,
    dry_run: bool,
    as_json: bool,
    refused: Path | None,
    consent_sender: str | None,
    consent_wording: str | None,
    consent_by: str | None,
    consent_on: datetime | None,
    purposes: tuple[str, ...],
) -> None:
    """Import contacts or orders from a CSV, TSV or XLSX file.

    The same file twice changes nothing, and nobody who said no is written to again. Exit code 1 when rows
    were refused.
    """
    settings = config.load()
    files = FileStore(settings.files_dir)
    now = utc_now()
    with opening.opened() as database, database.session() as db:
        with file.open("rb") as opened:
            begun = imports.upload(
                db, files, kind=ImportKind(kind), file_name=file.name, file=opened, now=now
            )
        if encoding:
            imports.choose_encoding(db, files, begun, encoding)
        table = imports.table_of(files, begun)
        consent = None
        if consent_sender:
            consent = _consent(db, consent_sender, consent_wording, consent_by, consent_on, purposes)
        plan = Plan(_mapping(pairs) or begun.mapping, source, consent)
        outcome = _run(db, begun, table, plan, now, dry_run=dry_run, quiet=as_json)
        if dry_run:
            db.delete(begun)
            files.path(begun.file_key).unlink(missing_ok=True)
        db.commit()
    if refused and outcome.refusals:
        entries = [refusal.as_json() for refusal in outcome.refusals]
        refused.write_bytes(refused_csv(list(table.headings), entries, "en"))
    _show(outcome, dry_run=dry_run, as_json=as_json)
    if outcome.refusals:
        sys.exit(EXIT_NO)


def _run(
    db: Session, begun: ContactImport, table: Table, plan: Plan, now: datetime, *, dry_run: bool, quiet: bool
) -> Outcome:
    with Progress(transient=True, disable=quiet or not sys.stderr.isatty()) as bar:
        task = bar.add_task("Importing", total=len(table.rows))

        def progress(done: int) -> None:
            bar.advance(task, done)
            if not dry_run:
                db.commit()  # other writers get their turn between chunks

        if dry_run:
            return imports.dry_run(db, table, begun.kind, plan, now=now, progress=progress)
        return imports.finish(db, table, begun, plan, now=now, progress=progress)


def _mapping(pairs: tuple[str, ...]) -> dict[str, str]:
    mapped = {}
    for pair in pairs:
        heading, sign, field = pair.rpartition("=")
        if not sign:
            raise click.BadParameter(f"{pair!r} is not of the form HEADING=FIELD", param_hint="--map")
        mapped[heading.strip()] = field.strip()
    return mapped


def _consent(
    db: Session,
    sender_name: str,
    wording: str | None,
    by: str | None,
    on: datetime | None,
    purposes: tuple[str, ...],
) -> Collected:
    sender = db.scalar(select(Sender).where(Sender.name == sender_name))
    if sender is None:
        raise click.BadParameter(f"there is no sender {sender_name!r}", param_hint="--consent-sender")
    if not wording or not by or on is None:
        raise click.UsageError("A consent needs --consent-wording, --consent-by and --consent-on.")
    at = on.replace(tzinfo=UTC)
    if at > utc_now() + timedelta(days=1):
        raise click.BadParameter("lies in the future", param_hint="--consent-on")
    words = tuple(ConsentPurpose(purpose) for purpose in purposes)
    return Collected(sender.id, (Channel.EMAIL,), words, Terms(wording, method="import"), by, at)


def _show(outcome: Outcome, *, dry_run: bool, as_json: bool) -> None:
    counts = outcome.as_counts()
    if as_json:
        refusals = [
            {"row": refusal.row.number, "reason": translate("en", refusal.reason, **refusal.values)}
            for refusal in outcome.refusals
        ]
        click.echo(json.dumps({"dry_run": dry_run, **counts, "refusals": refusals}, ensure_ascii=False))
        return
    if dry_run:
        click.echo("Nothing was kept; this is what would happen:")
    click.echo(
        f"{counts['rows']} rows: {counts['created']} created, {counts['changed']} changed, "
        f"{counts['unchanged']} unchanged, {counts['refused']} refused."
    )
    if counts["consents"] or counts["kept_silent"]:
        click.echo(
            f"{counts['consents']} consents recorded; {counts['kept_silent']} people who said no stay silent."
        )
    for refusal in outcome.refusals[:20]:
        click.echo(f"  row {refusal.row.number}: {translate('en', refusal.reason, **refusal.values)}")
    if len(outcome.refusals) > 20:
        click.echo(f"  ... and {len(outcome.refusals) - 20} more; --refused FILE writes them all.")
