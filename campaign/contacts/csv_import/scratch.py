"""A database to try things in.

SQLite has one writer: a check of a large file would keep everybody else from writing, so it works on a copy
of the file. PostgreSQL lets others write meanwhile; there a transaction that is rolled back will do.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from campaign.db import Database


@contextmanager
def copy_of(database: Database) -> Iterator[Database]:
    """Whatever is written there must be rolled back, and is gone in any case on SQLite."""
    if not database.is_sqlite:
        yield database
        return
    path = Path(database.url.database or "")
    with tempfile.TemporaryDirectory(prefix=".trial-", dir=path.parent) as folder:
        copy = Path(folder) / "trial.db"
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        trial = Database(f"sqlite:///{copy}")
        try:
            yield trial
        finally:
            trial.close()
