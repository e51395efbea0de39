"""The lunar calendar against published New Years, an independent library and itself."""

from __future__ import annotations

from datetime import date

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.occasions import lunar
from campaign.occasions.lunar import Calendar, LunarDate

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
YEARS = range(1968, 2051)


@pytest.mark.parametrize(
    ("year", "vietnam", "china"),
    [
        (1968, date(1968, 1, 29), date(1968, 1, 30)),
        (1985, date(1985, 1, 21), date(1985, 2, 20)),
        (2007, date(2007, 2, 17), date(2007, 2, 18)),
        (2026, date(2026, 2, 17), date(2026, 2, 17)),
        (2030, date(2030, 2, 2), date(2030, 2, 3)),
    ],
)
def test_new_year_in_vietnam_and_china(year: int, vietnam: date, china: date) -> None:
    assert lunar.new_year(year) == vietnam
    assert lunar.new_year(year, Calendar.CHINA) == china


def test_the_calendars_part_in_exactly_these_years() -> None:
    apart = [year for year in YEARS if lunar.new_year(year) != lunar.new_year(year, Calendar.CHINA)]
    assert apart == [1968, 1969, 1985, 2007, 2030]


def test_every_tet_agrees_with_an_independent_library() -> None:
    theirs = holidays.country_holidays("VN", years=YEARS, language="en_US", observed=False)
    for year in YEARS:
        named = [day for day in theirs.get_named("Lunar New Year", lookup="exact") if day.year == year]
        assert named, year
        assert lunar.new_year(year) == min(named)


def test_leap_month_comes_after_its_namesake() -> None:
    assert lunar.to_lunar(date(2025, 7, 25)) == LunarDate(2025, 6, 1, leap=True)
    assert lunar.to_solar(LunarDate(2025, 6, 1)) == date(2025, 6, 25)
    assert lunar.to_solar(LunarDate(2026, 6, 1, leap=True)) is None


def test_a_missing_thirtieth_is_the_last_day() -> None:
    assert lunar.last_day(2025, 2) == 29
    assert lunar.to_solar(LunarDate(2025, 2, 30)) is None
    assert lunar.in_year(2025, 2, 30) == lunar.to_solar(LunarDate(2025, 2, 29))


@given(DAYS, st.sampled_from(Calendar))
def test_there_and_back(day: date, calendar: Calendar) -> None:
    assert lunar.to_solar(lunar.to_lunar(day, calendar), calendar) == day


@given(DAYS)
def test_lunar_days_follow_each_other(day: date) -> None:
    here = lunar.to_lunar(day)
    following = lunar.to_lunar(date.fromordinal(day.toordinal() + 1))
    assert following.day == here.day + 1 or (following.day == 1 and here.day in (29, 30))
