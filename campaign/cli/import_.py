"""`campaign import`: contacts or orders from a CSV, TSV or XLSX file, or a ZIP of CSV files."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from rich.progress import Progress
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from campaign import audit, config
from campaign.cli import EXIT_NO, opening
from campaign.clock import utc_now
from campaign.contacts.csv_import import encodings, imports, mapping, planning, running
from campaign.contacts.csv_import.outcome import refused_csv
from campaign.contacts.csv_import.reading import Look
from campaign.contacts.csv_import.rules import Rule
from campaign.db import Database
from campaign.i18n import translate
from campaign.models import (
    ConsentPurpose,
    ContactImport,
    CustomField,
    ImportKind,
    ImportRefusal,
    Sender,
)
from campaign.storage import FileStore

# refused rows that are shown; --refused writes them all
SHOWN = 20
# of a reason, as in the other exports
REASON_LENGTH = 500


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
    help="What a column means; may be given often. Without it headings are guessed. A column without a name "
    "is column:C, by its letter.",
)
@click.option(
    "--encoding",
    type=click.Choice(encodings.names()),
    help="How its letters are written. Without it this is found; TCVN3 and VNI have to be named.",
)
@click.option("--sheet", metavar="NAME", help="Of a workbook; without it the first one that holds something.")
@click.option(
    "--header",
    type=click.IntRange(min=1),
    metavar="ROW",
    help="The row that names the columns. Without it this is found; titles above it are passed over.",
)
@click.option("--source", required=True, help="Where the data come from; kept with each fact.")
@click.option(
    "--rule",
    type=click.Choice([rule.value for rule in Rule]),
    default=Rule.FILE.value,
    show_default=True,
    help="People we know: the file replaces what we had, only fills gaps, or they are kept as they are.",
)
@click.option("--dry-run", is_flag=True, help="Say what would happen and keep nothing.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of sentences.")
@click.option(
    "--refused",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the refused rows with their reasons to this CSV file; say why with --reason.",
)
@click.option(
    "--reason",
    metavar="TEXT",
    help="Why the refused rows are taken out; the audit log keeps it. Write no name and no address.",
)
@click.option(
    "--consent-sender", metavar="NAME", help="Record the consent that came with the file, for this sender."
)
@click.option("--consent-wording", metavar="TEXT", help="The sentence the people agreed to.")
@click.option("--consent-by", metavar="TEXT", help="Who collected it.")
@click.option("--consent-on", type=click.DateTime(["%Y-%m-%d"]), help="When.")
@click.option(
    "--consent-method",
    type=click.Choice(planning.METHODS),
    default="import",
    show_default=True,
    help="How.",
)
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
    sheet: str | None,
    header: int | None,
    source: str,
    rule: str,
    dry_run: bool,
    as_json: bool,
    refused: Path | None,
    reason: str | None,
    consent_sender: str | None,
    consent_wording: str | None,
    consent_by: str | None,
    consent_on: datetime | None,
    consent_method: str,
    purposes: tuple[str, ...],
) -> None:
    """Import contacts or orders from a CSV, TSV or XLSX file, or a ZIP of CSV files.

    The same file twice changes nothing, and nobody who said no is written to again. Exit code 1 when rows
    were refused.
    """
    why = _why(refused, reason)
    settings = config.load()
    files = FileStore(settings.files_dir)
    with opening.opened() as database:
        received = _receive(files, file, ImportKind(kind), Look(encoding or "", sheet or "", header or 0))
        with database.write() as db:
            begun = imports.keep(db, received, utc_now())
            options = {"source": source, "rule": rule}
            if consent_sender:
                options |= _consent(
                    db, consent_sender, consent_wording, consent_by, consent_on, consent_method, purposes
                )
            mapped = _mapping(pairs) or begun.mapping
            custom = [row.key for row in db.scalars(select(CustomField))]
            mapping.check(mapped, tuple(begun.options["headings"]), begun.kind, custom)
            planning.plan_of(db, begun, mapped, options, utc_now())
            (imports.ask_check if dry_run else imports.ask_run_at_once)(begun, mapped, options)
        _work(database, files, begun, settings.secret_key, quiet=as_json)
        with database.read() as db:
            told = _told(db, begun.id, every=as_json)
        if refused and told.refused:
            _write_refused(database, begun, refused, why)
        if dry_run:
            _forget(database, files, begun.id)
    _show(told, dry_run=dry_run, as_json=as_json)
    if told.error or told.refused:
        sys.exit(EXIT_NO)


def _receive(files: FileStore, file: Path, kind: ImportKind, look: Look) -> imports.Received:
    with file.open("rb") as opened:
        return imports.receive(files, kind=kind, file_name=file.name, file=opened, now=utc_now(), look=look)


def _work(database: Database, files: FileStore, begun: ContactImport, secret: bytes, *, quiet: bool) -> None:
    with Progress(transient=True, disable=quiet or not sys.stderr.isatty()) as bar:
        task = bar.add_task("Importing", total=begun.options["rows"])

        def tell(done: int) -> None:
            bar.advance(task, done)

        running.work(running.Work(database, files, begun.id, utc_now, tell=tell, secret=secret))


@dataclass(frozen=True)
class _Told:
    """What came of it."""

    counts: dict[str, int]
    refused: list[ImportRefusal]
    """The first of them."""
    error: dict[str, Any]


def _told(db: Session, import_id: int, *, every: bool) -> _Told:
    begun = db.get_one(ContactImport, import_id)
    return _Told(begun.counts, imports.refusals(db, begun, None if every else SHOWN), begun.error)


def _why(refused: Path | None, reason: str | None) -> str:
    """The reason for the log; nothing leaves the house without one."""
    why = (reason or "").strip()
    if refused and not why:
        raise click.UsageError("--refused takes rows of customers out: say why with --reason.")
    return why[:REASON_LENGTH]


def _write_refused(database: Database, begun: ContactImport, path: Path, why: str) -> None:
    """Line by line, for it may be a million; the entry in the log is there before."""
    with database.write() as db:
        detail = {"reason": why, "file": path.name, "by": "command line"}
        audit.record(db, None, "export.refused", "contact_import", begun.id, utc_now(), **detail)
    with database.read() as db, path.open("w", encoding="utf-8", newline="") as out:
        out.writelines(refused_csv(begun.options["headings"], imports.each_refusal(db, begun.id), "en"))


def _forget(database: Database, files: FileStore, import_id: int) -> None:
    """A dry run leaves nothing behind."""
    with database.write() as db:
        begun = db.get_one(ContactImport, import_id)
        db.execute(delete(ImportRefusal).where(ImportRefusal.import_id == import_id))
        db.delete(begun)
        files.path(begun.file_key).unlink(missing_ok=True)


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
    method: str,
    purposes: tuple[str, ...],
) -> dict[str, Any]:
    sender = db.scalar(select(Sender).where(Sender.name == sender_name))
    if sender is None:
        raise click.BadParameter(f"there is no sender {sender_name!r}", param_hint="--consent-sender")
    if not wording or not by or on is None:
        raise click.UsageError("A consent needs --consent-wording, --consent-by and --consent-on.")
    return {
        "consent": "yes", "sender_id": str(sender.id), "wording": wording, "collected_by": by,
        "collected_on": f"{on:%Y-%m-%d}", "method": method, "purposes": list(purposes),
    }  # fmt: skip


def _show(told: _Told, *, dry_run: bool, as_json: bool) -> None:
    if told.error:
        raise click.ClickException(translate("en", told.error["key"], **told.error["values"]))
    reasons = [(entry.row, translate("en", entry.reason, **entry.values)) for entry in told.refused]
    if as_json:
        refusals = [{"row": row, "reason": reason} for row, reason in reasons]
        click.echo(json.dumps({"dry_run": dry_run, **told.counts, "refusals": refusals}, ensure_ascii=False))
        return
    if dry_run:
        click.echo("Nothing was kept; this is what would happen:")
    click.echo(
        "{rows} rows: {created} created, {changed} changed, {merged} merged, {unchanged} unchanged, "
        "{refused} refused.".format(**told.counts)
    )
    if told.counts["consents"] or told.counts["kept_silent"]:
        click.echo(
            "{consents} consents recorded; {kept_silent} people who said no stay silent.".format(
                **told.counts
            )
        )
    for row, reason in reasons[:SHOWN]:
        click.echo(f"  row {row}: {reason}")
    if told.counts["refused"] > SHOWN:
        more = told.counts["refused"] - SHOWN
        click.echo(f"  ... and {more} more; --refused FILE --reason TEXT writes them all.")
