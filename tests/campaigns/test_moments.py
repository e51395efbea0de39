"""Hours are read in the zone they were written in; hours that do not exist are refused."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from campaign.campaigns import moments
from campaign.errors import InvalidInput


def test_an_hour_in_a_named_zone() -> None:
    assert moments.read("2026-03-10", "09:30", "Asia/Ho_Chi_Minh") == datetime(2026, 3, 10, 2, 30, tzinfo=UTC)
    assert moments.read("2026-07-10", "09:30", "Europe/Berlin") == datetime(2026, 7, 10, 7, 30, tzinfo=UTC)


def test_of_an_hour_that_comes_twice_the_first() -> None:
    assert moments.read("2026-10-25", "02:30", "Europe/Berlin") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "clock", "zone", "key"),
    [
        ("2026-03-29", "02:30", "Europe/Berlin", "campaigns-schedule-gap"),
        ("2026-02-30", "09:00", "UTC", "campaigns-schedule-unreadable"),
        ("", "", "UTC", "campaigns-schedule-unreadable"),
        ("2026-03-10", "09:00+07:00", "UTC", "campaigns-schedule-unreadable"),
        ("2026-03-10", "09:00", "../etc/passwd", "campaigns-schedule-zone"),
    ],
)
def test_what_is_no_hour(day: str, clock: str, zone: str, key: str) -> None:
    with pytest.raises(InvalidInput, match=key):
        moments.read(day, clock, zone)
