"""What imports leave behind beside the people: files, previews, refused rows."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, func, select
from sqlalchemy.orm import Session

from campaign.care.retention import kind
from campaign.care.retention.kind import Kind, Limit, by_batch, rows
from campaign.models import ContactImport, ImportRefusal, ImportState
from campaign.storage import FileStore

FILES = "import-files"
# imports that somebody may still go on with are not cleared while a worker has them
_OPEN = (ImportState.UPLOADED, ImportState.CHECKED)
_DONE = (ImportState.FINISHED, ImportState.UNDONE)


def _old_files(before: datetime) -> ColumnElement[bool]:
    return and_(
        ContactImport.created_at < before,
        ContactImport.state.in_((*_OPEN, *_DONE)),
        ContactImport.file_key != "",
    )


def _count_files(db: Session, limit: Limit) -> int:
    return db.scalar(select(func.count()).select_from(ContactImport).where(_old_files(limit.before))) or 0


def _clear_files(db: Session, files: FileStore, before: datetime) -> int:
    return _remove_files(db, files, _old_files(before))


def _clear_forgotten(db: Session, files: FileStore, before: datetime) -> int:
    forgotten = and_(
        ContactImport.file_forgotten,
        ContactImport.state.in_((*_OPEN, *_DONE)),
        ContactImport.file_key != "",
    )
    return _remove_files(db, files, forgotten)


clear_forgotten = by_batch(_clear_forgotten)
"""Uploads with somebody who was erased since: they wait for no day."""


def _remove_files(db: Session, files: FileStore, which: ColumnElement[bool]) -> int:
    """The file goes first: a crash leaves a row that is cleared the next time, never a file without a row.
    What was never taken in goes as a whole."""
    old = list(db.scalars(select(ContactImport).where(which).limit(kind.BATCH)))
    for begun in old:
        files.path(begun.file_key).unlink(missing_ok=True)
        begun.file_key, begun.preview = "", []
        if begun.state in _OPEN:
            db.execute(delete(ImportRefusal).where(ImportRefusal.import_id == begun.id))
            db.delete(begun)
    db.flush()
    return len(old)


def _old_refusals(before: datetime) -> ColumnElement[bool]:
    old = select(ContactImport.id).where(
        ContactImport.created_at < before, ContactImport.state.in_((*_OPEN, *_DONE))
    )
    return ImportRefusal.import_id.in_(old)


def _count_refusals(db: Session, limit: Limit) -> int:
    return db.scalar(select(func.count()).select_from(ImportRefusal).where(_old_refusals(limit.before))) or 0


def _clear_refusals(db: Session, files: FileStore, before: datetime) -> int:
    first = select(ImportRefusal.import_id, ImportRefusal.row).where(_old_refusals(before)).limit(kind.BATCH)
    by_import: dict[int, list[int]] = {}
    for import_id, row in db.execute(first):
        by_import.setdefault(import_id, []).append(row)
    return sum(
        rows(db, delete(ImportRefusal).where(ImportRefusal.import_id == id_, ImportRefusal.row.in_(numbers)))
        for id_, numbers in by_import.items()
    )


KINDS = (
    # long enough to see that something went wrong and to take the import back
    Kind(FILES, 90, _count_files, by_batch(_clear_files)),
    Kind("refused-rows", 90, _count_refusals, by_batch(_clear_refusals)),
)
