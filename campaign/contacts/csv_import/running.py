"""The long parts of an import, in a worker or a command: check, run, go on after a crash.

Whoever works holds a lease on the import's row and renews it with every chunk; rows and the count of rows
behind us are committed together. So a worker that is killed has lost the chunk it was at, and the next one
goes on there once the lease has run out.
"""

from __future__ import annotations

import gc
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from campaign import audit
from campaign.contacts.csv_import import imports, order_undo, orders, people, scratch, undo
from campaign.contacts.csv_import.outcome import PREVIEW_ROWS, Outcome, Progress
from campaign.contacts.csv_import.planning import plan_of
from campaign.contacts.csv_import.reading import Source
from campaign.contacts.csv_import.writing import as_json, insert_rows
from campaign.contacts.profile import as_text
from campaign.db import Database
from campaign.errors import InvalidInput, Refused
from campaign.models import (
    WORKING,
    Account,
    Contact,
    ContactImport,
    ImportKind,
    ImportRefusal,
    ImportState,
)
from campaign.storage import FileStore

# a chunk takes a second or two; a machine that hangs longer than this has lost its import to another
LEASE = timedelta(seconds=60)
CACHE_KB = 65_536
# pages of the write-ahead log; a chunk changes thousands, and most of them again with the next one
CHECKPOINT_PAGES = 32_768
COLLECT_ROWS = 40_000
FREE: dict[str, Any] = {"lease": "", "leased_until": None}


class Stopped(Exception):
    """The worker was asked to stop, or another has taken the import over; what is committed stands."""


@dataclass(frozen=True)
class Work:
    """One worker's hold on one import."""

    database: Database
    files: FileStore
    import_id: int
    now: Callable[[], datetime]
    stopping: Callable[[], bool] = lambda: False
    enough: Callable[[], bool] = lambda: False
    """Whether others should have their turn: an import goes on where it was. A check does not, for it keeps
    nothing."""
    tell: Progress = lambda done: None
    secret: bytes | None = None
    """Keys the hashes of the networks that consents came from (`Settings.secret_key`)."""
    lease: str = ""

    def renew(self, db: Session, **columns: Any) -> None:
        """Keep the lease and note how far we are, in the transaction of `db`. Stopped when it is not ours."""
        held = (
            update(ContactImport)
            .where(ContactImport.id == self.import_id, ContactImport.lease == self.lease)
            .values({"leased_until": self.now() + LEASE} | columns)
            .execution_options(synchronize_session=False)
        )
        if db.execute(held).rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE has one
            raise Stopped


def waiting(db: Session, now: datetime) -> list[int]:
    """Imports that nobody works at, though somebody should."""
    free = or_(ContactImport.leased_until.is_(None), ContactImport.leased_until < now)
    return list(db.scalars(select(ContactImport.id).where(ContactImport.state.in_(WORKING), free)))


def work(work_: Work) -> bool:
    """Do what the import's state asks for; False when there is nothing to do, or somebody else does it.

    A file that cannot be taken in after all goes back to where it can be mended, with the reason.
    """
    held = replace(work_, lease=secrets.token_hex(16))
    state = _claim(held)
    if state is None:
        return False
    act = {ImportState.CHECKING: _check, ImportState.RUNNING: _run, ImportState.UNDOING: _undo}[state]
    try:
        with _collector_off():
            act(held)
    except Stopped:
        _let_go(held)
        return False
    except (InvalidInput, Refused) as error:
        if state is ImportState.UNDOING:
            raise  # nothing that a person could mend
        _fail(held, error)
    return True


@contextmanager
def _collector_off() -> Iterator[None]:
    """Rows come and go by the million and hold no circles: looking for some after every few hundred takes a
    tenth of the time. What the database layer leaves in circles is collected now and then, quickly,
    for all that was there before is set aside."""
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()


def _collect(rows_done: int, done: int) -> None:
    if rows_done // COLLECT_ROWS != (rows_done - done) // COLLECT_ROWS:
        gc.collect()


def _claim(held: Work) -> ImportState | None:
    now = held.now()
    with held.database.write() as db:
        free = or_(ContactImport.leased_until.is_(None), ContactImport.leased_until < now)
        claim = (
            update(ContactImport)
            .where(ContactImport.id == held.import_id, ContactImport.state.in_(WORKING), free)
            .values(lease=held.lease, leased_until=now + LEASE)
        )
        if db.execute(claim).rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE has one
            return None
        return db.get_one(ContactImport, held.import_id).state


def _let_go(held: Work) -> None:
    with held.database.write() as db:
        mine = update(ContactImport).where(ContactImport.lease == held.lease)
        db.execute(mine.values(**FREE))


def _fail(held: Work, error: InvalidInput | Refused) -> None:
    """Back to where the columns can be mended; but what was taken in already can only be taken back."""
    values = {name: value for name, value in error.values.items() if isinstance(value, str | int)}
    told = {"key": error.key, "values": values}
    with held.database.write() as db:
        begun = db.get_one(ContactImport, held.import_id)
        taken = begun.state is ImportState.RUNNING and begun.rows_done > 0
        state = ImportState.FINISHED if taken else ImportState.UPLOADED
        held.renew(db, **FREE | {"state": state, "error": told})


def _check(held: Work) -> None:
    """What would happen, row by row; nothing is kept but the counts, the refused and the first rows."""
    with scratch.copy_of(held.database) as trial, trial.session() as db:
        begun = db.get_one(ContactImport, held.import_id)
        plan = replace(_plan(db, begun, held), trial=True)
        outcome = Outcome()
        rows_done = 0

        def progress(done: int) -> None:
            nonlocal rows_done
            first, rows_done = rows_done == 0, rows_done + done
            with held.database.write() as other:
                _keep_refused(other, held.import_id, _rows_of(held.import_id, outcome), anew=first)
                held.renew(other, rows_done=rows_done, counts=outcome.as_counts())
            held.tell(done)
            _collect(rows_done, done)
            if held.stopping():
                raise Stopped

        try:
            _take(db, imports.source_of(held.files, begun), begun.kind, plan, held, outcome, progress, 0)
            preview = _preview(db, begun, outcome)
        finally:
            db.rollback()
    with held.database.write() as db:
        _keep_refused(db, held.import_id, _rows_of(held.import_id, outcome), anew=rows_done == 0)
        held.renew(
            db,
            state=ImportState.CHECKED,
            counts=outcome.as_counts(),
            preview=preview,
            lease="",
            leased_until=None,
        )


def _run(held: Work) -> None:
    """Take the rows in, chunk by chunk, from where the last worker was."""
    with held.database.session() as db:
        if held.database.is_sqlite:  # its own is 2 MB: every key would fetch a page of each index anew
            db.connection().exec_driver_sql(f"PRAGMA cache_size=-{CACHE_KB}")
            db.connection().exec_driver_sql(f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}")
        begun = db.get_one(ContactImport, held.import_id)
        plan = _plan(db, begun, held)
        account = db.get(Account, begun.account_id) if begun.account_id else None
        outcome = Outcome()
        outcome.counts.update(begun.counts)
        rows_done = begun.rows_done
        if not rows_done:
            _keep_refused(db, begun.id, [], anew=True)

        def progress(done: int) -> None:
            nonlocal rows_done
            rows_done += done
            _keep_refused(db, held.import_id, _rows_of(held.import_id, outcome))
            held.renew(db, rows_done=rows_done, counts=outcome.as_counts())
            db.commit()
            held.tell(done)
            _collect(rows_done, done)
            if held.stopping() or held.enough():
                raise Stopped

        table = imports.source_of(held.files, begun)
        _take(db, table, begun.kind, plan, held, outcome, progress, rows_done, account)
        _keep_refused(db, held.import_id, _rows_of(held.import_id, outcome))
        held.renew(db, **FREE | {"state": ImportState.FINISHED, "counts": outcome.as_counts()})
        audit.record(
            db, account, "import", "contact_import", begun.id, held.now(),
            file=begun.file_name, sha256=begun.sha256, kind=begun.kind.value, **outcome.as_counts(),
        )  # fmt: skip
        db.commit()


def _plan(db: Session, begun: ContactImport, held: Work) -> people.Plan:
    return replace(plan_of(db, begun, begun.mapping, begun.options, held.now()), secret=held.secret)


def _undo(held: Work) -> None:
    def progress(db: Session, done: int, counts: dict[str, int]) -> None:
        held.renew(db, rows_done=ContactImport.rows_done + done, counts=counts)
        db.commit()
        held.tell(done)
        if held.stopping() or held.enough():
            raise Stopped

    with held.database.session() as db:
        begun = db.get_one(ContactImport, held.import_id)
        account = db.get(Account, begun.account_id) if begun.account_id else None
        if begun.kind is ImportKind.ORDERS:
            counts = order_undo.undo(db, begun, progress)
        else:
            counts = undo.undo(db, begun, held.now, account, progress)
        held.renew(db, **FREE | {"state": ImportState.UNDONE, "counts": counts})
        audit.record(db, account, "undone_import", "contact_import", begun.id, held.now(), **counts)
        db.commit()


def _take(
    db: Session,
    source: Source,
    kind: ImportKind,
    plan: people.Plan,
    held: Work,
    outcome: Outcome,
    progress: Progress,
    skip: int,
    account: Account | None = None,
) -> None:
    if kind is ImportKind.CONTACTS:
        people.run(
            db, source, plan, now=held.now(), account=account, progress=progress, skip=skip, outcome=outcome
        )
    else:
        orders.run(db, source, plan, progress=progress, skip=skip, outcome=outcome)


def _rows_of(import_id: int, outcome: Outcome) -> list[tuple[Any, ...]]:
    """The refused rows of the chunk, which the outcome then forgets: a file may have a million of them."""
    rows = [
        (import_id, refusal.row.number, refusal.reason, as_json(refusal.values), as_json(refusal.row.cells))
        for refusal in outcome.refusals
    ]
    outcome.refusals.clear()
    return rows


def _keep_refused(db: Session, import_id: int, rows: list[tuple[Any, ...]], *, anew: bool = False) -> None:
    if anew:
        db.execute(delete(ImportRefusal).where(ImportRefusal.import_id == import_id))
    insert_rows(db, ImportRefusal, ("import_id", "row", "reason", "values", "cells"), rows)


def _preview(db: Session, begun: ContactImport, outcome: Outcome) -> list[dict[str, Any]]:
    """The first rows as they would be kept."""
    shown: list[dict[str, Any]] = [
        {"row": row.number, "became": became, "facts": _facts(db, begun.kind, id_)}
        for row, became, id_ in outcome.done
    ]
    shown += [{"became": "refused", "facts": {}, **refusal.as_json()} for refusal in outcome.first_refused]
    return sorted(shown, key=lambda row: row["row"])[:PREVIEW_ROWS]


def _facts(db: Session, kind: ImportKind, contact_id: int) -> dict[str, Any]:
    if kind is ImportKind.ORDERS:
        return {}
    contact = db.get_one(Contact, contact_id)
    facts = {column.name: getattr(contact, column.name) for column in Contact.__table__.c}
    return {
        name: value if isinstance(value, dict | int) else as_text(value) for name, value in facts.items()
    } | {
        "tags": contact.tags,
        "organisation": contact.organisation.full_name if contact.organisation else "",
    }
