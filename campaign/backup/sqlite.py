"""SQLite: a copy by the server's own backup, consistent while others write."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import URL

from campaign.db import Database
from campaign.errors import IntegrityError, SetupError


def copy(url: URL, target: Path) -> str:
    """Copy all of it into `target` as of one moment; the library's version. One step of the backup holds
    one read transaction, which in WAL mode no writer waits for."""
    if not url.database or url.database == ":memory:":
        raise SetupError("A database in memory cannot be backed up.")
    origin = f"file:{quote(url.database)}?mode=ro"
    with closing(sqlite3.connect(origin, uri=True)) as source, closing(sqlite3.connect(target)) as made:
        source.backup(made, pages=-1)
        made.execute("PRAGMA journal_mode=DELETE")  # one file, without its log beside it
        _require_whole(made)
    return sqlite3.sqlite_version


def counts(path: Path) -> dict[str, int]:
    """Rows of each table of a copy."""
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
        ).fetchall()
        return {
            name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 (our tables)
            for (name,) in names
        }


def put(copied: Path, database: Database) -> None:
    """Let the copy take the place of the database. Nobody else may have it open."""
    assert database.url.database
    target = Path(database.url.database)
    target.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(copied)) as made:
        _require_whole(made)
    database.close()
    os.replace(copied, target)
    for suffix in ("-wal", "-shm"):
        target.with_name(target.name + suffix).unlink(missing_ok=True)


def _require_whole(connection: sqlite3.Connection) -> None:
    word = connection.execute("PRAGMA quick_check").fetchone()[0]
    if word != "ok":
        raise IntegrityError(f"SQLite says of the copy: {word}")
