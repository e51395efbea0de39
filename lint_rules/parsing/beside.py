"""What one part of a mail says beside the other: text and HTML mostly say the same, word for word."""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.parsing.part import Part, Span
from lint_rules.parsing.sentences import paragraphs

# neither word nor blank: nothing that is looked for has it, and no pattern runs along it
BLOT = "\x00"


def beside(part: Part, other: Part) -> Part:
    """The part with every paragraph and line blotted out that the other has too, offset by offset the same."""
    known = frozenset(words for _, words in _pieces(other))
    text, done, pieces = part.text, 0, []
    for span, words in _pieces(part):
        if words in known and span.start >= done:
            pieces += [text[done : span.start], BLOT * (span.end - span.start)]
            done = span.end
    pieces.append(text[done:])
    return Part(part.name, part.original, "".join(pieces), part.origins, part.moved)


def _pieces(part: Part) -> list[tuple[Span, str]]:
    """Paragraphs before their lines, each with its words however they are wrapped."""
    if _PIECES not in part.readings:
        part.readings[_PIECES] = list(_read(part))
    pieces: list[tuple[Span, str]] = part.readings[_PIECES]
    return pieces


_PIECES = ("pieces", "")


def _read(part: Part) -> Iterator[tuple[Span, str]]:
    lines = iter(part.lines)
    for block in paragraphs(part):
        yield block, " ".join(part.text[block.start : block.end].split())
        for line in lines:
            if line.start >= block.start and line.end > line.start:
                yield line, " ".join(part.text[line.start : line.end].split())
            if line.end >= block.end:
                break
