"""Joined boxes hold the same scores, and groups side by side become one box."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from campaign.segments.boxes import merged
from campaign.segments.value import BOXES, Box, Group, inside

ends = st.tuples(st.integers(1, 5), st.integers(1, 5)).map(sorted).map(tuple)


def cells(boxes: list[Box]) -> set[tuple[int, int, int]]:
    every = product(range(1, 6), range(1, 6), range(1, 6))
    return {cell for cell in every if any(inside(box, cell) for box in boxes)}


@given(st.lists(st.tuples(ends, ends, ends), max_size=6))
def test_the_same_scores_are_meant(boxes: list[Box]) -> None:
    found = merged(boxes)
    assert cells(found) == cells(boxes)
    assert len(found) <= len(boxes)


def test_groups_side_by_side_are_one() -> None:
    both = [*BOXES[Group.CANNOT_LOSE], *BOXES[Group.AT_RISK]]
    assert merged(both) == [((1, 2), (3, 5), (1, 5))]
    assert merged([box for boxes in BOXES.values() for box in boxes]) == [((1, 5), (1, 5), (1, 5))]
