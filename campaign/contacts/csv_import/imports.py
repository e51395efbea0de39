"""One import from upload to result, as a row that pages, commands and workers share.

Uploaded, checked (nothing is kept), run, and undone if need be; `running` does the long parts.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import IO, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign import audit
from campaign.contacts.csv_import import encodings, mapping, order_undo
from campaign.contacts.csv_import.reading import Source, open_path
from campaign.errors import InvalidInput, Refused
from campaign.models import (
    Account,
    ContactImport,
    CustomField,
    ImportKind,
    ImportRefusal,
    ImportState,
)
from campaign.storage import FileStore

State = ImportState
ROWS_AT_ONCE = 1_000


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
    made = ContactImport(
        kind=kind, file_name=file_name[-200:], file_key=stored.key, sha256=stored.sha256,
        account_id=account.id if account else None, created_at=now,
    )  # fmt: skip
    _describe(db, made, table, rows)
    db.add(made)
    db.flush()
    return made


def choose_encoding(db: Session, files: FileStore, begun: ContactImport, name: str) -> None:
    """Read the file in this encoding from now on, and guess its columns anew."""
    table = open_path(files.path(begun.file_key), encodings.named(name).name)
    _describe(db, begun, table, sum(1 for _ in table.rows))


def _describe(db: Session, begun: ContactImport, table: Source, rows: int) -> None:
    custom = {row.key: row.label for row in db.scalars(select(CustomField))}
    begun.signature = signature(table.headings)
    known = _remembered(db, begun)
    begun.mapping = dict(known.mapping) if known else mapping.guess(table.headings, begun.kind, custom)
    begun.options = {
        "encoding": table.encoding, "rows": rows, "headings": list(table.headings),
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
    """The file again, in the encoding that was found or chosen."""
    encoding = begun.options.get("encoding", "")
    return open_path(files.path(begun.file_key), "" if encoding == "xlsx" else encoding)


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
