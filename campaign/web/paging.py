"""One page of a long list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import request
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

PAGE_SIZE = 50
Item = TypeVar("Item")


@dataclass(frozen=True)
class Page(Generic[Item]):
    """`items` are those of page `number` (from 1), of `total` in all."""

    items: Sequence[Item]
    number: int
    size: int
    total: int

    @property
    def first(self) -> int:
        return (self.number - 1) * self.size + 1 if self.items else 0

    @property
    def last(self) -> int:
        return (self.number - 1) * self.size + len(self.items)

    @property
    def previous(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.last < self.total else None


def asked_number() -> int:
    """The page that the address asks for (`?page=3`); nonsense is the first."""
    text = request.args.get("page", "")
    return max(int(text), 1) if text.isdecimal() and len(text) < 9 else 1


def page_of(db: Session, query: Select[Any], size: int = PAGE_SIZE, number: int | None = None) -> Page[Any]:
    """Run an ordered query of one entity for the page that the address asks for."""
    number = number or asked_number()
    total = db.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    items = db.scalars(query.limit(size).offset((number - 1) * size)).unique().all()
    return Page(items, number, size, total)
