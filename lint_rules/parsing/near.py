"""Patterns that are looked for only near what none of their matches does without.

A rich pattern tried at every place of a text spends its time where it cannot match. A cue, a plain word or
sign that every match holds, is found many times as quick: then only the stretches around the cues are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Near:
    """Its matches are those of the pattern alone, as long as each holds a cue.

    A match begins at most `before` characters before its cue, and ends, with whatever it looks at behind
    its end, at most `after` characters behind it. A cue of the group `far` may have a longer match before it.
    """

    cue: re.Pattern[str]
    pattern: re.Pattern[str]
    before: int
    after: int
    far: int = 0

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """As that of the pattern."""
        start = end = 0
        for cue in self.cue.finditer(text):
            begin = cue.start() - (self.far if cue.lastgroup else self.before)
            if begin > end:
                if end:
                    yield from self.pattern.finditer(text, start, end)
                start = begin
            end = cue.end() + self.after
        if end:
            yield from self.pattern.finditer(text, max(0, start), end)


def figure(rest: str) -> str:
    """A cue that begins with a figure; a class at the head of a choice would slow the search for all of it."""
    return "|".join(f"{digit}{rest}" for digit in range(10))
