"""Boxes of scores joined where they lie side by side: each end left out is a boundary less to look up."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from campaign.segments.value import Box


def merged(boxes: Iterable[Box]) -> list[Box]:
    """The same scores in as few boxes as joining two by two gives."""
    found = list(dict.fromkeys(boxes))
    while True:
        for one, other in combinations(found, 2):
            whole = _joined(one, other)
            if whole is not None:
                found = [box for box in found if box not in (one, other)] + [whole]
                break
        else:
            return found


def _joined(one: Box, other: Box) -> Box | None:
    """Both as one box, when they differ in one measure at most and leave no gap there."""
    differ = [at for at, (mine, theirs) in enumerate(zip(one, other, strict=True)) if mine != theirs]
    if len(differ) > 1:
        return None
    made = [*one]
    for at in differ:
        (low, high), (other_low, other_high) = one[at], other[at]
        if max(low, other_low) > min(high, other_high) + 1:
            return None
        made[at] = (min(low, other_low), max(high, other_high))
    r, f, m = made
    return r, f, m
