"""What one part of a mail says beside the other: text and HTML mostly say the same, word for word."""

from __future__ import annotations

from bisect import bisect_left

from lint_rules.parsing.part import Part, Span
from lint_rules.parsing.sentences import paragraphs

# neither word nor blank: nothing that is looked for has it, and no pattern runs along it
BLOT = "\x00"


def beside(part: Part, other: Part) -> Part:
    """The part with every paragraph and line blotted out that the other has too, offset by offset the same."""
    known = frozenset(words for _, words in _blocks(other))
    text, done, pieces = part.text, 0, []
    for block, words in _blocks(part):
        # most paragraphs are known, and of those no line is looked at
        for span, its_words in [(block, words)] if words in known else _lines(part, block):
            if its_words in known or its_words in _lines_of(other):
                pieces += [text[done : span.start], BLOT * (span.end - span.start)]
                done = span.end
    pieces.append(text[done:])
    return Part(part.name, part.original, "".join(pieces), part.origins, part.moved)


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
