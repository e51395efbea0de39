"""Birthdays in both calendars."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.occasions.anniversaries import YearDay, is_possible, kept_on, next_on

DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))
KEYS = st.builds(YearDay, st.sampled_from(["solar", "lunar"]), st.integers(1, 12), st.integers(1, 31)).filter(
    is_possible
)


@pytest.mark.parametrize(
    ("key", "today", "expected"),
    [
        (YearDay("solar", 3, 12), date(2026, 3, 9), date(2026, 3, 12)),
        (YearDay("solar", 3, 9), date(2026, 3, 9), date(2026, 3, 9)),
        (YearDay("solar", 3, 8), date(2026, 3, 9), date(2027, 3, 8)),
        (YearDay("solar", 2, 29), date(2026, 1, 1), date(2026, 2, 28)),
        (YearDay("solar", 2, 29), date(2028, 1, 1), date(2028, 2, 29)),
        (YearDay("lunar", 1, 1), date(2026, 1, 1), date(2026, 2, 17)),
        (YearDay("lunar", 12, 23), date(2026, 1, 1), date(2026, 2, 10)),  # still the lunar year 2025
        (YearDay("lunar", 2, 30), date(2025, 3, 1), date(2025, 3, 28)),  # that month has 29 days
        (YearDay("lunar", 6, 1), date(2025, 7, 1), date(2026, 7, 14)),  # not again in leap month six
    ],
)
def test_the_next_time(key: YearDay, today: date, expected: date) -> None:
    assert next_on(key, today) == expected


@given(KEYS, DAYS)
def test_the_next_time_is_within_thirteen_lunar_months(key: YearDay, today: date) -> None:
    assert today <= next_on(key, today) <= today + timedelta(days=385)


@given(KEYS, DAYS)
def test_who_has_a_next_time_is_kept_on_that_day(key: YearDay, today: date) -> None:
    assert key in kept_on(next_on(key, today))


@given(DAYS)
def test_what_is_kept_today_comes_next_today(today: date) -> None:
    assert all(next_on(key, today) == today for key in kept_on(today))


@pytest.mark.parametrize("key", [YearDay("solar", 4, 31), YearDay("lunar", 1, 31), YearDay("solar", 13, 1)])
def test_impossible_days(key: YearDay) -> None:
    assert not is_possible(key)
