"""The columns a rule may name: nothing else reaches the database."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from campaign.models import BirthCalendar, ContactKind, LeavingReason, RelationshipLevel


class Kind(StrEnum):
    """What a column holds, which decides how it can be compared."""

    TEXT = "text"  # exactly as written
    NAME = "name"  # searched without marks and in any case
    NUMBER = "number"
    CHOICE = "choice"
    PRESENCE = "presence"  # only whether there is one


@dataclass(frozen=True)
class Column:
    """`attribute` of `Contact`; `choices` when only these values exist; `listed` when few values recur."""

    attribute: str
    kind: Kind
    choices: tuple[str, ...] = ()
    listed: bool = False


COLUMNS: dict[str, Column] = {
    "kind": Column("kind", Kind.CHOICE, tuple(kind.value for kind in ContactKind)),
    "name": Column("name_key", Kind.NAME),
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
    "phone": Column("phone", Kind.TEXT),
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
    "address": Column("letter_key", Kind.PRESENCE),
    "street": Column("street", Kind.TEXT),
    "postal_code": Column("postal_code", Kind.TEXT),
    "time_zone": Column("time_zone", Kind.TEXT, listed=True),
    "birth_day": Column("birth_day", Kind.NUMBER),
    "legal_representative": Column("legal_representative", Kind.TEXT),
    "note": Column("note", Kind.TEXT),
    "organisation": Column("organisation_id", Kind.PRESENCE),
}
