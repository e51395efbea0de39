"""Of which kind a Vietnamese address is: of before July 2025, of today, or not to be told."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from campaign.contacts import provinces
from campaign.contacts.provinces import VIETNAM
from campaign.models import Contact, ImportTouch


class AddressKind(StrEnum):
    """`OLD` has a province that is gone, or a district; `UNKNOWN` a province that no table of ours knows."""

    NEW = "new"
    OLD = "old"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Reading:
    """What an address says of itself. `now` is today's province; `renamed` when the written one is gone."""

    kind: AddressKind
    was: str = ""
    now: str = ""
    renamed: bool = False
    has_district: bool = False


def reading(contact: Contact) -> Reading | None:
    """The kind of the contact's own address; None abroad, and where no province is written."""
    if contact.country != VIETNAM or not contact.province:
        return None
    district = bool(contact.district)
    province = provinces.today(contact.province_key)
    if province is None:
        kind = AddressKind.OLD if district else AddressKind.UNKNOWN
        return Reading(kind, was=contact.province, has_district=district)
    renamed = contact.province_key in provinces.GONE
    kind = AddressKind.OLD if renamed or district else AddressKind.NEW
    return Reading(kind, contact.province, province.name, renamed, district)


def condition(kind: AddressKind, contact: Any = Contact) -> ColumnElement[bool]:
    """The same as a condition over `Contact`."""
    addressed = and_(contact.country == VIETNAM, contact.province != "", contact.erased_at.is_(None))
    old = or_(contact.province_key.in_(sorted(provinces.GONE)), contact.district != "")
    match kind:
        case AddressKind.OLD:
            return and_(addressed, old)
        case AddressKind.UNKNOWN:
            return and_(addressed, ~old, contact.province_key == "")
        case AddressKind.NEW:
            return and_(addressed, ~old, contact.province_key != "")


@dataclass(frozen=True)
class Tally:
    """Contacts by the kind of their own address; `renamed` of the old ones have a province that is gone."""

    new: int
    old: int
    unknown: int
    renamed: int
    none: int
    abroad: int


def tally(db: Session) -> Tally:
    """Over everybody on file."""
    kept = Contact.erased_at.is_(None)
    new, old, unknown = (_count(db, condition(kind)) for kind in AddressKind)
    renamed = _count(db, condition(AddressKind.OLD), Contact.province_key.in_(sorted(provinces.GONE)))
    none = _count(db, kept, Contact.country == VIETNAM, Contact.province == "")
    return Tally(new, old, unknown, renamed, none, _count(db, kept, Contact.country != VIETNAM))


def of_import(db: Session, import_id: int) -> dict[AddressKind, int]:
    """How many of the people whom a file touched have an address that wants a look."""
    theirs = select(ImportTouch.contact_id).where(ImportTouch.import_id == import_id)
    kinds = (AddressKind.OLD, AddressKind.UNKNOWN)
    return {kind: _count(db, condition(kind), Contact.id.in_(theirs)) for kind in kinds}


def unknown_names(db: Session, limit: int) -> list[tuple[str, int]]:
    """The provinces that no table knows, as they are written, the most frequent first."""
    names = select(Contact.province, func.count()).where(condition(AddressKind.UNKNOWN))
    names = names.group_by(Contact.province).order_by(func.count().desc(), Contact.province).limit(limit)
    return [(name, count) for name, count in db.execute(names)]


def _count(db: Session, *conditions: ColumnElement[bool]) -> int:
    return db.scalar(select(func.count()).select_from(Contact).where(*conditions)) or 0
