"""Habits are the same each time and have about the shares that are written beside them."""

from __future__ import annotations

import pytest

from campaign.lab import people
from campaign.lab.people import habit_of

HABITS = [habit_of(f"khach{number}@example.com") for number in range(20_000)]


@pytest.mark.parametrize(
    ("trait", "share"),
    [
        ("opens", people.OPEN),
        ("clicks", people.CLICK),
        ("replies", people.REPLY),
        ("scanned", people.SCANNED),
        ("unsubscribes", people.UNSUBSCRIBE),
        ("complains", people.COMPLAIN),
    ],
)
def test_shares(trait: str, share: float) -> None:
    found = sum(getattr(habit, trait) for habit in HABITS) / len(HABITS)
    # bounces come first and take three in a hundred away
    assert found == pytest.approx(share * 0.97, abs=0.01)


def test_the_same_each_time() -> None:
    assert habit_of("An@example.com") == habit_of("an@example.com")


def test_who_acts_has_opened() -> None:
    assert all(habit.opens for habit in HABITS if habit.clicks or habit.replies or habit.unsubscribes)
    assert not any(habit.opens for habit in HABITS if habit.bounces)
