"""A day and a time of day in a named time zone, as people schedule."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import available_timezones

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaign.contacts import spread
from campaign.contacts.zones import zone_of
from campaign.dispatch import hours, timing
from campaign.dispatch.timing import Late, Timing
from campaign.errors import InvalidInput
from campaign.models import Contact


def read(day: str, clock: str, zone: str) -> datetime:
    """The moment in UTC. Refuses an hour that the zone's clocks skip; of one they repeat, takes the first."""
    return timing.moment(_wall(day, clock, zone), zone)


def choose(
    day: str, clock: str, zone: str, now: datetime, *, each: bool = False, late: Late = Late.NEXT_DAY
) -> Timing:
    """The hour as it was chosen; refuses like `read`. With `each` a recipient whose clocks skip it gets it as
    much later as they are put forward."""
    return Timing(_wall(day, clock, zone), zone, now, each, late)


def _wall(day: str, clock: str, zone: str) -> datetime:
    if zone not in available_timezones():
        raise InvalidInput("campaigns-schedule-zone", field="zone")
    try:
        wanted = datetime.combine(date.fromisoformat(day), time.fromisoformat(clock))
    except ValueError as error:
        raise InvalidInput("campaigns-schedule-unreadable", field="day") from error
    if wanted.tzinfo is not None:
        raise InvalidInput("campaigns-schedule-unreadable", field="time")
    if timing.is_skipped(wanted, zone):
        raise InvalidInput("campaigns-schedule-gap", field="time")
    return wanted


@dataclass(frozen=True)
class Moment:
    """When it is the chosen hour of so many people, in UTC, and the zones in which they live."""

    at: datetime
    people: int
    zones: list[str]


def of_audience(db: Session, audience_id: int, hour: Timing) -> list[Moment]:
    """Each recipient's own hour, the first moment first. Reads every recipient: not for very many."""
    people = hours.everybody(audience_id)
    homes = (
        select(Contact.time_zone, Contact.country, func.count())
        .where(Contact.id.in_(people))
        .group_by(Contact.time_zone, Contact.country)
    )
    counts: Counter[datetime] = Counter()
    lived_in: defaultdict[datetime, set[str]] = defaultdict(set)
    for zone, country, count in db.execute(homes):
        home = zone_of(zone, country, hour.zone)
        at = hour.at_in(home)
        counts[at] += count
        lived_in[at].add(home)
    return [Moment(at, counts[at], sorted(lived_in[at])) for at in sorted(counts)]


def zones(db: Session, office: str) -> list[str]:
    """The zones worth offering: the office's first, then those in which contacts live."""
    known = available_timezones()
    lived_in = (zone for zone in spread.zones(db) if zone in known)
    return list(dict.fromkeys([office, *lived_in, "UTC"]))
