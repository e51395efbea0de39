"""Many rows into one table: COPY on PostgreSQL, one prepared statement on SQLite."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from campaign.models import Base, Contact

Value = str | int | None


def insert_rows(
    db: Session, table: type[Base], columns: Sequence[str], rows: Sequence[Sequence[Value]]
) -> None:
    """Values as the database writes them: times by `stamp`, words and JSON as text, booleans as 0 and 1."""
    if not rows:
        return
    name = table.__tablename__
    connection = db.connection()
    names = ", ".join(f'"{column}"' for column in columns)
    cursor: Any = connection.connection.cursor()
    if connection.dialect.name == "postgresql":
        with cursor, cursor.copy(f"COPY {name} ({names}) FROM STDIN") as copy:
            copy.write("".join([_line(row) for row in rows]))
        return
    places = ", ".join("?" * len(columns))
    statement = f"INSERT INTO {name} ({names}) VALUES ({places})"  # noqa: S608 (names of ours)
    cursor.executemany(statement, rows)
    cursor.close()


def _line(row: Sequence[Value]) -> str:
    """A row in the text format of COPY."""
    line = "\t".join(
        [value if type(value) is str else "\\N" if value is None else str(value) for value in row]
    )
    # nearly no text has a character that must be escaped; then the line has no more of them than we wrote
    if (
        line.count("\t") == len(row) - 1
        and line.count("\\") == row.count(None)
        and "\n" not in line
        and "\r" not in line
    ):
        return line + "\n"
    return "\t".join(["\\N" if value is None else str(value).translate(_ESCAPES) for value in row]) + "\n"


_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def as_json(value: Any) -> str:
    """A value for a column of JSON."""
    return json.dumps(value, ensure_ascii=False)


def stamp(db: Session, moment: datetime) -> str:
    """A moment as the database's columns of times take it."""
    utc = moment.astimezone(UTC)
    if db.get_bind().dialect.name == "postgresql":
        return utc.isoformat()
    return utc.strftime("%Y-%m-%d %H:%M:%S.%f")


def new_ids(db: Session, count: int, given: int) -> list[int]:
    """Ids for new contacts, which nobody else is given. On SQLite we are the only writer until the commit;
    there they begin behind `given`, the last one that may not be written yet."""
    if not count:
        return []
    if db.get_bind().dialect.name == "postgresql":
        sequence = "nextval(pg_get_serial_sequence('contact', 'id'))"
        query = text(f"SELECT {sequence} FROM generate_series(1, :count)")  # noqa: S608 (nothing from outside)
        return list(db.scalars(query, {"count": count}))
    last = db.scalar(select(func.max(Contact.id))) or 0
    first = max(last, given) + 1
    return list(range(first, first + count))
