"""Engine and sessions, the same for SQLite and PostgreSQL.

SQLite: write-ahead log, foreign keys on, and `BEGIN IMMEDIATE` for every transaction that may write.
A deferred transaction that reads first and writes later fails at once with "database is locked",
whatever the busy timeout says; an immediate one waits its turn. Reading sessions begin deferred, so
that pages never wait for a writer.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from typing import cast as cast_type

from sqlalchemy import (
    ARRAY,
    JSON,
    BigInteger,
    ColumnElement,
    Connection,
    CursorResult,
    Engine,
    FromClause,
    Result,
    Text,
    bindparam,
    cast,
    column,
    create_engine,
    event,
    func,
    make_url,
    select,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session, sessionmaker

# how long a writer waits for another on SQLite, in milliseconds; senders write often and briefly
BUSY_TIMEOUT_MS = 15_000
# compiled statements that an engine keeps, half as many more before it lets the oldest go: each takes about
# 0.1 MB, the pages know four hundred, and one that is not kept is compiled anew in a millisecond
STATEMENTS_KEPT = 60


class Database:
    """An engine with a session for writing and one for reading."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.engine = _make_engine(url)
        self._write: Callable[[], Session] = sessionmaker(self.engine, expire_on_commit=False)
        self._read: Callable[[], Session] = sessionmaker(
            self.engine.execution_options(read_only=True), expire_on_commit=False, autoflush=False
        )

    @property
    def is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction: commits at the end, rolls back on an exception. For entry points."""
        with self._write() as session, session.begin():
            yield session

    def session(self) -> Session:
        """A session whose owner commits (the web does, once a request)."""
        return self._write()

    def read(self) -> Session:
        """A session for reading; use as a context manager. Nothing written in it is kept."""
        return self._read()

    def close(self) -> None:
        self.engine.dispose()


def among(dialect: str, asked: ColumnElement[int], name: str) -> ColumnElement[bool]:
    """The condition that an integer column is one of the ids bound to `name` (`as_ids`), in one parameter
    however many they are: a parameter each would cost more than the statement."""
    if dialect == "postgresql":
        # as text, for psycopg writes arrays in Python; as a table, for `= ANY(array)` compares every row with
        # every id where the planner reads the whole table
        return asked.in_(select(func.unnest(cast(bindparam(name, type_=Text), ARRAY(BigInteger)))))
    return asked.in_(select(func.json_each(bindparam(name)).table_valued("value").c.value))


def pairs(dialect: str, name: str, number: str, text: str) -> FromClause:
    """The pairs bound to `name` (`as_pairs`) as a table with the columns `number` and `text`.

    To look each of them up, put a subquery for each among the columns. What a planner makes of a join depends
    on figures about the other table, and these are wrong where many rows were just written."""
    value = column("value", JSON().with_variant(JSONB(), "postgresql"))
    if dialect == "postgresql":
        rows = func.jsonb_array_elements(cast(bindparam(name, type_=Text), JSONB)).table_valued(value)
    else:
        rows = func.json_each(bindparam(name)).table_valued(value)
    first, second = rows.c.value[0].as_string(), rows.c.value[1].as_string()
    return select(cast(first, BigInteger).label(number), second.label(text)).subquery()


def texts(dialect: str, name: str) -> FromClause:
    """The JSON array of texts bound to `name` as a table with the column `text`."""
    if dialect == "postgresql":
        rows = func.jsonb_array_elements_text(cast(bindparam(name, type_=Text), JSONB))
    else:
        rows = func.json_each(bindparam(name))
    return select(cast(rows.table_valued("value").c.value, Text).label("text")).subquery()


def as_pairs(given: Iterable[tuple[int, str]]) -> str:
    """The value of such a parameter."""
    return json.dumps(list(given))


def as_ids(dialect: str, ids: Sequence[int]) -> str:
    """The value of such a parameter."""
    return f"{{{','.join(map(str, ids))}}}" if dialect == "postgresql" else json.dumps(list(ids))


def driver_rows(result: Result[Any]) -> list[tuple[Any, ...]]:
    """All rows as the driver gives them, for statements whose thousands of rows a second need no conversion:
    SQLAlchemy's own rows take longer to make than to read."""
    cursor = cast_type("CursorResult[Any]", result).cursor
    assert cursor is not None
    return cast_type("list[tuple[Any, ...]]", cursor.fetchall())


def _make_engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        if parsed.database and parsed.database != ":memory:":
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(url, query_cache_size=STATEMENTS_KEPT)
        event.listen(engine, "connect", _sqlite_connect)
        event.listen(engine, "begin", _sqlite_begin)
        return engine
    # behind PgBouncer in transaction mode (`?pooler=transaction`) each transaction may be on another server
    # connection, so nothing may be left in a session: no prepared statements (docs/operations.md)
    pooled = parsed.query.get("pooler") == "transaction"
    return create_engine(
        parsed.difference_update_query(["pooler"]),
        pool_pre_ping=True,
        query_cache_size=STATEMENTS_KEPT,
        connect_args={"prepare_threshold": None} if pooled else {},
    )


def _sqlite_connect(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, below
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    # a known outcome must survive a power cut, or the next start would send it again
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.close()


def _sqlite_begin(connection: Connection) -> None:
    read_only = connection.get_execution_options().get("read_only", False)
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")
