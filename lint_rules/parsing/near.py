"""Patterns that are looked for only near what none of their matches does without.

A rich pattern tried at every place of a text spends its time where it cannot match. A cue, a plain word or
sign that every match holds, is found many times as quick: then only the stretches around the cues are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Near:
    """Its matches are those of the pattern alone, as long as each holds a cue.

    A match begins at most `before` characters before its cue, and ends, with whatever it looks at behind
    its end, at most `after` characters behind it. Before a cue that is a word it may begin `far` before.
    """

    cue: re.Pattern[str]
    pattern: re.Pattern[str]
    before: int
    after: int
    far: int = 0

    def finditer(self, text: str, first: int = 0, last: int | None = None) -> Iterator[re.Match[str]]:
        """As that of the pattern."""
        last = len(text) if last is None else last
        start = end = first
        for cue in self.cue.finditer(text, first, last):
            at, stop = cue.span()
            begin = at - (self.far if self.far and text[at].isalpha() else self.before)
            if begin > end:
                if end > first:
                    yield from self.pattern.finditer(text, start, end)
                start = begin
            end = min(stop + self.after, last)
        if end > first:
            yield from self.pattern.finditer(text, start, end)

    def search(self, text: str) -> re.Match[str] | None:
        """The first."""
        return next(self.finditer(text), None)


def holds_any(text: str, words: Iterable[str]) -> bool:
    """Whether one of them stands in the text."""
    return any(map(text.__contains__, words))


def figure(rest: str) -> str:
    """A cue that begins with a figure; a class at the head of a choice would slow the search for all of it."""
    return "|".join(f"{digit}{rest}" for digit in range(10))
