"""The holidays one greets on."""

from __future__ import annotations

from datetime import date

from campaign.occasions import holidays
from campaign.occasions.holidays import Whom


def _keys(first: date, last: date) -> list[tuple[date, str]]:
    return [(day, holiday.key) for day, holiday in holidays.between(first, last)]


def test_a_year_in_vietnam() -> None:
    year = _keys(date(2026, 1, 1), date(2026, 12, 31))
    assert (date(2026, 2, 17), "tet") in year
    assert (date(2026, 9, 25), "mid-autumn") in year
    assert (date(2026, 10, 20), "women-20-10") in year
    assert (date(2026, 11, 26), "thanksgiving") in year
    assert year == sorted(year, key=lambda pair: pair[0])


def test_tet_and_spring_festival_part_in_2030() -> None:
    assert _keys(date(2030, 2, 1), date(2030, 2, 3)) == [
        (date(2030, 2, 2), "tet"),
        (date(2030, 2, 3), "spring-festival"),
    ]


def test_both_ends_count_and_years_may_turn() -> None:
    assert _keys(date(2026, 12, 25), date(2027, 1, 1)) == [
        (date(2026, 12, 25), "christmas"),
        (date(2027, 1, 1), "new-year"),
    ]


def test_the_next_time() -> None:
    assert holidays.next_on("tet", date(2026, 2, 17)) == date(2026, 2, 17)
    assert holidays.next_on("tet", date(2026, 2, 18)) == date(2027, 2, 6)


def test_whom() -> None:
    assert holidays.BY_KEY["teachers"].whom is Whom.TEACHERS
    assert len(set(holidays.KEYS)) == len(holidays.KEYS)
