"""What is asked of a contact's words, as a tree, and the tree in the language of each index."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Dialect, and_, func, not_, or_

from campaign.models import Contact


@dataclass(frozen=True)
class Word:
    """The contact has this word, or one that begins so."""

    text: str
    begins: bool


@dataclass(frozen=True)
class All:
    parts: tuple[Asked, ...]


@dataclass(frozen=True)
class Any:
    parts: tuple[Asked, ...]


@dataclass(frozen=True)
class But:
    """The one and not the other."""

    asked: Asked
    without: Asked


Asked = Word | All | Any | But


def all_of(parts: list[Asked]) -> Asked:
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def any_of(parts: list[Asked]) -> Asked:
    """Each once."""
    once = tuple(dict.fromkeys(parts))
    return once[0] if len(once) == 1 else Any(once)


def as_tsquery(asked: Asked) -> str:
    """PostgreSQL: the text of a `tsquery`. Words are quoted, so that nothing in them is an operator."""
    match asked:
        case Word(text, begins):
            quoted = text.replace("\\", "\\\\").replace("'", "''")
            return f"'{quoted}'{':*' if begins else ''}"
        case All(parts):
            return f"({' & '.join(map(as_tsquery, parts))})"
        case Any(parts):
            return f"({' | '.join(map(as_tsquery, parts))})"
        case But(one, without):
            return f"({as_tsquery(one)} & !{as_tsquery(without)})"


def as_fts5(asked: Asked) -> str:
    """SQLite: what its full-text index is asked; words are quoted."""
    match asked:
        case Word(text, begins):
            quoted = text.replace('"', '""')
            return f'"{quoted}"{"*" if begins else ""}'
        case All(parts):
            return f"({' AND '.join(map(as_fts5, parts))})"
        case Any(parts):
            return f"({' OR '.join(map(as_fts5, parts))})"
        case But(one, without):
            return f"({as_fts5(one)} NOT {as_fts5(without)})"


def as_filter(asked: Asked, dialect: Dialect) -> ColumnElement[bool]:
    """The same looked up in the text itself, for rows that another index finds."""
    match asked:
        case Word(text, begins):
            place = func.strpos if dialect.name == "postgresql" else func.instr
            if begins:
                return place(" " + Contact.search_words, f" {text}") > 0
            return place(" " + Contact.search_words + " ", f" {text} ") > 0
        case All(parts):
            return and_(*(as_filter(part, dialect) for part in parts))
        case Any(parts):
            return or_(*(as_filter(part, dialect) for part in parts))
        case But(one, without):
            return and_(as_filter(one, dialect), not_(as_filter(without, dialect)))
