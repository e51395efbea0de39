"""What a kind of data is to the rules, and what all kinds share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult
from sqlalchemy.orm import Session

from campaign.db import Database
from campaign.storage import FileStore

# rows a transaction: SQLite's other writers wait well under a second
BATCH = 500
LEAST_DAYS = 7

Days = dict[str, int | None]
"""Days by kind; None: kept until somebody deletes it."""


@dataclass(frozen=True)
class Limit:
    """What is older than `before` goes, asked `now`."""

    now: datetime
    before: datetime


@dataclass(frozen=True)
class Stores:
    """Where things are kept."""

    database: Database
    files: FileStore


@dataclass(frozen=True)
class Kind:
    """`count` says how many older than the limit would go; `clear` removes them, a transaction a step, and
    says after each how many these were. `least` is the smallest number of days that something else allows."""

    name: str
    default: int | None
    count: Callable[[Session, Limit], int]
    clear: Callable[[Stores, Limit], Iterator[int]]
    least: int = LEAST_DAYS


def by_batch(
    clear_one: Callable[[Session, FileStore, datetime], int],
) -> Callable[[Stores, Limit], Iterator[int]]:
    """A `clear` of batches that are found and removed in one transaction, until one is empty."""

    def clear(stores: Stores, limit: Limit) -> Iterator[int]:
        while True:
            with stores.database.write() as db:
                cleared = clear_one(db, stores.files, limit.before)
            if not cleared:
                return
            yield cleared

    return clear


def rows(db: Session, statement: Any) -> int:
    """Run it; how many rows it changed."""
    done = cast("CursorResult[Any]", db.execute(statement.execution_options(synchronize_session=False)))
    return done.rowcount
