"""Hours by a named clock: where it is skipped, where it comes twice, and where it has passed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from campaign.contacts.zones import known, zone_of
from campaign.dispatch import timing
from campaign.dispatch.timing import Late, Timing

NINE = datetime.fromisoformat("2026-03-10T09:00")
BEFORE = datetime(2026, 3, 9, 2, 0, tzinfo=UTC)
zones = st.sampled_from(sorted(known()))
YEARS = [datetime.fromisoformat(f"{year}-01-01T00:00") for year in (2026, 2028)]
walls = st.datetimes(*YEARS).map(lambda at: at.replace(second=0))


def test_one_clock_and_each_ones_own() -> None:
    hour = Timing(NINE, "Asia/Ho_Chi_Minh", BEFORE, each=True)
    assert hour.at == datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
    assert hour.at_in("America/New_York") == datetime(2026, 3, 10, 13, 0, tzinfo=UTC)


def test_an_hour_that_is_skipped_comes_as_much_later() -> None:
    night = datetime.fromisoformat("2026-03-29T02:30")
    assert timing.is_skipped(night, "Europe/Berlin")
    assert timing.moment(night, "Europe/Berlin") == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert not timing.is_skipped(night, "Asia/Ho_Chi_Minh")


def test_of_an_hour_that_comes_twice_the_first() -> None:
    night = datetime.fromisoformat("2026-10-25T02:30")
    assert timing.is_twice(night, "Europe/Berlin")
    assert timing.moment(night, "Europe/Berlin") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert not timing.is_twice(night, "Asia/Ho_Chi_Minh")


def test_whose_hour_has_passed() -> None:
    chosen = datetime(2026, 3, 10, 5, 0, tzinfo=UTC)  # noon in Hà Nội, midnight in New York
    later = Timing(NINE, "Asia/Ho_Chi_Minh", chosen, each=True)
    assert later.at_in("Asia/Ho_Chi_Minh") == datetime(2026, 3, 11, 2, 0, tzinfo=UTC)
    assert later.at_in("America/New_York") == datetime(2026, 3, 10, 13, 0, tzinfo=UTC)
    at_once = Timing(NINE, "Asia/Ho_Chi_Minh", chosen, each=True, late=Late.AT_ONCE)
    assert at_once.at_in("Asia/Ho_Chi_Minh") == chosen
    assert not later.is_over
    assert Timing(NINE, "Asia/Ho_Chi_Minh", chosen).is_over


@given(wall=walls, zone=zones, late=st.sampled_from(Late), chosen=walls)
def test_nobodys_hour_lies_before_it_was_chosen(
    wall: datetime, zone: str, late: Late, chosen: datetime
) -> None:
    hour = Timing(wall, "UTC", chosen.replace(tzinfo=UTC), each=True, late=late)
    due = hour.at_in(zone)
    assert due >= hour.chosen_at
    if late is Late.NEXT_DAY:
        assert due <= max(hour.chosen_at, timing.moment(wall, zone)) + timedelta(hours=26)


@given(wall=walls, zone=zones, each=st.booleans(), late=st.sampled_from(Late))
def test_an_hour_is_kept_as_it_was_chosen(wall: datetime, zone: str, each: bool, late: Late) -> None:
    hour = Timing(wall.replace(microsecond=0), zone, BEFORE, each, late)
    assert timing.from_json(hour.to_json()) == hour


def test_where_somebody_lives() -> None:
    assert zone_of("Asia/Tokyo", "VN", "UTC") == "Asia/Tokyo"
    assert zone_of("", "FR", "UTC") == "Europe/Paris"
    # most of its people live in one of its zones; or it has one only, half an hour beside the others
    assert zone_of("", "US", "UTC") == "America/New_York"
    assert zone_of("", "LK", "UTC") == "Asia/Colombo"
    assert zone_of("Hà Nội", "XX", "Asia/Ho_Chi_Minh") == "Asia/Ho_Chi_Minh"
