"""All lexicons of a language in one tree, so that a text is read once for the phrases of all rules.

The same phrases are found as by each lexicon alone (`phrases.Phrases.find`): the longest at a place, near
misses silencing, none overlapping another of its own lexicon. Tests hold the two equal. Only here a Chinese
phrase is found across the end of a full line as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from lint_rules.parsing.lexicons import Change, changes_in, names, phrases_of, spelled_out
from lint_rules.parsing.normalise import folded, normalised
from lint_rules.parsing.part import Span
from lint_rules.parsing.phrases import HAN, Token, breaks, tokens


class Node:
    """A step into a phrase: what may follow, and the lexicons that have a phrase ending here."""

    __slots__ = ("ends", "next")

    def __init__(self) -> None:
        self.next: dict[str, Node] = {}
        self.ends: dict[str, bool] = {}
        """Lexicon to whether it counts; a near miss does not."""

    def add(self, steps: Iterable[str], name: str, counts: bool) -> None:
        """A phrase of that lexicon; of one that stands there twice the near miss wins."""
        node = self
        for step in steps:
            node = node.next.setdefault(step, Node())
        node.ends[name] = counts and node.ends.get(name, True)


class Thesaurus:
    """Phrases of words (Vietnamese, English) and of characters (Chinese)."""

    def __init__(self, lexicons: Iterable[tuple[str, Iterable[str]]]) -> None:
        self.words, self.characters = Node(), Node()
        for name, lines in lexicons:
            for entry in (phrase for line in lines for phrase in spelled_out(line)):
                self._add(name, entry)
        # `[^\s\S]` matches nothing
        firsts = "".join(map(re.escape, self.characters.next)) or "^\\s\\S"
        self._first_characters = re.compile(f"[{firsts}]")

    def _add(self, name: str, entry: str) -> None:
        text = folded(normalised(entry.lstrip("! "))[0])
        if not text:
            return
        counts = not entry.startswith("!")
        if HAN.search(text):
            self.characters.add(text, name, counts)
        elif steps := [token.word for token in tokens(text)]:
            self.words.add(steps, name, counts)

    def find(self, words: list[Token], folded_text: str) -> dict[str, list[Span]]:
        """The phrases of every lexicon, in order."""
        found: dict[str, list[Span]] = {}
        self._find_words(words, folded_text, found)
        if self.characters.next:
            self._find_characters(folded_text, found)
        for spans in found.values():
            spans.sort()
        return found

    def _find_words(self, words: list[Token], text: str, found: dict[str, list[Span]]) -> None:
        free: dict[str, int] = {}
        first, texts = self.words.next, [token.word for token in words]
        count = len(texts)
        for index, word in enumerate(texts):
            node = first.get(word)
            end = index + 1
            # most words that begin a phrase go on otherwise
            if node is None or not (node.ends or (end < count and texts[end] in node.next)):
                continue
            best: dict[str, tuple[int, bool]] = {}
            while node is not None:
                for name, counts in node.ends.items():
                    best[name] = (end, counts)
                node = node.next.get(texts[end]) if end < count and node.next else None
                if node is not None and breaks(text, words[end - 1], words[end]):
                    break
                end += 1
            for name, (stop, counts) in best.items():
                if free.get(name, 0) <= index:
                    free[name] = stop
                    if counts:
                        found.setdefault(name, []).append(Span(words[index].start, words[stop - 1].end))

    def _find_characters(self, text: str, found: dict[str, list[Span]]) -> None:
        free: dict[str, int] = {}
        first, count = self.characters.next, len(text)
        for match in self._first_characters.finditer(text):
            index = match.start()
            if text[index].isdecimal() and index and (text[index - 1].isdecimal() or text[index - 1] in ".,"):
                continue  # the end of a figure: 400元 is no 0元
            node: Node | None = first[text[index]]
            best: dict[str, tuple[int, bool]] = {}
            end = index + 1
            while node is not None:
                for name, counts in node.ends.items():
                    # a near miss wins wherever it begins, however long the phrase beside it
                    if not counts or best.get(name, (0, True))[1]:
                        best[name] = (end, counts)
                if end < count and node.next:
                    # a full line is broken wherever it is full, also within a phrase
                    end += text[end] == "\n" and end + 1 < count and is_full(text, end)
                    node = node.next.get(text[end])
                else:
                    node = None
                end += 1
            for name, (stop, counts) in best.items():
                if free.get(name, 0) <= index:
                    free[name] = stop
                    if counts:
                        found.setdefault(name, []).append(Span(index, stop))


def is_full(text: str, end: int) -> bool:
    """Whether the Chinese line that ends here was wrapped: too short a one ended by itself."""
    start = max(0, end - _FULL_HAN)
    return end - start == _FULL_HAN and "\n" not in text[start:end]


# characters of a line of full width, as `sentences.FULL_LINE` has columns
_FULL_HAN = 22


def thesaurus(lang: str, only: frozenset[str] = frozenset()) -> Thesaurus:
    """Every lexicon of the language, or only those named."""
    return _thesaurus(lang, only, changes_in(lang))


# each holds all phrases of a language; one house at a time is the rule
@lru_cache(maxsize=24)
def _thesaurus(lang: str, only: frozenset[str], changes: tuple[tuple[str, Change], ...]) -> Thesaurus:
    changed, asked = dict(changes), [name for name in names(lang) if not only or name in only]
    return Thesaurus((name, phrases_of(lang, name, changed.get(name, Change()))) for name in asked)
