"""Shares and their intervals."""

from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.stats import Comparison, Share, chance_of


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


def test_newcombes_interval_and_the_test_of_a_known_case() -> None:
    """Newcombe 1998, table II, case (a): 56 of 70 against 48 of 80."""
    comparison = Comparison(Share(56, 70), Share(48, 80))
    assert comparison.difference == pytest.approx(0.2)
    low, high = comparison.interval
    assert low == pytest.approx(0.0524, abs=1e-4)
    assert high == pytest.approx(0.3339, abs=1e-4)
    assert comparison.p_value == pytest.approx(0.0080, abs=1e-4)


def test_too_little_is_said_to_be_too_little() -> None:
    few = Comparison(Share(4, 4), Share(0, 4))
    assert not few.is_enough
    assert few.p_value == 1.0
    assert not Comparison(Share(0, 0), Share(3, 9)).is_enough
    assert Comparison(Share(0, 0), Share(3, 9)).difference is None
    assert Comparison(Share(30, 100), Share(20, 100)).is_enough


shares = st.integers(1, 5_000).flatmap(lambda n: st.builds(Share, st.integers(0, n), st.just(n)))


@given(one=shares, other=shares)
def test_a_difference_lies_in_its_interval_whichever_comes_first(one: Share, other: Share) -> None:
    forth, back = Comparison(one, other), Comparison(other, one)
    low, high = forth.interval
    assert low - 1e-9 <= forth.difference <= high + 1e-9
    assert back.interval == pytest.approx((-high, -low))
    assert 0.0 <= forth.p_value <= 1.0
    assert back.p_value == pytest.approx(forth.p_value)


@given(
    st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    st.sampled_from([0.001, 0.05, 0.3, 0.9]),
)
def test_the_chance_of_so_many_is_the_sum_of_the_binomial_distribution(
    case: tuple[int, int], share: float
) -> None:
    hits, total = case
    exact = sum(
        comb(total, number) * Fraction(share) ** number * (1 - Fraction(share)) ** (total - number)
        for number in range(hits, total + 1)
    )
    expected = 1.0 if hits <= total * share else float(exact)
    assert chance_of(hits, total, share) == pytest.approx(expected, rel=1e-9)


def test_the_chance_of_many_among_very_many() -> None:
    assert chance_of(1_002_000, 20_000_000, 0.05) == pytest.approx(0.0201, abs=2e-4), "as the normal curve"
    assert chance_of(1_300_000, 20_000_000, 0.05) == pytest.approx(0.0, abs=1e-300)
