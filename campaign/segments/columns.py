"""The columns a rule may name: nothing else reaches the database."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import func

from campaign.contacts.traits import LONG, TRAITS
from campaign.models import BirthCalendar, ContactKind, LeavingReason, RelationshipLevel


class Kind(StrEnum):
    """What a column holds, which decides how it can be compared."""

    TEXT = "text"  # exactly as written
    NAME = "name"  # searched without marks and in any case
    NUMBER = "number"
    CHOICE = "choice"
    PRESENCE = "presence"  # only whether there is one
    PHONE = "phone"  # a number in whatever writing


@dataclass(frozen=True)
class Column:
    """`attribute` of `Contact`; `choices` when only these values exist; `listed` when few values recur;
    `trait` the name of one that stands among the contact's traits."""

    attribute: str
    kind: Kind
    choices: tuple[str, ...] = ()
    listed: bool = False
    trait: str = ""

    def of(self, contact: Any) -> Any:
        """The column of a contact (or an alias of it); a trait as its text, empty when there is none."""
        value = getattr(contact, self.attribute)
        return func.coalesce(value[self.trait].as_string(), "") if self.trait else value


# of the traits the one that is a number; it is kept as text like the others
NUMBERED = "household_size"
# what such a text may be to be a number: nobody's household is larger
NUMBERS = tuple(str(number) for number in range(100))


def _trait(name: str) -> Column:
    kind = Kind.NUMBER if name == NUMBERED else Kind.TEXT
    return Column("traits", kind, listed=kind is Kind.TEXT and name not in LONG, trait=name)


COLUMNS: dict[str, Column] = {
    "kind": Column("kind", Kind.CHOICE, tuple(kind.value for kind in ContactKind)),
    "name": Column("name_key", Kind.NAME),
    "given_name": Column("given_name", Kind.TEXT),
    "code": Column("code", Kind.TEXT),
    "province": Column("province", Kind.TEXT, listed=True),
    "ward": Column("ward", Kind.TEXT, listed=True),
    "district": Column("district", Kind.TEXT, listed=True),
    "country": Column("country", Kind.TEXT, listed=True),
    "language": Column("language", Kind.CHOICE, ("vi", "en", "zh")),
    "form_of_address": Column("form_of_address", Kind.TEXT, listed=True),
    "sex": Column("sex", Kind.TEXT, listed=True),
    "occupation": Column("occupation", Kind.TEXT, listed=True),
    "position": Column("position", Kind.TEXT, listed=True),
    "line_of_business": Column("line_of_business", Kind.TEXT, listed=True),
    "email": Column("email_key", Kind.TEXT),
    "phone": Column("phone_key", Kind.PHONE),
    "birth_year": Column("birth_year", Kind.NUMBER),
    "birth_month": Column("birth_month", Kind.NUMBER),
    "birth_calendar": Column("birth_calendar", Kind.CHOICE, tuple(kind.value for kind in BirthCalendar)),
    "owner": Column("owner_id", Kind.NUMBER),
    # in per cent of the scale that was asked on: answers on different scales compare by nothing else
    "satisfaction": Column("satisfaction", Kind.NUMBER),
    "relationship_level": Column(
        "relationship_level", Kind.CHOICE, tuple(level.value for level in RelationshipLevel if level)
    ),
    "leaving_reason": Column(
        "leaving_reason", Kind.CHOICE, tuple(reason.value for reason in LeavingReason if reason)
    ),
    "leaving_note": Column("leaving_note", Kind.TEXT),
    "address": Column("letter_key", Kind.PRESENCE),
    "street": Column("street", Kind.TEXT),
    "postal_code": Column("postal_code", Kind.TEXT),
    "time_zone": Column("time_zone", Kind.TEXT, listed=True),
    "birth_day": Column("birth_day", Kind.NUMBER),
    "legal_representative": Column("legal_representative", Kind.TEXT),
    "note": Column("note", Kind.TEXT),
    "organisation": Column("organisation_id", Kind.PRESENCE),
    # in JSON under names of their own, for `values` and `size` would say nothing there
    **{f"trait_{name}": _trait(name) for name in TRAITS},
}
