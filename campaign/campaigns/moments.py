"""A day and a time of day in a named time zone, as people schedule."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo, available_timezones

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.errors import InvalidInput
from campaign.models import Contact


def read(day: str, clock: str, zone: str) -> datetime:
    """The moment in UTC. Refuses an hour that the zone's clocks skip; of one they repeat, takes the first."""
    if zone not in available_timezones():
        raise InvalidInput("campaigns-schedule-zone", field="zone")
    try:
        wanted = datetime.combine(date.fromisoformat(day), time.fromisoformat(clock))
    except ValueError as error:
        raise InvalidInput("campaigns-schedule-unreadable", field="day") from error
    if wanted.tzinfo is not None:
        raise InvalidInput("campaigns-schedule-unreadable", field="time")
    local = wanted.replace(tzinfo=ZoneInfo(zone))
    moment = local.astimezone(UTC)
    if moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != wanted:
        raise InvalidInput("campaigns-schedule-gap", field="time")
    return moment


def zones(db: Session, office: str) -> list[str]:
    """The zones worth offering: the office's first, then those in which contacts live."""
    known = available_timezones()
    found = db.scalars(select(Contact.time_zone).distinct().order_by(Contact.time_zone))
    return list(dict.fromkeys([office, *(zone for zone in found if zone in known), "UTC"]))
