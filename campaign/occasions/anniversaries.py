"""Birthdays and founding days: when is the next one, and whose is today.

Two conventions, both the usual ones in Vietnam: who was born on 29 February is greeted on the 28th in a
common year; who was born on the 30th of a lunar month is greeted on its last day when it has only 29. A
lunar birthday is kept in the regular month, never a second time in a leap month.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal, NamedTuple

from campaign.occasions import lunar

BirthCalendarWord = Literal["solar", "lunar"]


class YearDay(NamedTuple):
    """A day that comes back every year, in one calendar."""

    calendar: BirthCalendarWord
    month: int
    day: int


def is_possible(key: YearDay) -> bool:
    """Whether such a day can exist at all: no 31 April, no 31st of a lunar month."""
    if not 1 <= key.month <= 12 or key.day < 1:
        return False
    if key.calendar == "lunar":
        return key.day <= 30
    return key.day <= (29 if key.month == 2 else _days_in(2001, key.month))


def next_on(key: YearDay, on_or_after: date) -> date:
    """The first time that `key` comes round, on that day or later."""
    year = lunar.to_lunar(on_or_after).year if key.calendar == "lunar" else on_or_after.year
    for candidate in range(year, year + 3):
        day = _in_year(key, candidate)
        if day >= on_or_after:
            return day
    raise AssertionError(f"no {key} within two years")


def kept_on(day: date) -> set[YearDay]:
    """Every day of the year, in either calendar, that is kept on that date: the inverse of `next_on`.

    At most four: the date itself, 29 February on a common 28 February, the lunar date, and the missing
    30th on a 29th that ends its month.
    """
    keys = {YearDay("solar", day.month, day.day)}
    if (day.month, day.day) == (2, 28) and _days_in(day.year, 2) == 28:
        keys.add(YearDay("solar", 2, 29))
    here = lunar.to_lunar(day)
    if not here.leap:
        keys.add(YearDay("lunar", here.month, here.day))
        if here.day == 29 and lunar.last_day(here.year, here.month) == 29:
            keys.add(YearDay("lunar", here.month, 30))
    return keys


def years_since(begun: date, day: date) -> int:
    """Full years on that anniversary."""
    return day.year - begun.year


def _in_year(key: YearDay, year: int) -> date:
    if key.calendar == "lunar":
        return lunar.in_year(year, key.month, key.day)
    return date(year, key.month, min(key.day, _days_in(year, key.month)))


def _days_in(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - timedelta(days=1)).day
