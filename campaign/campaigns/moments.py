"""A day and a time of day in a named time zone, as people schedule."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import available_timezones

from sqlalchemy.orm import Session

from campaign.contacts import spread
from campaign.dispatch import timing
from campaign.dispatch.timing import Late, Timing
from campaign.errors import InvalidInput


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


def zones(db: Session, office: str) -> list[str]:
    """The zones worth offering: the office's first, then those in which contacts live."""
    known = available_timezones()
    lived_in = (zone for zone in spread.zones(db) if zone in known)
    return list(dict.fromkeys([office, *lived_in, "UTC"]))
