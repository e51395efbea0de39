"""Retries come later and later, each delivery at its own moment, never past the deadline."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from campaign.dispatch.backoff import JITTER, WAITS, next_attempt
from tests.conftest import NOW

FAR = NOW + timedelta(days=30)


@given(attempts=st.integers(1, 30), delivery=st.integers(1, 2**40))
def test_a_little_later_than_the_schedule_and_always_the_same(attempts: int, delivery: int) -> None:
    due = next_attempt(attempts, NOW, FAR, delivery)
    wait = WAITS[min(attempts, len(WAITS)) - 1]
    assert due is not None
    assert wait <= due - NOW <= wait * (1 + JITTER)
    assert due == next_attempt(attempts, NOW, FAR, delivery)


def test_those_that_were_turned_away_together_come_apart() -> None:
    moments = {next_attempt(1, NOW, FAR, delivery) for delivery in range(300)}
    assert len(moments) > 290
    thirds = [
        sum(NOW + WAITS[0] + WAITS[0] * JITTER * part / 3 <= due for due in moments if due) for part in (1, 2)
    ]
    assert 150 < thirds[0] < 250
    assert 60 < thirds[1] < 140


@given(delivery=st.integers(1, 10_000))
def test_the_deadline_holds_and_a_little_later_alone_misses_none(delivery: int) -> None:
    close = NOW + WAITS[0] + timedelta(seconds=1)
    due = next_attempt(1, NOW, close, delivery)
    assert due is not None
    assert due <= close
    assert next_attempt(2, NOW, close, delivery) is None
