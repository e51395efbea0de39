"""Phrases of a part whose paragraphs mostly stand in another part too: those are read once, there."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from lint_rules.parsing.part import Span
from lint_rules.parsing.phrases import EMPTY_LINE, tokens
from lint_rules.parsing.thesaurus import Thesaurus

Read = tuple[str, Mapping[str, list[Span]]]
"""Folded text, and the phrases found in it by lexicon."""


def find_beside(text: str, others: Iterable[Read], wanted: Thesaurus) -> dict[str, list[Span]]:
    """As `wanted.find` of the folded text; the others were read for these lexicons already."""
    known = {piece: (start, found) for other, found in others for start, piece in _pieces(other)}
    own: list[tuple[int, str]] = []
    made: defaultdict[str, list[Span]] = defaultdict(list)
    for start, piece in _pieces(text):
        if piece in known:
            there, found = known[piece]
            for name in wanted.names:
                made[name] += _moved(found.get(name, []), there, there + len(piece), start - there)
        else:
            own.append((start, piece))
    joined, there = EMPTY_LINE.join(piece for _, piece in own), 0
    found = wanted.find(tokens(joined), joined)
    for start, piece in own:
        for name, spans in found.items():
            made[name] += _moved(spans, there, there + len(piece), start - there)
        there += len(piece) + len(EMPTY_LINE)
    return {name: sorted(spans) for name, spans in made.items()}


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """What stands between empty lines: no phrase goes across one."""
    start = 0
    for piece in text.split(EMPTY_LINE):
        yield start, piece
        start += len(piece) + len(EMPTY_LINE)


def _moved(spans: list[Span], start: int, end: int, by: int) -> list[Span]:
    """Those between two places, as far off as the text around them."""
    first = bisect_left(spans, (start, 0))
    last = bisect_left(spans, (end, 0), first)
    return [Span(span.start + by, span.end + by) for span in spans[first:last]]
