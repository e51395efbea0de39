"""Finding contacts: what a clerk types into the search box, and the filters beside it."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload

from campaign.contacts.search import indexes, pages, question
from campaign.contacts.search.pages import Filters, Found, Place
from campaign.models import Contact, ContactTag

# a list to choose from is no longer one with more than this
CHOICES = 200


def find(db: Session, text: str, filters: Filters, size: int, place: Place | None = None) -> Found:
    """A page of those whom the text names, the erased left out: names with marks or without and their words
    in any order, codes, e-mail addresses, telephones (docs/search.md). All when it is empty. InvalidInput
    when it is too long."""
    asked = question.read(text)
    if asked is None and text.strip():  # only signs that nobody sees
        return Found([], 0, False, False)
    return pages.find(db, asked, filters, size, place)


def load(db: Session, ids: list[int]) -> list[Contact]:
    """The contacts in this order, with what a list shows of them."""
    query = select(Contact).options(joinedload(Contact.organisation).lazyload(Contact.tag_rows))
    found = {contact.id: contact for contact in db.scalars(query.where(Contact.id.in_(ids))).unique()}
    return [found[id_] for id_ in ids if id_ in found]


def holding(db: Session, text: str) -> ColumnElement[bool] | None:
    """The same as a condition of `Contact`; None when nothing is asked."""
    asked = question.read(text)
    if asked is None:
        return None
    return and_(Contact.erased_at.is_(None), indexes.has_words(db, asked.everything))


def provinces(db: Session) -> list[str]:
    """The provinces in use, for a list to choose from."""
    return [name for name in _each(db, Contact.province, CHOICES) if name]


def tags(db: Session) -> list[str]:
    """The tags in use."""
    return _each(db, ContactTag.tag, CHOICES)


def _each(db: Session, column: InstrumentedAttribute[str], limit: int) -> list[str]:
    """The different values of an indexed column: from each to the next one, not through all rows."""
    first = select(func.min(column).label("value")).cte("each_value", recursive=True)
    following = select(func.min(column)).where(column > first.c.value).correlate(first).scalar_subquery()
    each = first.union_all(select(following).where(first.c.value.is_not(None)))
    return list(db.scalars(select(each.c.value).where(each.c.value.is_not(None)).limit(limit)))


def values_of(db: Session, column: str, limit: int = 200) -> list[str]:
    """What a text column of `Contact` holds, for a list to choose from."""
    attribute = getattr(Contact, column)
    return list(
        db.scalars(select(attribute).where(attribute != "").distinct().order_by(attribute).limit(limit))
    )
