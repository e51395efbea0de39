"""The lunar calendar of Vietnam (UTC+7) and of China (UTC+8), behind two small functions.

The astronomy is vnlunar's: tables of Hồ Ngọc Đức for Vietnam, the same rules computed for China. The two
calendars differ where a new moon or a solstice falls between the two midnights: New Year in 1968, 1969,
1985, 2007 and 2030.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cache

import vnlunar

# the range of vnlunar's tables
FIRST_YEAR, LAST_YEAR = 1801, 2198


class Calendar(Enum):
    """Whose midnight decides on which day a new moon falls."""

    VIETNAM = 7.0
    CHINA = 8.0

    @property
    def zone(self) -> float | None:
        """vnlunar's time zone: None reads its tables for Vietnam, a number computes."""
        return None if self is Calendar.VIETNAM else self.value


@dataclass(frozen=True, order=True)
class LunarDate:
    """Day 1 to 30 of month 1 to 12; `leap` marks the second month of the same number."""

    year: int
    month: int
    day: int
    leap: bool = False


def to_lunar(day: date, calendar: Calendar = Calendar.VIETNAM) -> LunarDate:
    """The lunar date of a day."""
    found = vnlunar.get_lunar_date(day.day, day.month, day.year, calendar.zone)
    return LunarDate(found["year"], found["month"], found["day"], bool(found["leap"]))


def to_solar(lunar: LunarDate, calendar: Calendar = Calendar.VIETNAM) -> date | None:
    """The day of a lunar date; None when that year has no such day (a 30th, a leap month)."""
    found = vnlunar.convert_lunar_to_solar(lunar.day, lunar.month, lunar.year, int(lunar.leap), calendar.zone)
    if found is None:
        return None
    day, month, year = found
    return date(year, month, day)


def last_day(year: int, month: int, calendar: Calendar = Calendar.VIETNAM) -> int:
    """29 or 30: how long the (regular) month is."""
    return 29 if to_solar(LunarDate(year, month, 30), calendar) is None else 30


def in_year(year: int, month: int, day: int, calendar: Calendar = Calendar.VIETNAM) -> date:
    """That lunar day in that lunar year, in the regular month; a 30th that is missing is the 29th."""
    found = to_solar(LunarDate(year, month, min(day, last_day(year, month, calendar))), calendar)
    if found is None:
        raise ValueError(f"there is no day {day} of lunar month {month}")
    return found


@cache
def new_year(year: int, calendar: Calendar = Calendar.VIETNAM) -> date:
    """The first day of the lunar year that begins in January or February of `year`."""
    return in_year(year, 1, 1, calendar)
