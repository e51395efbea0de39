"""The lexicons of a language in one tree, so that a text is read once for the phrases of all rules.

The same phrases are found as by each lexicon alone (`phrases.Phrases.find`): the longest at a place, near
misses silencing, none overlapping another of its own lexicon. Tests hold the two equal. Only here a Chinese
phrase is found across the end of a full line as well.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
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


def _shared(node: Node, known: dict[tuple[object, ...], Node]) -> Node:
    """The same steps, with one node for all places from which the same goes on: most phrases end alike, and a
    node with two tables of its own for each would take 8 MB a language."""
    for step, following in node.next.items():
        node.next[step] = _shared(following, known)
    ways = frozenset((step, id(following)) for step, following in node.next.items())
    return known.setdefault((ways, frozenset(node.ends.items())), node)


class Thesaurus:
    """Phrases of words (Vietnamese, English) and of characters (Chinese)."""

    def __init__(self, lexicons: Iterable[tuple[str, Iterable[str]]]) -> None:
        self.words, self.characters = Node(), Node()
        self.names: list[str] = []
        for name, lines in lexicons:
            self.names.append(name)
            for entry in (phrase for line in lines for phrase in spelled_out(line)):
                self._add(name, entry)
        known: dict[tuple[object, ...], Node] = {}
        self.words, self.characters = _shared(self.words, known), _shared(self.characters, known)
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

    def find(
        self, words: Sequence[Token], folded_text: str, start: int = 0, end: int | None = None
    ) -> dict[str, list[Span]]:
        """The phrases of every lexicon, in order; of a stretch of the text, whose words are given then."""
        found: defaultdict[str, list[Span]] = defaultdict(list)
        self._find_words(words, folded_text, found)
        if self.characters.next:
            self._find_characters(folded_text, start, len(folded_text) if end is None else end, found)
        for spans in found.values():
            spans.sort()
        return dict(found)

    def _find_words(self, words: Sequence[Token], text: str, found: defaultdict[str, list[Span]]) -> None:
        free: dict[str, int] = {}
        # behind the last word stands none
        texts = [*(token.word for token in words), ""]
        for index, node in enumerate(map(self.words.next.get, texts)):
            # most words that begin a phrase go on otherwise
            if node is None or not (node.ends or texts[index + 1] in node.next):
                continue
            end = index + 1
            ends = [(end, node.ends)]
            while following := node.next.get(texts[end]):
                if words[end].start - words[end - 1].end > 1 and breaks(text, words[end - 1], words[end]):
                    break
                node = following
                end += 1
                ends.append((end, node.ends))
            for stop, of_lexicons in reversed(ends):
                for name, counts in of_lexicons.items():
                    if free.get(name, 0) <= index:
                        free[name] = stop
                        if counts:
                            found[name].append(_new(Span, (words[index].start, words[stop - 1].end)))

    def _find_characters(
        self, text: str, start: int, count: int, found: defaultdict[str, list[Span]]
    ) -> None:
        free: dict[str, int] = {}
        first = self.characters.next
        for match in self._first_characters.finditer(text, start, count):
            index = match.start()
            if not _may_go_on(first[text[index]], text, index):
                continue
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
                        found[name].append(Span(index, stop))


# a span at half the cost: there are a hundred of them in a message
_new = tuple.__new__


def _may_go_on(node: Node, text: str, index: int) -> bool:
    """A quick look: most characters that begin a phrase go on otherwise."""
    if text[index].isdecimal() and index and (text[index - 1].isdecimal() or text[index - 1] in ".,"):
        return False  # the end of a figure: 400元 is no 0元
    following = text[index + 1 : index + 2]
    return bool(node.ends) or following in node.next or following == "\n"


def is_full(text: str, end: int) -> bool:
    """Whether the Chinese line that ends here was wrapped: too short a one ended by itself."""
    start = max(0, end - _FULL_HAN)
    return end - start == _FULL_HAN and "\n" not in text[start:end]


# characters of a line of full width, as `sentences.FULL_LINE` has columns
_FULL_HAN = 22


# of these words are asked for by themselves, or of a subject: no text is looked through for them
ASKED_APART = frozenset(
    [
        "abbreviations",
        "acronyms",
        "addressees",
        "blame_denied",
        "deadline_cues",
        "empty_nouns",
        "given_names",
        "letter_words",
        "occasion_greetings",
        "offer_counted",
        "reduplications",
        "shorteners",
        "subject_greetings",
        "subject_mysteries",
        "urgent_names",
        "vague_links",
    ]
)
# words of products' names, every third word of a text: looked up in paragraphs that name a price only
OF_OFFERS = frozenset(["addition", "offer_general", "offer_stop"])


def thesaurus(lang: str, only: frozenset[str] = frozenset()) -> Thesaurus:
    """The lexicons that every text is looked through for, or only those named."""
    return _thesaurus(lang, only, changes_in(lang))


# each holds all phrases of a language; one house at a time is the rule
@lru_cache(maxsize=24)
def _thesaurus(lang: str, only: frozenset[str], changes: tuple[tuple[str, Change], ...]) -> Thesaurus:
    asked = only or frozenset(names(lang)) - ASKED_APART - OF_OFFERS
    changed = dict(changes)
    return Thesaurus(
        (name, phrases_of(lang, name, changed.get(name, Change()))) for name in names(lang) if name in asked
    )
