"""One page of those found, in order, and how many there are, in a time that does not grow with their number.

Up to `COUNT_LIMIT` all are taken from the index of words, ranked and put in order. Of more than that nobody
counts or sorts all: some of them say how far in the order of names a page can reach, and up to there the
names themselves are read; the better finds first, then the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, case, func, literal, select, tuple_
from sqlalchemy.orm import Session

from campaign.contacts import places
from campaign.contacts.places import AddressKind
from campaign.contacts.search.indexes import by_index, from_words
from campaign.contacts.search.logic import Asked, as_filter
from campaign.contacts.search.question import Question
from campaign.models import Contact, ContactKind, ContactTag

COUNT_LIMIT = 10_000
# names read one after the other, rather than everybody looked up who fits
WALK_LIMIT = 20_000


@dataclass(frozen=True)
class Filters:
    """What is chosen beside the text; the erased are never found."""

    kind: ContactKind | None = None
    tag: str = ""
    province: str = ""
    address: AddressKind | None = None

    def conditions(self, *, walking: bool = False) -> list[ColumnElement[bool]]:
        """`walking`: for names that are read in order, so that no other index offers itself."""
        found: list[ColumnElement[bool]] = [Contact.erased_at.is_(None)]
        if self.kind is not None:
            found.append(Contact.kind == self.kind)
        if self.tag:
            tagged = select(ContactTag.contact_id).where(ContactTag.tag == self.tag)
            at = tagged.where(ContactTag.contact_id == Contact.id)
            found.append(at.exists() if walking else Contact.id.in_(tagged))
        if self.province:
            place = func.coalesce(Contact.province, "") if walking else Contact.province
            found.append(place == self.province)
        if self.address:
            found.append(places.condition(self.address))
        return found

    def __bool__(self) -> bool:
        return bool(self.kind or self.tag or self.province or self.address)


@dataclass(frozen=True)
class Place:
    """A place in the order: behind this contact, or `backwards`, in front of it."""

    contact_id: int
    backwards: bool = False


@dataclass(frozen=True)
class Found:
    """Ids of a page, in order. `count` is None when there are more than `COUNT_LIMIT`."""

    ids: list[int]
    count: int | None
    has_previous: bool
    has_next: bool


@dataclass(frozen=True)
class _At:
    rank: int
    name_key: str
    id: int


def find(
    db: Session, question: Question | None, filters: Filters, size: int, place: Place | None = None
) -> Found:
    """The page behind (or in front of) a place; the first one when that contact is not there any more."""
    search = _Search(db, question, filters)
    at = search.at(place.contact_id) if place else None
    search.backwards = bool(at and place and place.backwards)
    with by_index(db) if question else nullcontext():
        ids, count = search.page(size + 1, at)
    more = len(ids) > size
    ids = ids[:size]
    if search.backwards:
        return Found(ids[::-1], count, more, True)
    return Found(ids, count, at is not None, more)


@dataclass(frozen=True)
class _Few:
    """`edge` is the last name of the page, and `rank` its tier; None when nobody is on the page."""

    ids: list[int]
    count: int
    edge: str | None
    rank: int | None


class _Search:
    def __init__(self, db: Session, question: Question | None, filters: Filters) -> None:
        self._db = db
        self._question = question
        self._filters = filters
        self.backwards = False
        self._rank: ColumnElement[int] = literal(0)
        if question is not None:
            dialect = db.get_bind().dialect
            ladder = [(as_filter(asked, dialect), rank) for rank, asked in enumerate(question.ranks)]
            self._rank = case(*ladder, else_=len(ladder))

    def at(self, contact_id: int) -> _At | None:
        """Where in the order a contact is."""
        found = self._db.execute(
            select(self._rank, Contact.name_key, Contact.id).where(Contact.id == contact_id)
        ).one_or_none()
        return _At(*found) if found else None

    def page(self, size: int, at: _At | None) -> tuple[list[int], int | None]:
        """At most `size` ids, and how many there are in all."""
        if self._question is None and not self._filters:
            return self._walk(None, size, at, None), self._count(None)
        few = self._few(size, at)
        if few.count <= _room(size):
            return few.ids, few.count
        tiers: tuple[Asked | None, ...] = self._question.tiers if self._question else (None,)
        ids: list[int] = []
        for rank in sorted(range(len(tiers)), reverse=self.backwards):
            if at is not None and (rank > at.rank if self.backwards else rank < at.rank):
                continue
            start = at if at is not None and at.rank == rank else None
            # of the few as many of this tier stand on their page as are still wanted, or more
            edge = few.edge if at is None and rank == few.rank else None
            ids += self._tier(tiers[rank], size - len(ids), start, edge)
            if len(ids) == size:
                break
        return ids, None

    def _few(self, size: int, at: _At | None) -> _Few:
        """The page and the number of all, while these are few; else some of them."""
        everything = self._question.everything if self._question else None
        few = self._some(everything, size, None, self._rank.label("rank"))
        order = (few.c.rank, few.c.name_key, few.c.id)
        count = select(func.count()).select_from(few).scalar_subquery()
        page = select(few.c.id, count, few.c.name_key, few.c.rank)
        if at is not None:
            page = page.where(self._behind(order, (at.rank, at.name_key, at.id)))
        rows = self._db.execute(page.order_by(*self._ordered(order)).limit(size)).all()
        if rows:
            return _Few([row[0] for row in rows], *rows[-1][1:])
        number = self._count(everything)
        return _Few([], _room(size) + 1 if number is None else number, None, None)

    def _tier(self, asked: Asked | None, size: int, at: _At | None, edge: str | None) -> list[int]:
        """Of one tier's people the next ones by name; none are behind the edge, if one is known."""
        if edge is None:
            some = self._some(asked, size, at)
            order = (some.c.name_key, some.c.id)
            count = select(func.count()).select_from(some).scalar_subquery()
            page = select(some.c.id, some.c.name_key, count).order_by(*self._ordered(order)).limit(size)
            rows = self._db.execute(page).all()
            if not rows or rows[0][2] <= _room(size):
                return [row[0] for row in rows]
            # the first of some are not behind the first of all
            edge = rows[-1][1]
        if self._is_near(at, edge):
            return self._walk(asked, size, at, edge)
        return self._look_up(asked, size, at, edge)

    def _look_up(self, asked: Asked | None, size: int, at: _At | None, edge: str) -> list[int]:
        """Find all who fit, up to a name, and put them in order."""
        found = self._source(asked, Contact.id, Contact.name_key, names_alone=not self._filters)
        found = found.where(*self._between(at, edge))
        # apart, or the names would be read in order nevertheless, for the page has a limit
        all_ = found.cte("all_of_them").prefix_with("MATERIALIZED")
        order = self._ordered((all_.c.name_key, all_.c.id))
        return list(self._db.scalars(select(all_.c.id).order_by(*order).limit(size)))

    def _walk(self, asked: Asked | None, size: int, at: _At | None, edge: str | None) -> list[int]:
        """Read the names in order, and of each whether it is one."""
        filters = self._filters.conditions(walking=True)
        query = select(Contact.id).where(*filters, *self._between(at, edge))
        if asked is not None:
            query = query.where(as_filter(asked, self._db.get_bind().dialect))
        query = query.order_by(*self._ordered((Contact.name_key, Contact.id))).limit(size)
        return list(self._db.scalars(query))

    def _is_near(self, at: _At | None, edge: str) -> bool:
        names = select(literal(1)).where(*self._between(at, edge)).limit(WALK_LIMIT + 1).subquery()
        return (self._db.scalar(select(func.count()).select_from(names)) or 0) <= WALK_LIMIT

    def _some(self, asked: Asked | None, size: int, at: _At | None, *more: ColumnElement[Any]) -> CTE:
        """All of them while they are few; else whoever the index names first."""
        found = self._source(asked, Contact.id, Contact.name_key, *more).where(*self._between(at, None))
        return found.limit(_room(size) + 1).cte("some").prefix_with("MATERIALIZED")

    def _count(self, asked: Asked | None) -> int | None:
        found = self._source(asked, literal(1)).limit(COUNT_LIMIT + 1).subquery()
        count = self._db.scalar(select(func.count()).select_from(found)) or 0
        return count if count <= COUNT_LIMIT else None

    def _source(self, asked: Asked | None, *columns: Any, names_alone: bool = False) -> Select[Any]:
        if asked is None:
            query = select(*columns)
        else:
            query = from_words(self._db, asked, *columns, names_alone=names_alone)
        return query.where(*self._filters.conditions())

    def _between(self, at: _At | None, edge: str | None) -> list[ColumnElement[bool]]:
        """Behind a place, and not behind a name; backwards it is the other way round."""
        found = []
        if at is not None:
            found.append(self._behind((Contact.name_key, Contact.id), (at.name_key, at.id)))
        if edge is not None:
            found.append(Contact.name_key >= edge if self.backwards else Contact.name_key <= edge)
        return found

    def _behind(self, columns: Sequence[Any], values: Sequence[Any]) -> ColumnElement[bool]:
        here, there = tuple_(*columns), tuple_(*values)
        return here < there if self.backwards else here > there

    def _ordered(self, columns: Sequence[Any]) -> list[Any]:
        return [column.desc() for column in columns] if self.backwards else list(columns)


def _room(size: int) -> int:
    """So many are taken and put in order; a page is never larger."""
    return max(COUNT_LIMIT, size)
