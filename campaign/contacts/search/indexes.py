"""The index of words on each database, as a condition and as a source of rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import ColumnElement, Join, Select, cast, column, func, literal, select, table, text
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session

from campaign.contacts.search.logic import Asked, as_fts5, as_tsquery
from campaign.models import Contact

# the words of a million names that begin with one letter, each with its place
ROOM = "64MB"
# SQLite's index of the names of those who are not erased, by number (migration 0300)
NAMES = "ix_contact_search_names"
_FTS = table("contact_search", column("rowid"), column("contact_search"))


class _First(Join):
    """A join in the order written: SQLite might ask the index of words once for each of many rows."""

    inherit_cache = True


@compiles(_First)
def _as_cross_join(join: _First, compiler: Any, **given: Any) -> str:
    left = join.left._compiler_dispatch(compiler, asfrom=True, from_linter=None, **_rest(given))
    right = join.right._compiler_dispatch(compiler, asfrom=True, from_linter=None, **_rest(given))
    assert join.onclause is not None
    on = join.onclause._compiler_dispatch(compiler, from_linter=None, **_rest(given))
    return f"{left} CROSS JOIN {right} ON {on}"


class _FirstByName(_First):
    """Of each contact only the name is read, by number, from a narrow index."""

    inherit_cache = True


@compiles(_FirstByName)
def _by_name(join: _FirstByName, compiler: Any, **given: Any) -> str:
    return _as_cross_join(join, compiler, **given).replace(" ON ", f" INDEXED BY {NAMES} ON ", 1)


def _rest(given: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if name not in ("asfrom", "from_linter")}


def from_words(db: Session, asked: Asked, *columns: Any, names_alone: bool = False) -> Select[Any]:
    """A query of contacts that begins at the index of words; `names_alone`: nothing but id, name and whether
    they were erased is asked of a contact."""
    if db.get_bind().dialect.name == "postgresql":
        return select(*columns).where(_at_postgresql(asked))
    first = _FirstByName if names_alone else _First
    start = first(_FTS, Contact.__table__, Contact.id == _FTS.c.rowid)
    return select(*columns).select_from(start).where(_at_sqlite(asked))


def has_words(db: Session, asked: Asked) -> ColumnElement[bool]:
    """The same as a condition among others."""
    if db.get_bind().dialect.name == "postgresql":
        return _at_postgresql(asked)
    return Contact.id.in_(select(_FTS.c.rowid).where(_at_sqlite(asked)))


def _at_postgresql(asked: Asked) -> ColumnElement[bool]:
    words = func.array_to_tsvector(func.string_to_array(Contact.search_words, text("' '")))
    return words.bool_op("@@")(cast(literal(as_tsquery(asked)), TSQUERY))


def _at_sqlite(asked: Asked) -> ColumnElement[bool]:
    return _FTS.c.contact_search.bool_op("MATCH")(as_fts5(asked))


@contextmanager
def by_index(db: Session) -> Iterator[None]:
    """PostgreSQL, while this lasts, reads no table from end to end where an index will do. It has no figures
    about beginnings of words, and takes a rare one for a frequent one."""
    if db.get_bind().dialect.name != "postgresql":
        yield
        return
    db.execute(text(f"SET LOCAL work_mem = '{ROOM}'"))
    db.execute(text("SET LOCAL enable_seqscan = off"))
    yield  # after an error the transaction is over, and these with it
    db.execute(text("SET LOCAL enable_seqscan TO DEFAULT"))
