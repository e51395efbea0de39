"""How long things are kept that nobody needs for ever: rules by kind, figures before, batches by the beat.

The laws give no number of days: Law 91/2025/QH15 asks for a period that fits the purpose (read in a summary),
Regulation (EU) 2016/679, article 5(1)(e), for no longer than the purpose needs. The defaults are ours; the
house sets its own. Consent, refusals and the audit log are proof and no rule touches them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, and_, delete, exists, func, select, update
from sqlalchemy.orm import Session

from campaign import audit, house
from campaign.db import Database
from campaign.errors import InvalidInput
from campaign.models import (
    Account,
    AccountSession,
    AuditEntry,
    Consent,
    Contact,
    ContactImport,
    ContactKind,
    ImportRefusal,
    ImportState,
    InboundMail,
    InboundState,
    Order,
    Reply,
    SignInFailure,
)
from campaign.storage import FileStore

NAME = "retention"
APPLIED = "retention.applied"
LEAST_DAYS, MOST_DAYS = 7, 3650
# rows a transaction: SQLite's other writers wait well under a second
BATCH = 500
EVERY = timedelta(hours=24)
# imports that somebody may still go on with are not cleared while a worker has them
_OPEN = (ImportState.UPLOADED, ImportState.CHECKED)
_DONE = (ImportState.FINISHED, ImportState.UNDONE)

Days = dict[str, int | None]
"""Days by kind; None: kept until somebody deletes it."""


@dataclass(frozen=True)
class Kind:
    """`count` says how many older than the moment would go, `clear` removes a batch of them and says how
    many these were."""

    name: str
    default: int | None
    count: Callable[[Session, datetime], int]
    clear: Callable[[Session, FileStore, datetime], int]


def _old_mail(before: datetime) -> ColumnElement[bool]:
    """Read and understood: its words stand in the reply. What nobody understood waits for a person."""
    return and_(
        InboundMail.received_at < before, InboundMail.state == InboundState.PARSED, InboundMail.raw != b""
    )


def _count_mail(db: Session, before: datetime) -> int:
    return db.scalar(select(func.count()).select_from(InboundMail).where(_old_mail(before))) or 0


def _clear_mail(db: Session, files: FileStore, before: datetime) -> int:
    ids = list(db.scalars(select(InboundMail.id).where(_old_mail(before)).limit(BATCH)))
    emptied = update(InboundMail).where(InboundMail.id.in_(ids)).values(raw=b"", envelope_from="")
    return _rows(db, emptied)


def _old_files(before: datetime) -> ColumnElement[bool]:
    return and_(
        ContactImport.created_at < before,
        ContactImport.state.in_((*_OPEN, *_DONE)),
        ContactImport.file_key != "",
    )


def _count_files(db: Session, before: datetime) -> int:
    return db.scalar(select(func.count()).select_from(ContactImport).where(_old_files(before))) or 0


def _clear_files(db: Session, files: FileStore, before: datetime) -> int:
    return _remove_files(db, files, _old_files(before))


def _clear_forgotten(db: Session, files: FileStore) -> int:
    """Uploads with somebody who was erased since: they wait for no day."""
    forgotten = and_(
        ContactImport.file_forgotten,
        ContactImport.state.in_((*_OPEN, *_DONE)),
        ContactImport.file_key != "",
    )
    return _remove_files(db, files, forgotten)


def _remove_files(db: Session, files: FileStore, which: ColumnElement[bool]) -> int:
    """The file goes first: a crash leaves a row that is cleared the next time, never a file without a row.
    What was never taken in goes as a whole."""
    old = list(db.scalars(select(ContactImport).where(which).limit(BATCH)))
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


def _count_refusals(db: Session, before: datetime) -> int:
    return db.scalar(select(func.count()).select_from(ImportRefusal).where(_old_refusals(before))) or 0


def _clear_refusals(db: Session, files: FileStore, before: datetime) -> int:
    first = select(ImportRefusal.import_id, ImportRefusal.row).where(_old_refusals(before)).limit(BATCH)
    by_import: dict[int, list[int]] = {}
    for import_id, row in db.execute(first):
        by_import.setdefault(import_id, []).append(row)
    return sum(
        _rows(db, delete(ImportRefusal).where(ImportRefusal.import_id == id_, ImportRefusal.row.in_(rows)))
        for id_, rows in by_import.items()
    )


def _count_sign_ins(db: Session, before: datetime) -> int:
    failures = select(func.count()).select_from(SignInFailure).where(SignInFailure.at < before)
    ended = select(func.count()).select_from(AccountSession).where(AccountSession.expires_at < before)
    return (db.scalar(failures) or 0) + (db.scalar(ended) or 0)


def _clear_sign_ins(db: Session, files: FileStore, before: datetime) -> int:
    ids = list(db.scalars(select(SignInFailure.id).where(SignInFailure.at < before).limit(BATCH)))
    ended = select(AccountSession.token_sha256).where(AccountSession.expires_at < before).limit(BATCH)
    tokens = list(db.scalars(ended))
    gone = _rows(db, delete(SignInFailure).where(SignInFailure.id.in_(ids)))
    return gone + _rows(db, delete(AccountSession).where(AccountSession.token_sha256.in_(tokens)))


FILES = "import-files"
KINDS = (
    # an answer to a reply may be months away; then its words, which stay, are enough
    Kind("raw-mail", 365, _count_mail, _clear_mail),
    # long enough to see that something went wrong and to take the import back
    Kind(FILES, 90, _count_files, _clear_files),
    Kind("refused-rows", 90, _count_refusals, _clear_refusals),
    # addresses of browsers of those who work here
    Kind("sign-ins", 90, _count_sign_ins, _clear_sign_ins),
)
SILENT = "silent-contacts"
SILENT_DEFAULT = 730
"""After so many days without consent, order or word a person is proposed for erasure, never just erased."""


def defaults() -> Days:
    """What holds while the house has decided nothing."""
    return {kind.name: kind.default for kind in KINDS} | {SILENT: SILENT_DEFAULT}


def read(db: Session) -> Days:
    """What holds now."""
    return defaults() | (house.current_value(db, NAME) or {})


def keep(db: Session, days: Days, actor: Account | None, now: datetime) -> None:
    """The house's own days; InvalidInput with the kind as its field."""
    for name, value in days.items():
        if name not in defaults():
            raise InvalidInput("retention-error-kind", field=name)
        if value is not None and not LEAST_DAYS <= value <= MOST_DAYS:
            raise InvalidInput("retention-error-days", field=name, least=LEAST_DAYS, most=MOST_DAYS)
    house.keep(db, NAME, read(db) | days, actor, now)


def would(db: Session, now: datetime) -> dict[str, int]:
    """How much would go of each kind."""
    days = read(db)
    found = {}
    for kind in KINDS:
        limit = days[kind.name]
        found[kind.name] = 0 if limit is None else kind.count(db, _before(now, limit))
    return found


def is_due(db: Session, now: datetime) -> bool:
    """Whether the last run is a day ago, or there was none."""
    last = select(AuditEntry.at).where(AuditEntry.action == APPLIED).order_by(AuditEntry.id.desc()).limit(1)
    at = db.scalar(last)
    return at is None or now - at >= EVERY


def apply(
    database: Database,
    files: FileStore,
    clock: Callable[[], datetime],
    stopping: Callable[[], bool] = lambda: False,
    actor: Account | None = None,
) -> dict[str, int]:
    """Clear everything whose time is over, batch by batch, and say so in the log. What is left when it is
    stopped goes the next time."""
    now = clock()
    with database.read() as db:
        days = read(db)
    gone = {kind.name: 0 for kind in KINDS}
    for kind in KINDS:
        limit = days[kind.name]
        while limit is not None and not stopping():
            with database.write() as db:
                cleared = kind.clear(db, files, _before(now, limit))
            gone[kind.name] += cleared
            if not cleared:
                break
    while not stopping():
        with database.write() as db:
            cleared = _clear_forgotten(db, files)
        gone[FILES] += cleared
        if not cleared:
            break
    with database.write() as db:
        audit.record(db, actor, APPLIED, "house", NAME, now, gone=gone, days=days)
    return gone


def silent(now: datetime, days: int) -> ColumnElement[bool]:
    """People who never agreed or refused, and of whom nothing was heard: no order, no reply, no change."""
    before = _before(now, days)
    return and_(
        Contact.kind == ContactKind.PERSON,
        Contact.erased_at.is_(None),
        Contact.updated_at < before,
        ~exists().where(Consent.contact_id == Contact.id),
        ~exists().where(Order.contact_id == Contact.id, Order.ordered_on >= before.date()),
        ~exists().where(Reply.contact_id == Contact.id, Reply.received_at >= before),
    )


def count_silent(db: Session, now: datetime) -> int:
    """How many are proposed."""
    days = read(db)[SILENT]
    return (db.scalar(select(func.count()).select_from(Contact).where(silent(now, days))) or 0) if days else 0


def _before(now: datetime, days: int) -> datetime:
    return now - timedelta(days=days)


def _rows(db: Session, statement: Any) -> int:
    done: CursorResult[Any] = db.execute(statement.execution_options(synchronize_session=False))  # type: ignore[assignment]
    return done.rowcount
