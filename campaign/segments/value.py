"""What a customer is worth and where they stand, in words: groups by RFM, tiers by share, stages of life.

Each customer is in exactly one group, one tier and one stage. Pure; `value_sql` asks the database the same.
"""

from __future__ import annotations

from enum import StrEnum

Range = tuple[int, int]  # both ends belong to it
Box = tuple[Range, Range, Range]  # of recency, frequency and monetary value
ANY: Range = (1, 5)
HIGH: Range = (4, 5)
LOW: Range = (1, 2)


class Group(StrEnum):
    """By the scores of recency (r), frequency (f) and monetary value (m)."""

    CHAMPIONS = "champions"  # bought lately, often, for much
    LOYAL = "loyal"  # come back, and did so not long ago
    PROMISING = "promising"  # came a second time, or not so long ago
    NEW = "new"  # came lately, for the first time or nearly
    CANNOT_LOSE = "cannot_lose"  # bought often and for much, and stay away
    AT_RISK = "at_risk"  # bought often, and stay away
    HIBERNATING = "hibernating"  # came seldom, and some time ago
    LOST = "lost"  # came seldom, and longest ago


BOXES: dict[Group, tuple[Box, ...]] = {
    Group.CHAMPIONS: ((HIGH, HIGH, HIGH),),
    Group.LOYAL: ((HIGH, HIGH, (1, 3)), (HIGH, (3, 3), ANY), ((3, 3), (3, 5), ANY)),
    Group.PROMISING: ((HIGH, (2, 2), ANY), ((3, 3), LOW, ANY)),
    Group.NEW: ((HIGH, (1, 1), ANY),),
    Group.CANNOT_LOSE: ((LOW, HIGH, HIGH),),
    Group.AT_RISK: ((LOW, HIGH, (1, 3)), (LOW, (3, 3), ANY)),
    Group.HIBERNATING: (((2, 2), LOW, ANY),),
    Group.LOST: (((1, 1), LOW, ANY),),
}


def group_of(r: int, f: int, m: int) -> Group:
    """The group of these scores."""
    return next(group for group, boxes in BOXES.items() if any(inside(box, (r, f, m)) for box in boxes))


def inside(box: Box, scores: tuple[int, int, int]) -> bool:
    return all(low <= score <= high for (low, high), score in zip(box, scores, strict=True))


class Tier(StrEnum):
    """By what the customers who bought for strictly more make up of all sales together."""

    A = "a"  # less than four fifths (Pareto's 80/20)
    B = "b"  # less than nineteen twentieths
    C = "c"  # the rest, and who did not bring in anything


# the share of sales before which a tier ends, as a fraction: whole numbers compare exactly
TIER_ENDS: dict[Tier, tuple[int, int]] = {Tier.A: (4, 5), Tier.B: (19, 20)}


class Stage(StrEnum):
    """By the days since the first and the last order, in any currency."""

    PROSPECT = "prospect"  # no order yet
    NEW = "new"  # the first within NEW_DAYS
    CURRENT = "current"  # the last within CURRENT_DAYS, and not new
    LAPSING = "lapsing"  # the last within LAPSING_DAYS
    LAPSED = "lapsed"  # the last within LAPSED_DAYS
    FORMER = "former"  # all orders longer ago


# a quarter, half a year, a year, two years
NEW_DAYS = 90
CURRENT_DAYS = 180
LAPSING_DAYS = 365
LAPSED_DAYS = 730
