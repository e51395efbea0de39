"""One import from upload to result, as a row that pages, commands and workers share.

Uploaded, checked (nothing is kept), run, and undone if need be; `running` does the long parts.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign import audit
from campaign.contacts.csv_import import encodings, mapping, order_undo
from campaign.contacts.csv_import.reading import AS_IT_IS, Look, Source, open_path
from campaign.errors import InvalidInput, Refused
from campaign.models import (
    Account,
    ContactImport,
    CustomField,
    ImportKind,
    ImportRefusal,
    ImportState,
)
from campaign.storage import FileStore, StoredFile

State = ImportState
ROWS_AT_ONCE = 1_000


@dataclass(frozen=True)
class Received:
    """An uploaded file that was read from end to end and is a table."""

    kind: ImportKind
    file_name: str
    stored: StoredFile
    table: Source
    rows: int


def receive(
    files: FileStore,
    *,
    kind: ImportKind,
    file_name: str,
    file: IO[bytes],
    now: datetime,
    look: Look = AS_IT_IS,
) -> Received:
    """Keep the file and read it once; InvalidInput when it is no table. A large one takes half a minute, so
    this asks for no database: SQLite has one writer."""
    stored = files.put_file(f"imports/{now:%Y%m%dT%H%M%S%f}-{secrets.token_hex(4)}", file)
    try:
        table = open_path(files.path(stored.key), look)
        rows = sum(1 for _ in table.rows)
    except InvalidInput:
        files.path(stored.key).unlink()
        raise
    return Received(kind, file_name, stored, table, rows)


def keep(db: Session, received: Received, now: datetime, account: Account | None = None) -> ContactImport:
    """The row of an import, with a guess of its mapping."""
    made = ContactImport(
        kind=received.kind, file_name=received.file_name[-200:], file_key=received.stored.key,
        sha256=received.stored.sha256, account_id=account.id if account else None, created_at=now,
    )  # fmt: skip
    describe(db, made, received.table, received.rows)
    db.add(made)
    db.flush()
    return made


def upload(
    db: Session, files: FileStore, *, now: datetime, account: Account | None = None, **file: Any
) -> ContactImport:
    """Both, where nobody waits for the database."""
    return keep(db, receive(files, now=now, **file), now, account)


def read_again(files: FileStore, begun: ContactImport, look: Look) -> tuple[Source, int]:
    """The file as it is to be read from now on, and its rows; for `describe`. InvalidInput when that makes no
    table of it. Asks for no database."""
    table = open_path(files.path(begun.file_key), look)
    return table, sum(1 for _ in table.rows)


def describe(db: Session, begun: ContactImport, table: Source, rows: int) -> None:
    """How the file is read, and a guess of its columns."""
    custom = {row.key: row.label for row in db.scalars(select(CustomField))}
    begun.signature = signature(table.headings)
    known = _remembered(db, begun)
    begun.mapping = dict(known.mapping) if known else mapping.guess(table.headings, begun.kind, custom)
    begun.options = {
        "encoding": table.encoding, "sheet": table.sheet, "header": table.header, "rows": rows,
        "headings": list(table.headings),
        "rule": known.options.get("rule", "") if known else "",
    }  # fmt: skip


def signature(headings: tuple[str, ...]) -> str:
    """What files of one source have in common: their headings, in their order."""
    return hashlib.sha256("\x1f".join(headings).encode()).hexdigest()


def _remembered(db: Session, begun: ContactImport) -> ContactImport | None:
    """The last file of that source."""
    former = select(ContactImport).where(
        ContactImport.kind == begun.kind,
        ContactImport.signature == begun.signature,
        ContactImport.state.in_((State.FINISHED, State.UNDONE)),
    )
    return db.scalar(former.order_by(ContactImport.id.desc()).limit(1))


def source_of(files: FileStore, begun: ContactImport) -> Source:
    """The file again, read as was found or chosen."""
    return open_path(files.path(begun.file_key), look_of(begun))


def look_of(begun: ContactImport) -> Look:
    """How the file is read by now."""
    encoding = begun.options.get("encoding", "")
    sheet, header = begun.options.get("sheet", ""), begun.options.get("header", 0)
    return Look(encoding if encoding in encodings.names() else "", sheet, header)


def ask_check(begun: ContactImport, mapped: Mapping[str, str], options: Mapping[str, Any]) -> None:
    """These are the decisions: a worker finds out what would happen. Refused when it is too late for that."""
    _require(begun, State.UPLOADED, State.CHECKING, State.CHECKED)
    begun.mapping, begun.options = dict(mapped), begun.options | dict(options)
    _start(begun, State.CHECKING)


def ask_run(begun: ContactImport) -> None:
    """Take the file in. Refused a second time."""
    _require(begun, State.UPLOADED, State.CHECKED)
    _start(begun, State.RUNNING)


def ask_run_at_once(begun: ContactImport, mapped: Mapping[str, str], options: Mapping[str, Any]) -> None:
    """Take the file in without a check before: for commands."""
    ask_check(begun, mapped, options)
    _start(begun, State.RUNNING)


def ask_undo(db: Session, begun: ContactImport, now: datetime, account: Account | None = None) -> None:
    """Take back what the import did; also of one that stopped halfway."""
    require_undo(db, begun)
    _start(begun, State.UNDOING)
    audit.record(db, account, "undo_import", "contact_import", begun.id, now, file=begun.file_name)


def require_undo(db: Session, begun: ContactImport) -> None:
    """Refused when it cannot be taken back, or was already."""
    if begun.kind is ImportKind.ORDERS and not order_undo.can(db, begun):
        raise Refused("contacts-import-no-undo-orders")
    _require(begun, State.FINISHED)


def _require(begun: ContactImport, *states: ImportState) -> None:
    if begun.state not in states:
        raise Refused("contacts-import-finished")


def _start(begun: ContactImport, state: ImportState) -> None:
    begun.state, begun.rows_done, begun.counts = state, 0, {}
    begun.error, begun.preview = {}, []
    begun.lease, begun.leased_until = "", None


def each_refusal(db: Session, import_id: int) -> Iterator[ImportRefusal]:
    """All of them, a thousand at a time: a file may have a million."""
    rows = select(ImportRefusal).where(ImportRefusal.import_id == import_id).order_by(ImportRefusal.row)
    for entry in db.scalars(rows.execution_options(yield_per=ROWS_AT_ONCE)):
        yield entry
        db.expunge(entry)


def refusals(db: Session, begun: ContactImport, limit: int | None = None) -> list[ImportRefusal]:
    """The refused rows, in the order of the file."""
    rows = select(ImportRefusal).where(ImportRefusal.import_id == begun.id).order_by(ImportRefusal.row)
    return list(db.scalars(rows.limit(limit)))
