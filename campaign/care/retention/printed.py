"""Files of print runs: each holds names, addresses and letters of all its recipients."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from campaign.care.retention.kind import Kind, Limit, by_batch
from campaign.models import PrintRun, PrintRunState
from campaign.storage import FileStore

# a file may have a hundred megabytes, and the row waits for it
RUNS_AT_ONCE = 20


def _old(before: datetime) -> ColumnElement[bool]:
    """At the post; what is not may still have to be printed."""
    return and_(PrintRun.state == PrintRunState.POSTED, PrintRun.posted_at < before, PrintRun.pdf_key != "")


def _count(db: Session, limit: Limit) -> int:
    return db.scalar(select(func.count()).select_from(PrintRun).where(_old(limit.before))) or 0


def _clear(db: Session, files: FileStore, before: datetime) -> int:
    """The files go first, as those of imports do; hash, numbers and ticket stay."""
    old = list(db.scalars(select(PrintRun).where(_old(before)).limit(RUNS_AT_ONCE)))
    for run in old:
        for key in (run.pdf_key, run.zip_key):
            files.path(key).unlink(missing_ok=True)
        run.pdf_key = run.zip_key = ""
    db.flush()
    return len(old)


KINDS = (
    # the only exact copy of a letter
    Kind("print-files", None, _count, by_batch(_clear)),
)
