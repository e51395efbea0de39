"""Phrases in the paragraphs that are asked about, and in no others."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from operator import attrgetter

from lint_rules.parsing.part import Span
from lint_rules.parsing.phrases import EMPTY_LINE, Token
from lint_rules.parsing.thesaurus import Thesaurus

_START = attrgetter("start")


class Around:
    """The phrases of a few lexicons, each paragraph of a text read when it is asked about."""

    def __init__(self, folded_text: str, words: list[Token], wanted: Thesaurus) -> None:
        self._text, self._words, self._wanted = folded_text, words, wanted
        self._found: dict[int, Mapping[str, list[Span]]] = {}

    def of(self, span: Span) -> Mapping[str, list[Span]]:
        """All phrases in the paragraph that a stretch begins in, as if the whole text were read."""
        before, end = self._text.rfind(EMPTY_LINE, 0, span.start), self._text.find(EMPTY_LINE, span.start)
        start = before + len(EMPTY_LINE) if before >= 0 else 0
        if start not in self._found:
            end = end if end >= 0 else len(self._text)
            first, last = (bisect_left(self._words, place, key=_START) for place in (start, end))
            self._found[start] = self._wanted.find(self._words[first:last], self._text, start, end)
        return self._found[start]
