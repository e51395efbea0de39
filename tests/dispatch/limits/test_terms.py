"""The arithmetic of limits: warm-up grows to its full limit, and no window ever holds more than its limit."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.dispatch.limits.buckets import Bucket
from campaign.dispatch.limits.local import LocalBuckets
from campaign.dispatch.limits.providers import all_providers, provider_of
from campaign.dispatch.limits.terms import Limit, WarmUp, limit_as, limit_from, rate

BEGAN = date(2026, 3, 9)
EASE = 1e-9


def most_in_a_window(times: list[float], period: float) -> int:
    """The most of them within any period that begins with one of them and does not hold its own end."""
    times = sorted(times)
    return max((sum(begin <= one < begin + period - EASE for one in times) for begin in times), default=0)


@given(
    limit=st.integers(1, 60),
    period=st.sampled_from([1.0, 60.0]),
    steps=st.lists(st.tuples(st.floats(0, 0.3), st.floats(0, 1)), min_size=1, max_size=120),
)
def test_tokens_used_late_never_exceed_the_limit_in_any_window(
    limit: int, period: float, steps: list[tuple[float, float]]
) -> None:
    """Takes whatever there is at random moments and uses each token as late as its life allows."""
    bucket, now, full_at, used = rate(limit, period), 0.0, 0.0, []
    for pause, late in steps:
        now += pause * period
        full_at = max(now, full_at)
        room = int(bucket.capacity - (full_at - now) / bucket.interval + EASE)
        used += [now + late * bucket.life] * room
        full_at += room * bucket.interval
    assert most_in_a_window(used, period) <= limit


@pytest.mark.parametrize("limit", [1, 7, 100, 5000])
def test_most_of_the_limit_can_be_used(limit: int) -> None:
    bucket = rate(limit, 3600)
    assert 3600 / bucket.interval >= 0.9 * limit


@given(limit=st.integers(4, 100), processes=st.integers(1, 4))
def test_processes_that_count_alone_stay_within_the_limit_together(limit: int, processes: int) -> None:
    clock = [0.0]
    alone = [LocalBuckets(processes, lambda: clock[0]) for _ in range(processes)]
    bucket = Bucket("relay/x", "second", rate(limit, 1.0))
    used = []
    for _ in range(300):
        used += [clock[0] for one in alone if one.take([bucket], 1).tokens]
        clock[0] += 0.01
    assert used
    assert most_in_a_window(used, 1.0) <= limit


def test_a_process_alone_takes_its_part_of_the_day_and_no_more() -> None:
    alone = LocalBuckets(4)
    bucket = Bucket("relay/x", "day", None, 10)
    assert [alone.take([bucket], 1).tokens for _ in range(4)] == [1, 1, 0, 0]


def test_warm_up_grows_every_day_until_the_full_limit() -> None:
    limit = Limit(day=1000, warm_up=WarmUp(BEGAN, start=50, growth=50))
    days = [limit.on(BEGAN + timedelta(days=day)) for day in range(-1, 10)]
    assert days == [50, 50, 75, 112, 168, 252, 378, 567, 850, 1000, 1000]
    slow = WarmUp(BEGAN, start=1, growth=1)
    assert slow.allowance(BEGAN + timedelta(days=3), 100) == 4
    assert slow.allowance(BEGAN + timedelta(days=50_000), 100) == 100


def test_a_limit_is_the_same_after_its_json() -> None:
    limit = Limit(second=5, day=100, connections=2, warm_up=WarmUp(BEGAN, 50, 50))
    assert limit_from(limit_as(limit)) == limit
    assert limit_as(Limit()) == {}


def test_domains_of_one_provider_are_one() -> None:
    assert provider_of("GoogleMail.com") == provider_of("gmail.com") == "google"
    assert provider_of("hotmail.com") == provider_of("live.com") == provider_of("outlook.com")
    assert provider_of("Example.COM.") == "example.com"
    domains = [domain for provider in all_providers() for domain in provider.domains]
    assert len(domains) == len(set(domains))
    assert all(provider.source.startswith("https://") for provider in all_providers())
