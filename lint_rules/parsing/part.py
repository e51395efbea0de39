"""A part of a message: its text for matching, and where each character stands in the original."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any, NamedTuple

from lint_rules.parsing import merge_fields
from lint_rules.parsing.lazy import lazy
from lint_rules.parsing.merge_fields import MergeTag
from lint_rules.parsing.normalise import folded, normalised
from lint_rules.parsing.runs import line_bounds

_LINE_END = re.compile(r"\r\n?|\n")


class Span(NamedTuple):
    """A stretch of a part's `text`, from `start` to before `end`; a tuple, for there are thousands of them."""

    start: int
    end: int

    def holds(self, other: Span) -> bool:
        """Whether the other lies within this one."""
        return self.start <= other.start and other.end <= self.end


@dataclass
class Part:
    """`name` is `subject`, `text` or `html`, or the id of a block in the editor.

    `text` is what rules read; `origins` leads from its offsets to those of `original` (None: the same).
    """

    name: str
    original: str
    text: str
    origins: array[int] | None = None
    moved: array[int] | None = None
    """Of an extracted part: the offset in its visible text of each character of `text` (None: the same)."""
    readings: dict[tuple[str, str], Any] = field(default_factory=dict)
    """Words, sentences, offers: what was read out of it, by reading and language; see `Draft`."""

    @classmethod
    def plain(cls, name: str, original: str) -> Part:
        """A part written as plain text."""
        text, origins = normalised(original)
        return cls(name, original, text, origins)

    @classmethod
    def extracted(cls, name: str, original: str, visible: str, places: array[int]) -> Part:
        """A part whose visible text was taken out of `original`; `places` has one offset a character."""
        text, moved = normalised(visible)
        places.append(len(original))
        if moved is not None:
            places = array("l", (places[offset] for offset in moved))
        return cls(name, original, text, places, moved)

    def span_of_visible(self, span: Span) -> Span:
        """A stretch of the visible text, before it was normalised, as a stretch of `text`."""
        if self.moved is None:
            return span
        return Span(bisect_left(self.moved, span.start), bisect_left(self.moved, span.end))

    def span_of_original(self, span: Span) -> Span:
        """A stretch of the original as a stretch of `text`."""
        if self.origins is None:
            return span
        return Span(bisect_left(self.origins, span.start), bisect_left(self.origins, span.end))

    def origin(self, offset: int) -> int:
        """The offset in the original."""
        return offset if self.origins is None else self.origins[offset]

    def origin_end(self, start: int, end: int) -> int:
        """Where a stretch ends in the original: behind its last character with all its marks."""
        if self.origins is None or end <= start:
            return self.origin(end)
        following = self.origins[end]
        last = self.origins[end - 1]
        # text taken out of HTML has tags between its characters: they are no part of the stretch
        return following if following - last <= _LONGEST_CHARACTER else last + 1

    @lazy
    def _line_starts(self) -> list[int]:
        if "\r" not in self.original:
            return line_bounds(self.original)[0]
        return [0, *(match.end() for match in _LINE_END.finditer(self.original))]

    def position(self, original_offset: int) -> tuple[int, int]:
        """Line and column in the original, both counted from 1; columns in code points."""
        line = bisect_right(self._line_starts, original_offset)
        return line, original_offset - self._line_starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        """The original offset of a line and column."""
        return self._line_starts[line - 1] + column - 1

    @lazy
    def tags(self) -> list[MergeTag]:
        """Merge fields and Jinja statements in order."""
        return merge_fields.find_tags(self.text)

    @lazy
    def masked(self) -> str:
        """The text with merge fields blotted out by U+FFFC, so that their code is not read as words."""
        return merge_fields.mask(self.text, self.tags)

    @lazy
    def folded(self) -> str:
        """The masked text for comparing, offset by offset the same."""
        return folded(self.masked)

    @lazy
    def flat(self) -> str:
        """The folded text with blanks for line ends: within a paragraph a line may end anywhere."""
        return self.folded.replace("\n", " ")

    @lazy
    def lines(self) -> list[Span]:
        """Its lines without their ends."""
        return list(map(tuple.__new__, repeat(Span), zip(*line_bounds(self.text, MOST_LINES), strict=True)))

    @lazy
    def stretches(self) -> list[Span]:
        """Where words are read: all of it, or of an endless text its beginning and its end."""
        size = len(self.text)
        if size <= LONGEST_READ:
            return [Span(0, size)]
        return [Span(0, LONGEST_READ - LONGEST_END), Span(size - LONGEST_END, size)]

    def blank(self) -> bool:
        """Whether nothing is to be seen in it."""
        return not self.text.strip()


# lines of a part; what stands below so many is one
MOST_LINES = 50_000
# characters of a part in which words, phrases and sentences are looked for, and those of its end among them:
# sixty pages, while a message has one or two
LONGEST_READ, LONGEST_END = 120_000, 20_000
# a letter with every mark it can bear, or an entity such as &nbsp;
_LONGEST_CHARACTER = 12
