"""Lexicons: phrases by language in `lexicons/LANG/NAME.txt`, found as whole syllables.

One phrase a line; `#` begins a remark; `!` begins a near miss, a longer phrase that silences the shorter
one within it (`!落地窗`). `(của|từ)` stands for each of its choices in turn, `(là|)` for a word that may be left
out. The longest phrase at a place wins. Phrases match with their marks, in either
tone placement, in any case; Vietnamese and English ones from word to word, Chinese ones anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat
from typing import NamedTuple

from lint_rules.parsing.lexicons import Change, change_of, phrases_of, spelled_out
from lint_rules.parsing.normalise import folded, normalised
from lint_rules.parsing.part import Part, Span
from lint_rules.parsing.runs import runs

# lexicons kept: all languages of one house are some two hundred
KEPT = 1024
_TOKEN = re.compile(r"([^\W_]+(?:'[^\W_]+)*|\ufffc+|[%$€£¥₫])")


class Token(NamedTuple):
    """A word of folded text; a tuple, for there are thousands of them."""

    word: str
    start: int
    end: int


def read_of(part: Part) -> str:
    """Its folded text; of an endless one the middle is blank, offset by offset the same."""
    if len(part.stretches) == 1:
        return part.folded
    first, last = part.stretches
    middle = "\n" * (last.start - first.end)
    return part.folded[: first.end] + middle + part.folded[last.start :]


def tokens(folded_text: str) -> list[Token]:
    """Words, signs of money and per cent, and merge fields."""
    return list(map(tuple.__new__, repeat(Token), zip(*runs(_TOKEN, folded_text), strict=True)))


# what ends a thought; a single line end does not, for lines are wrapped anywhere
_BREAK = re.compile(r"[!?…。！？;；]|(?P<stop>[.:])\s|\n[ \t]*\n")
# no phrase goes across one
EMPTY_LINE = "\n\n"
# letters; a full stop behind so short a word may be an abbreviation's: TP. HCM, St. James
_ABBREVIATION = 3


def breaks(folded_text: str, one: Token, other: Token) -> bool:
    """Whether a sentence or paragraph ends between two words that follow each other."""
    if other.start - one.end < 2:
        return False
    found = _BREAK.search(folded_text, one.end, other.start)
    if found is None or not found["stop"] or len(one.word) > _ABBREVIATION:
        return found is not None
    # no abbreviation goes on in another paragraph
    return folded_text.find(EMPTY_LINE, one.end, other.start) >= 0


@dataclass(frozen=True)
class Phrases:
    """A lexicon, ready to be looked up by first word."""

    by_first: dict[str, list[tuple[tuple[str, ...], bool]]]
    pattern: re.Pattern[str] | None

    def match_at(self, words: list[Token], index: int, folded_text: str) -> int:
        """How many tokens from `index` on make a phrase: the longest, 0 for none or a near miss."""
        for phrase, counts in self.by_first.get(words[index].word, ()):
            end = index + len(phrase)
            if end <= len(words) and all(
                words[index + step].word == phrase[step]
                and not breaks(folded_text, words[index + step - 1], words[index + step])
                for step in range(1, len(phrase))
            ):
                return len(phrase) if counts else -len(phrase)
        return 0

    def find(self, words: list[Token], folded_text: str) -> list[Span]:
        """All phrases in the text, longest first, without overlaps."""
        found = []
        index = 0
        while index < len(words):
            size = self.match_at(words, index, folded_text)
            if size > 0:
                found.append(Span(words[index].start, words[index + size - 1].end))
            index += abs(size) or 1
        if self.pattern is not None:
            matches = self.pattern.finditer(folded_text)
            found += [Span(*match.span()) for match in matches if match.lastgroup == "yes"]
        return sorted(found)

    def any_in(self, words: list[Token], folded_text: str) -> bool:
        """Whether the text holds a phrase."""
        return bool(self.find(words, folded_text))


HAN = re.compile("[\u3400-\u9fff]")


def build(lines: Iterable[str]) -> Phrases:
    """A lexicon of the lines of a file."""
    by_first: dict[str, list[tuple[tuple[str, ...], bool]]] = {}
    han: list[tuple[str, bool]] = []
    for entry in (phrase for line in lines for phrase in spelled_out(line)):
        counts = not entry.startswith("!")
        text = folded(normalised(entry.lstrip("! "))[0])
        if HAN.search(text):
            han.append((text, counts))
            continue
        words = tuple(token.word for token in tokens(text))
        if words:
            by_first.setdefault(words[0], []).append((words, counts))
    for phrases in by_first.values():
        phrases.sort(key=lambda entry: (-len(entry[0]), entry[1]))
    han.sort(key=lambda entry: (-len(entry[0]), entry[1]))
    pattern = None
    if han:
        # the end of a figure is none: 400元 is no 0元
        yes = "|".join(
            ("(?<![0-9.,])" if text[0].isdecimal() else "") + re.escape(text)
            for text, counts in han
            if counts
        )
        no = [text for text, counts in han if not counts]
        # a near miss wins wherever it begins, also when the phrase stands in its middle
        guards = "|".join(re.escape(text) for text in no)
        pattern = re.compile((f"(?P<no>{guards})|" if no else "") + f"(?P<yes>{yes or '(?!)'})")
    return Phrases(by_first, pattern)


def lexicon(lang: str, name: str) -> Phrases:
    """The house's lexicon of that name; an empty one when the language has none."""
    return _lexicon(lang, name, change_of(lang, name))


@lru_cache(maxsize=KEPT)
def _lexicon(lang: str, name: str, change: Change) -> Phrases:
    return build(phrases_of(lang, name, change))


def entries(lang: str, name: str) -> frozenset[str]:
    """The lines of a lexicon, folded, as a set: for single words."""
    return _entries(lang, name, change_of(lang, name))


@lru_cache(maxsize=KEPT)
def _entries(lang: str, name: str, change: Change) -> frozenset[str]:
    return frozenset(folded(normalised(phrase)[0]) for phrase in phrases_of(lang, name, change))
