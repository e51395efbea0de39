"""Words with their places, found at the speed of C: there are thousands of them in a message."""

from __future__ import annotations

import re
from itertools import accumulate, count
from operator import add


def runs(pattern: re.Pattern[str], text: str) -> tuple[list[str], list[int], list[int]]:
    """What a pattern that is one group finds: the words, where each begins, and where each ends."""
    pieces = pattern.split(text)
    offsets = list(accumulate(map(len, pieces)))
    return pieces[1::2], offsets[:-1:2], offsets[1::2]


def line_bounds(text: str, most: int = -1) -> tuple[list[int], list[int]]:
    """Where each line begins, and where it ends; what stands below the first `most` is one more."""
    ends = list(map(add, accumulate(map(len, text.split("\n", most))), count()))
    return [0, *(end + 1 for end in ends[:-1])], ends
