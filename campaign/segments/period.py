"""A period of days: so many days back from today, longer ago than so many, or between two dates.

Relative ones move with the day on which they are asked; all that is said must hold together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from campaign.segments.parts import number, text, wrong

DAYS_LIMIT = 366 * 20
# the names of its parts in JSON
PERIOD = ("days", "older_than", "since", "until")
# a part that says nothing is left out of the JSON: rules of earlier versions keep theirs, and their hash
QUIET = {"quiet": True}


@dataclass(frozen=True, kw_only=True)
class Timed:
    """What is about a period; without any of these: ever, days to come included."""

    days: int = 0
    """The last so many days, today included; 0: not asked."""
    older_than: int = field(default=0, metadata=QUIET)
    """More than so many days ago; 0: not asked."""
    since: date | None = field(default=None, metadata=QUIET)
    until: date | None = field(default=None, metadata=QUIET)

    @property
    def is_bounded(self) -> bool:
        return bool(self.days or self.older_than or self.since or self.until)

    def bounds(self, day: date) -> tuple[date | None, date | None]:
        """The first and the last day of it, asked on that day; None is open."""
        firsts = [self.since] if self.since else []
        lasts = [self.until] if self.until else []
        if self.days:
            firsts.append(day - timedelta(days=self.days))
            lasts.append(day)
        if self.older_than:
            lasts.append(day - timedelta(days=self.older_than + 1))
        return max(firsts, default=None), min(lasts, default=None)


def period(given: Mapping[str, Any]) -> dict[str, Any]:
    """The parts of a period, read strictly; what can hold no day at all is refused."""
    days = number(given, "days", 0, DAYS_LIMIT, 0)
    older_than = number(given, "older_than", 0, DAYS_LIMIT, 0)
    since, until = _date(given, "since"), _date(given, "until")
    if days and older_than and older_than >= days:
        raise wrong("older_than")
    if since and until and until < since:
        raise wrong("until")
    if (days or older_than) and (since or until):
        raise wrong("since")  # one or the other: a sentence that says both is understood by nobody
    return {"days": days, "older_than": older_than, "since": since, "until": until}


def _date(given: Mapping[str, Any], name: str) -> date | None:
    written = text(given, name, "")
    if not written:
        return None
    try:
        found = date.fromisoformat(written)
    except ValueError as error:
        raise wrong(name) from error
    # the databases and PostgreSQL's arithmetic agree on these years
    if not 1900 <= found.year <= 2200 or written != found.isoformat():
        raise wrong(name)
    return found
