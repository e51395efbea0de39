"""A condition that is written one way for any database, and another way for PostgreSQL."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, ColumnElement
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.visitors import InternalTraversal


class by_database(ColumnElement[bool]):  # noqa: N801 (it is written like SQL's own functions)
    """Both mean the same; which one is sent is decided when the statement is compiled."""

    type = Boolean()
    # it is a condition as it stands: SQLite would be asked whether it is 1, and use no index for it
    _is_implicitly_boolean = True
    inherit_cache = True
    _traverse_internals = [  # noqa: RUF012 (SQLAlchemy's own protocol)
        ("plain", InternalTraversal.dp_clauseelement),
        ("postgresql", InternalTraversal.dp_clauseelement),
    ]

    def __init__(self, plain: ColumnElement[bool], *, postgresql: ColumnElement[bool]) -> None:
        self.plain = plain
        self.postgresql = postgresql

    @property
    def _from_objects(self) -> list[Any]:
        return list(self.plain._from_objects)


@compiles(by_database)
def _plain(element: by_database, compiler: SQLCompiler, **options: Any) -> str:
    return f"({compiler.process(element.plain, **options)})"


@compiles(by_database, "postgresql")
def _postgresql(element: by_database, compiler: SQLCompiler, **options: Any) -> str:
    return f"({compiler.process(element.postgresql, **options)})"
