"""Days of the house's clock, and the moments at which they begin and end."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, true

# whose midnight decides what "today" is for birthdays and orders
HOUSE_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
Bounds = tuple[date | None, date | None]


def today(now: datetime) -> date:
    """The day it is where the house stands."""
    return now.astimezone(HOUSE_ZONE).date()


def begins(day: date) -> datetime:
    """The moment at which the day begins there."""
    return datetime.combine(day, time(), HOUSE_ZONE).astimezone(UTC)


def day_within(column: Any, bounds: Bounds) -> ColumnElement[bool]:
    """The condition that a day (not NULL) lies in the bounds."""
    first, last = bounds
    return and_(
        true(),
        *([column >= first] if first else []),
        *([column <= last] if last else []),
    )


def moment_within(column: Any, bounds: Bounds) -> ColumnElement[bool]:
    """The same of a moment."""
    first, last = bounds
    return and_(
        true(),
        *([column >= begins(first)] if first else []),
        *([column < begins(last + timedelta(days=1))] if last else []),
    )
