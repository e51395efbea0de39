"""What one part of a mail says beside the other: text and HTML mostly say the same, word for word."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from lint_rules.parsing.part import Part, Span
from lint_rules.parsing.sentences import paragraphs

# neither word nor blank: nothing that is looked for has it, and no pattern runs along it
BLOT = "\x00"


@dataclass(frozen=True, slots=True)
class Own:
    """What a part alone says: its text with one blot for each stretch that the other part has too."""

    part: Part
    starts: list[int]
    """Where each stretch that was kept begins in the text of `part`,"""
    origins: list[int]
    """and where in that of the whole part."""

    def in_whole(self, span: Span) -> Span:
        """A stretch of it without blots as a stretch of the whole part."""
        index = bisect_right(self.starts, span.start) - 1
        by = self.origins[index] - self.starts[index]
        return Span(span.start + by, span.end + by)

    def of_whole(self, span: Span) -> Span:
        """A stretch of the whole part as one of what was kept of it."""
        return Span(self._offset(span.start), self._offset(span.end))

    def _offset(self, place: int) -> int:
        index = bisect_right(self.origins, place) - 1
        end = self.starts[index + 1] - len(BLOT) if index + 1 < len(self.starts) else len(self.part.text)
        return min(self.starts[index] + place - self.origins[index], end)


def beside(part: Part, other: Part) -> Own:
    """The part without the paragraphs and lines that the other has too."""
    known = frozenset(words for _, words in _blocks(other))
    text, size, starts, origins, pieces = part.text, 0, [0], [0], []
    for block, words in _blocks(part):
        # most paragraphs are known, and of those no line is looked at
        for span, its_words in [(block, words)] if words in known else _lines(part, block):
            if its_words in known or its_words in _lines_of(other):
                kept = text[origins[-1] : span.start]
                pieces += [kept, BLOT]
                size += len(kept) + len(BLOT)
                starts.append(size)
                origins.append(span.end)
    own = "".join([*pieces, text[origins[-1] :]])
    return Own(Part(part.name, own, own), starts, origins)


def _blocks(part: Part) -> list[tuple[Span, str]]:
    """Paragraphs, each with its words however they are wrapped."""
    if _BLOCKS not in part.readings:
        part.readings[_BLOCKS] = [(block, _words(part, block)) for block in paragraphs(part)]
    blocks: list[tuple[Span, str]] = part.readings[_BLOCKS]
    return blocks


def _lines_of(part: Part) -> frozenset[str]:
    """The words of each line."""
    if _LINES not in part.readings:
        part.readings[_LINES] = frozenset(
            words for block in paragraphs(part) for _, words in _lines(part, block)
        )
    lines: frozenset[str] = part.readings[_LINES]
    return lines


_BLOCKS, _LINES = ("blocks", ""), ("lines", "")


def _lines(part: Part, block: Span) -> list[tuple[Span, str]]:
    first = bisect_left(part.lines, (block.start, 0))
    last = bisect_left(part.lines, (block.end, 0), first)
    return [(line, _words(part, line)) for line in part.lines[first:last]]


def _words(part: Part, span: Span) -> str:
    return " ".join(part.text[span.start : span.end].split())
