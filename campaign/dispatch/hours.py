"""Each recipient's hour as SQL: an audience lives in a few dozen zones, so one CASE says all moments."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, case, literal, or_, select
from sqlalchemy.orm import Session

from campaign.contacts.zones import known, zone_of
from campaign.dispatch.timing import Timing
from campaign.models import AudienceMember, Contact, Delivery

# where a contact says to live: time zone and country
_Home = tuple[str, str]


def everybody(audience_id: int) -> Select[int]:
    """The contacts of an audience."""
    return select(AudienceMember.contact_id).where(AudienceMember.audience_id == audience_id)


def moments(db: Session, people: Select[int], timing: Timing) -> dict[datetime, list[_Home]]:
    """When it is the hour of whom, the first moment first; `people` selects contact ids."""
    homes = select(Contact.time_zone, Contact.country).where(Contact.id.in_(people)).distinct()
    found: defaultdict[datetime, list[_Home]] = defaultdict(list)
    for zone, country in db.execute(homes):
        found[timing.at_in(zone_of(zone, country, timing.zone))].append((zone, country))
    return dict(sorted(found.items()))


def expression(db: Session, people: Select[int], timing: Timing) -> ColumnElement[datetime]:
    """The moment of the `Contact` at hand, one of `people`; who moves on to another zone meanwhile counts by
    `timing.zone`. For a chunk pass the chunk's people: all of an audience are many to look through."""
    kind = Delivery.next_attempt_at.type
    whens = [(_lives(homes), literal(at, kind)) for at, homes in moments(db, people, timing).items()]
    otherwise = literal(timing.at_in(timing.zone), kind)
    return case(*whens, else_=otherwise) if whens else otherwise


def _lives(homes: list[_Home]) -> ColumnElement[bool]:
    """Who lives in one of these; the country decides only where the zone is none."""
    zones = sorted({zone for zone, _ in homes if zone in known()})
    by_country: defaultdict[str, set[str]] = defaultdict(set)
    for zone, country in homes:
        if zone not in known():
            by_country[zone].add(country)
    return or_(
        Contact.time_zone.in_(zones),
        *(
            and_(Contact.time_zone == zone, Contact.country.in_(sorted(countries)))
            for zone, countries in by_country.items()
        ),
    )
