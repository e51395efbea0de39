"""One import from upload to result, as a row that pages and commands share."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign import audit
from campaign.contacts.csv_import import encodings, mapping, orders, people
from campaign.contacts.csv_import.outcome import Outcome, Progress, Refusal
from campaign.contacts.csv_import.people import Plan
from campaign.contacts.csv_import.reading import Source, Table, held, open_path
from campaign.errors import InvalidInput, Refused
from campaign.models import Account, Contact, ContactImport, CustomField, ImportKind, ImportState
from campaign.storage import FileStore

PREVIEW_ROWS = 10


@dataclass(frozen=True)
class Preview:
    """One of the first rows as it would be taken: what becomes of it, the contact's facts, or the refusal."""

    number: int
    became: str
    facts: Mapping[str, Any]
    refusal: Refusal | None = None


def upload(
    db: Session,
    files: FileStore,
    *,
    kind: ImportKind,
    file_name: str,
    file: IO[bytes],
    now: datetime,
    account: Account | None = None,
) -> ContactImport:
    """Keep the file and a guess of its mapping; InvalidInput when it is no table."""
    stored = files.put_file(f"imports/{now:%Y%m%dT%H%M%S%f}-{secrets.token_hex(4)}", file)
    try:
        table = open_path(files.path(stored.key))
        rows = sum(1 for _ in table.rows)
    except InvalidInput:
        files.path(stored.key).unlink()
        raise
    custom = {row.key: row.label for row in db.scalars(select(CustomField))}
    made = ContactImport(
        kind=kind, file_name=file_name[-200:], file_key=stored.key, sha256=stored.sha256,
        mapping=_remembered(db, kind, table) or mapping.guess(table.headings, kind, custom),
        options={"encoding": table.encoding, "rows": rows},
        account_id=account.id if account else None, created_at=now,
    )  # fmt: skip
    db.add(made)
    db.flush()
    return made


def source_of(files: FileStore, upload_: ContactImport) -> Source:
    """The file again, in the encoding that was found or chosen."""
    return open_path(files.path(upload_.file_key), upload_.options.get("encoding", ""))


def table_of(files: FileStore, upload_: ContactImport) -> Table:
    """The whole of a file that fits into memory."""
    return held(source_of(files, upload_))


def choose_encoding(db: Session, files: FileStore, upload_: ContactImport, name: str) -> None:
    """Read the file in this encoding from now on, and guess its columns anew."""
    table = open_path(files.path(upload_.file_key), encodings.named(name).name)
    custom = {row.key: row.label for row in db.scalars(select(CustomField))}
    upload_.mapping = _remembered(db, upload_.kind, table) or mapping.guess(
        table.headings, upload_.kind, custom
    )
    upload_.options = upload_.options | {"encoding": name}


def preview(db: Session, table: Table, kind: ImportKind, plan: Plan, *, now: datetime) -> list[Preview]:
    """What would become of the first rows; nothing is kept."""
    first = Table(table.headings, table.rows[:PREVIEW_ROWS], table.encoding, table.separator)
    with _undone(db):
        outcome = _run(db, first, kind, plan, now=now, account=None, progress=lambda done: None)
        shown = [Preview(row.number, became, _facts(db, kind, id_)) for row, became, id_ in outcome.done]
    shown += [Preview(refusal.row.number, "refused", {}, refusal) for refusal in outcome.refusals]
    return sorted(shown, key=lambda row: row.number)


def dry_run(
    db: Session, table: Table, kind: ImportKind, plan: Plan, *, now: datetime, progress: Progress
) -> Outcome:
    """The outcome of the whole file; nothing is kept."""
    with _undone(db):
        return _run(db, table, kind, plan, now=now, account=None, progress=progress)


def finish(
    db: Session,
    table: Table,
    upload_: ContactImport,
    plan: Plan,
    *,
    now: datetime,
    account: Account | None = None,
    progress: Progress = lambda done: None,
) -> Outcome:
    """Take the rows in and keep on the import's row what became of them. Refused a second time.

    `progress` is called between chunks, where everything so far is whole: entry points commit there, so
    that a large file does not keep other writers waiting. What a crash leaves is finished by starting
    again, for the same rows twice change nothing.
    """
    if upload_.state is ImportState.FINISHED:
        raise Refused("contacts-import-finished")
    outcome = _run(db, table, upload_.kind, plan, now=now, account=account, progress=progress)
    upload_.mapping = dict(plan.mapping)
    upload_.options = {
        "source": plan.source, "consent": plan.consent is not None, "headings": list(table.headings)
    }  # fmt: skip
    upload_.counts = outcome.as_counts()
    upload_.refused = [refusal.as_json() for refusal in sorted(outcome.refusals, key=lambda r: r.row.number)]
    upload_.state = ImportState.FINISHED
    db.flush()
    audit.record(
        db, account, "import", "contact_import", upload_.id, now,
        file=upload_.file_name, sha256=upload_.sha256, kind=upload_.kind.value, **outcome.as_counts(),
    )  # fmt: skip
    return outcome


def _run(
    db: Session,
    table: Table,
    kind: ImportKind,
    plan: Plan,
    *,
    now: datetime,
    account: Account | None,
    progress: Progress,
) -> Outcome:
    take = people.run if kind is ImportKind.CONTACTS else orders.run
    return take(db, table, plan, now=now, account=account, progress=progress)


@contextmanager
def _undone(db: Session) -> Iterator[None]:
    savepoint = db.begin_nested()
    try:
        yield
    finally:
        savepoint.rollback()


def _remembered(db: Session, kind: ImportKind, table: Source) -> dict[str, str] | None:
    """The mapping of the last file with these very headings."""
    finished = select(ContactImport).where(
        ContactImport.kind == kind, ContactImport.state == ImportState.FINISHED
    )
    for former in db.scalars(finished.order_by(ContactImport.id.desc()).limit(20)):
        if former.options.get("headings") == list(table.headings):
            return dict(former.mapping)
    return None


def _facts(db: Session, kind: ImportKind, contact_id: int) -> Mapping[str, Any]:
    if kind is ImportKind.ORDERS:
        return {}
    contact = db.get_one(Contact, contact_id)
    return {column.name: getattr(contact, column.name) for column in Contact.__table__.c} | {
        "tags": contact.tags,
        "organisation": contact.organisation.full_name if contact.organisation else "",
    }
