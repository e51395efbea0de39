"""Shares and their intervals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.stats import Share


def test_wilson_interval_of_a_known_case() -> None:
    low, high = Share(8, 10).interval
    assert low == pytest.approx(0.4902, abs=1e-4)
    assert high == pytest.approx(0.9433, abs=1e-4)


def test_nothing_known_is_everything_possible() -> None:
    assert Share(0, 0).interval == (0.0, 1.0)
    assert Share(0, 0).value is None


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_share_lies_in_its_interval(case: tuple[int, int]) -> None:
    share = Share(*case)
    low, high = share.interval
    assert low - 1e-9 <= share.value <= high + 1e-9
