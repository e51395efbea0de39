"""A column that SQLite looks for no index of; on PostgreSQL, which knows its figures, the column itself."""

from __future__ import annotations

from typing import Any

from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction


class unindexed(GenericFunction[Any]):  # noqa: N801 (it is written like SQL's own functions)
    """`unindexed(column, type_=column.type)`."""

    inherit_cache = True


@compiles(unindexed)
def _itself(element: unindexed, compiler: SQLCompiler, **options: Any) -> str:
    sign = "+" if compiler.dialect.name == "sqlite" else ""
    return sign + compiler.process(element.clauses.clauses[0], **options)


class WithoutNumber:
    """A contact (or an alias of it) that is not looked for by its number: where those who are asked are few,
    they are gone through, rather than each looked up that a long list names."""

    def __init__(self, contact: Any) -> None:
        self._contact = contact

    def __getattr__(self, name: str) -> Any:
        column = getattr(self._contact, name)
        return unindexed(column, type_=column.type) if name == "id" else column


class WithoutIndexes:
    """A contact whose columns are looked at, and not looked for: where a list of numbers says whom to look
    at, SQLite would else look for each number once for each value asked of an indexed column."""

    def __init__(self, contact: Any) -> None:
        self._contact = contact

    def __getattr__(self, name: str) -> Any:
        column = getattr(self._contact, name)
        return unindexed(column, type_=column.type)
