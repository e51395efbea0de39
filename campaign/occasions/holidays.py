"""The holidays on which customers are greeted, and whom each is for.

Fixed days and lunar days are kept here, for they are ours to choose (which holidays a house greets on is
a custom, not a law).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from campaign.occasions import lunar
from campaign.occasions.lunar import Calendar

THURSDAY = 3  # date.weekday()
CHINESE_COUNTRIES = frozenset({"CN", "HK", "MO", "TW", "SG"})
CHRISTIAN_COUNTRIES = frozenset({"US", "GB", "IE", "CA", "AU", "NZ", "DE", "FR", "AT", "CH", "NL", "BE"})


class Whom(StrEnum):
    """A hint whom a holiday is for; `campaign.care.whom` turns it into people."""

    ALL = "all"
    WOMEN = "women"
    TEACHERS = "teachers"
    ENTREPRENEURS = "entrepreneurs"


@dataclass(frozen=True)
class Holiday:
    """One holiday: `key` names it in the catalogues, `countries` where its people live."""

    key: str
    whom: Whom
    countries: frozenset[str]
    on: Callable[[int], date | None]
    """The day in a year of the common calendar; None when the year has none."""


def _fixed(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def _lunar(month: int, day: int, calendar: Calendar) -> Callable[[int], date]:
    return lambda year: lunar.in_year(year, month, day, calendar)


def _thanksgiving(year: int) -> date:
    """The fourth Thursday of November (5 U.S.C. § 6103)."""
    first = date(year, 11, 1)
    return first + timedelta((THURSDAY - first.weekday()) % 7, weeks=3)


VIETNAM = frozenset({"VN"})

HOLIDAYS: tuple[Holiday, ...] = (
    Holiday("tet", Whom.ALL, VIETNAM, _lunar(1, 1, Calendar.VIETNAM)),
    Holiday("women-8-3", Whom.WOMEN, VIETNAM, _fixed(3, 8)),
    Holiday("reunification", Whom.ALL, VIETNAM, _fixed(4, 30)),
    Holiday("national-day", Whom.ALL, VIETNAM, _fixed(9, 2)),
    Holiday("mid-autumn", Whom.ALL, VIETNAM, _lunar(8, 15, Calendar.VIETNAM)),
    Holiday("entrepreneurs", Whom.ENTREPRENEURS, VIETNAM, _fixed(10, 13)),
    Holiday("women-20-10", Whom.WOMEN, VIETNAM, _fixed(10, 20)),
    Holiday("teachers", Whom.TEACHERS, VIETNAM, _fixed(11, 20)),
    Holiday("spring-festival", Whom.ALL, CHINESE_COUNTRIES, _lunar(1, 1, Calendar.CHINA)),
    Holiday("zhongqiu", Whom.ALL, CHINESE_COUNTRIES, _lunar(8, 15, Calendar.CHINA)),
    Holiday("thanksgiving", Whom.ALL, frozenset({"US"}), _thanksgiving),
    Holiday("christmas", Whom.ALL, CHRISTIAN_COUNTRIES, _fixed(12, 25)),
    Holiday("new-year", Whom.ALL, VIETNAM | CHRISTIAN_COUNTRIES, _fixed(1, 1)),
)

BY_KEY = {holiday.key: holiday for holiday in HOLIDAYS}
PERSONAL = ("birthday", "founding")
KEYS: tuple[str, ...] = (*PERSONAL, *BY_KEY)
"""Every occasion key; the catalogues name each as `care-occasion-KEY`."""


@cache
def day_of(key: str, year: int) -> date | None:
    """When that holiday falls in a year."""
    return BY_KEY[key].on(year)


def between(first: date, last: date) -> list[tuple[date, Holiday]]:
    """All holidays from `first` to `last`, both included, in order."""
    found = [
        (day, holiday)
        for year in range(first.year, last.year + 1)
        for holiday in HOLIDAYS
        if (day := day_of(holiday.key, year)) is not None and first <= day <= last
    ]
    return sorted(found, key=lambda pair: (pair[0], KEYS.index(pair[1].key)))


def next_on(key: str, on_or_after: date) -> date:
    """The next time that holiday comes."""
    for year in range(on_or_after.year, on_or_after.year + 3):
        day = day_of(key, year)
        if day is not None and day >= on_or_after:
            return day
    raise AssertionError(f"no {key} within two years of {on_or_after}")
