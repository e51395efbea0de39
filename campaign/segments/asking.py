"""Where rules are asked: a transaction that can write nothing, with an end.

On PostgreSQL READ ONLY with a `statement_timeout`, by another role when its URL is set; on SQLite a
connection that refuses to write (`query_only`) and looks at the clock while it works. A newer question of the
same tab stops the older one.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from campaign.config import Settings
from campaign.db import STATEMENTS_KEPT, Database
from campaign.errors import Refused
from campaign.segments.newest import Newest
from campaign.segments.room import give_room

# steps of SQLite's machine between two looks at the clock: about a millisecond
STEPS = 20_000
# the statement of a rule is large, and hardly one is asked twice: kept compiled they would push others out
OPTIONS = {"read_only": True, "compiled_cache": None}
# what PostgreSQL says of a statement that was stopped (query_canceled)
CANCELLED = "57014"


class TooLong(Refused):
    """The question was stopped: its time was over, or a newer one took its place."""

    def __init__(self, seconds: float) -> None:
        super().__init__("segbuild-too-long", seconds=seconds)


@contextmanager
def asking(database: Database, settings: Settings, *, times: int = 1, tab: str = "") -> Iterator[Session]:
    """A session for counting; TooLong when a statement takes longer than the house allows, `times` that.

    Rows that it loads stay readable afterwards.
    """
    seconds = settings.segments_seconds * times
    url = "" if database.is_sqlite else settings.segments_database_url
    engine = _engine(url) if url else database.engine
    limited = _on_sqlite if database.is_sqlite else _on_postgresql
    with (
        Session(engine.execution_options(**OPTIONS), expire_on_commit=False, autoflush=False) as db,
        _told(seconds),
        limited(db, seconds) as stop,
        _newest.hold(settings, tab, stop),
    ):
        yield db


@contextmanager
def ending(db: Session, seconds: float) -> Iterator[None]:
    """A question in a session that also writes, such as a freeze's: it ends, too; TooLong.

    On PostgreSQL nothing can be done in the transaction any more then but to roll it back.
    """
    driver: Any = db.connection().connection.dbapi_connection
    with _told(seconds):
        if db.get_bind().dialect.name == "postgresql":
            give_room(db)
            db.execute(text(f"SET LOCAL statement_timeout = {int(seconds * 1000)}"))
            yield
            db.execute(text("SET LOCAL statement_timeout TO DEFAULT"))
            return
        end = time.monotonic() + seconds
        driver.set_progress_handler(lambda: time.monotonic() > end, STEPS)
        try:
            yield
        finally:
            driver.set_progress_handler(None, 0)


@cache
def _engine(url: str) -> Engine:
    """Of the other role: one a process."""
    return create_engine(make_url(url), pool_pre_ping=True, pool_size=2, query_cache_size=STATEMENTS_KEPT)


@contextmanager
def _told(seconds: float) -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", "") == CANCELLED or str(error.orig) == "interrupted":
            raise TooLong(seconds) from error
        raise


@contextmanager
def _on_postgresql(db: Session, seconds: float) -> Iterator[Any]:
    db.execute(text("SET TRANSACTION READ ONLY"))
    give_room(db)
    db.execute(text(f"SET LOCAL statement_timeout = {int(seconds * 1000)}"))
    driver: Any = db.connection().connection.dbapi_connection
    yield driver.cancel


@contextmanager
def _on_sqlite(db: Session, seconds: float) -> Iterator[Any]:
    driver: Any = db.connection().connection.dbapi_connection
    end = time.monotonic() + seconds
    stopped: list[bool] = []
    # before the clock is looked at: what is stopped here would leave the connection with its clock
    driver.execute("PRAGMA query_only = ON")
    driver.set_progress_handler(lambda: bool(stopped) or time.monotonic() > end, STEPS)
    try:
        yield lambda: stopped.append(True)
    finally:
        # first the clock: it would stop what follows as well
        driver.set_progress_handler(None, 0)
        driver.execute("PRAGMA query_only = OFF")


_newest = Newest()
