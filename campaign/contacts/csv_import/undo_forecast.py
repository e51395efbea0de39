"""What taking an import back would do, counted before anybody asks for it; nothing is changed.

Counted in the database and never by row, for a file may have brought a million people.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, cast, func, or_, select, union
from sqlalchemy.orm import Session, aliased

from campaign.contacts.csv_import import dealt_with
from campaign.contacts.opt_in import importing
from campaign.models import (
    Consent,
    ConsentAction,
    Contact,
    ContactFact,
    ContactImport,
    ImportKind,
    ImportTouch,
    OrderTouch,
)


def of_import(db: Session, begun: ContactImport) -> dict[str, int]:
    """Of people: `removed`, `kept` (dealt with since), `changed`, `retracted` and `standing` consents, and
    `unasked`, whose question was not sent yet. Of orders: `removed`, `changed` and `kept`."""
    return _of_orders(db, begun.id) if begun.kind is ImportKind.ORDERS else _of_people(db, begun.id)


def _of_people(db: Session, import_id: int) -> dict[str, int]:
    touched = select(ImportTouch.contact_id).where(ImportTouch.import_id == import_id)
    created = touched.where(ImportTouch.created)
    kept = _kept(db, import_id, created)
    retracted, standing = _consents(db, import_id, touched)
    return {
        "removed": _count(db, created) - kept,
        "kept": kept,
        "changed": _changed(db, import_id, touched.where(~ImportTouch.created)),
        "retracted": retracted,
        "standing": standing,
        "unasked": importing.to_call_off(db, import_id),
    }


def _kept(db: Session, import_id: int, created: Select[int]) -> int:
    """Brought by the file and dealt with since, and the organisations of people who stay."""
    # one statement, so that the database finds those only once
    used = union(*dealt_with.queries(import_id, created)).cte("used")
    ids = select(used.c[0])
    stays = or_(Contact.id.not_in(created), Contact.id.in_(ids))
    houses = (
        select(Contact.organisation_id)
        .where(Contact.organisation_id.in_(created), Contact.organisation_id.not_in(ids), stays)
        .distinct()
        .subquery()
    )
    people, organisations = select(func.count()).select_from(used), select(func.count()).select_from(houses)
    found = db.execute(select(people.scalar_subquery(), organisations.scalar_subquery())).one()
    return int(found[0]) + int(found[1])


def _changed(db: Session, import_id: int, known: Select[int]) -> int:
    """People of before of whom the file changed something, and who were not erased since."""
    changed = (
        select(ContactFact.contact_id)
        .join(Contact, Contact.id == ContactFact.contact_id)
        .where(
            ContactFact.contact_id.in_(known),
            ContactFact.source.startswith(dealt_with.source_of(import_id), autoescape=True),
            Contact.erased_at.is_(None),
        )
    )
    return _count(db, changed.distinct())


def _consents(db: Session, import_id: int, touched: Select[int]) -> tuple[int, int]:
    """The file's consents that are the last word, and those after which something else was said; not by the
    file itself, which may say yes and then no."""
    later = aliased(Consent)
    after = select(later.id).where(_same_right(later), or_(later.at > Consent.at, _later_that_moment(later)))
    ours = select(Consent.id).where(
        Consent.contact_id.in_(touched),
        Consent.action == ConsentAction.GRANTED,
        Consent.source.startswith(dealt_with.source_of(import_id), autoescape=True),
    )
    others = after.where(later.source.not_like(f"{dealt_with.source_of(import_id).strip()}%"))
    return _count(db, ours.where(~after.exists())), _count(db, ours.where(others.exists()))


def _same_right(later: type[Consent]) -> ColumnElement[bool]:
    return and_(
        later.sender_id == Consent.sender_id,
        later.channel == Consent.channel,
        later.purpose == Consent.purpose,
        later.contact_id == Consent.contact_id,
    )


def _later_that_moment(later: type[Consent]) -> ColumnElement[bool]:
    return and_(later.at == Consent.at, later.id > Consent.id)


def _of_orders(db: Session, import_id: int) -> dict[str, int]:
    noted = select(OrderTouch.order_id).where(OrderTouch.import_id == import_id)
    other = aliased(OrderTouch)
    again = select(other.order_id).where(other.order_id == OrderTouch.order_id, other.import_id > import_id)
    brought = cast(OrderTouch.before, String) == "{}"
    untouched = noted.where(~again.exists())
    return {
        "removed": _count(db, untouched.where(brought)),
        "changed": _count(db, untouched.where(~brought)),
        "kept": _count(db, noted.where(again.exists())),
    }


def _count(db: Session, query: Select[Any]) -> int:
    return db.scalar(select(func.count()).select_from(query.subquery())) or 0
