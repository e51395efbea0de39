"""Words written in capitals, and which of them shout."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from lint_rules.parsing.normalise import folded
from lint_rules.parsing.part import LONGEST_READ, Part, Span
from lint_rules.parsing.phrases import entries

# fewer in a row are names and abbreviations
SHORTEST_RUN = 3
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
# a word in capitals ends with one that no small letter follows
_CAPITAL = "".join(char for char in map(chr, range(0x10000)) if char.isupper())
_SMALL = "".join(char for char in map(chr, range(0x10000)) if char.islower())
_LAST_CAPITAL = re.compile(f"[{_CAPITAL}](?![{_SMALL}])")
# letters beyond those, such as bold ones
_RARE = re.compile("[\U00010000-\U0010ffff]")
_BETWEEN = re.compile(r"%?[ \t]*[&,!–-]?[ \t]*\n?[ \t]*$")
# abbreviations without a vowel cannot be read aloud as words: BBC, JPG, VTV
_VOWEL = re.compile("[aeiouy]")
# characters between two words of one run: a blank, a mark, a line end
_WIDEST_GAP = 6
_ROMAN = re.compile(r"[IVXLCDM]+$")
# abbreviations that are words too: in a row of capitals they shout with the others
_ALSO_WORDS = frozenset(["IT", "US", "WHO", "AM", "ME", "OR", "IN", "ON", "SO", "GO", "ALL"])
# longer ones are no words but codes or malice, and need no look at every letter
_LONGEST_WORD = 60


def runs(part: Part, end: int = LONGEST_READ) -> Iterator[list[Span]]:
    """Words in capitals in a row, three or more, abbreviations and figures among them; before `end`."""
    text = part.masked[:end]
    if len(_LAST_CAPITAL.findall(text)) < SHORTEST_RUN and not _RARE.search(text):
        return
    run: list[Span] = []
    last = 0
    for match in _WORD.finditer(text):
        word = match.group()
        # most words are none, and follow none
        if not run and not word.isupper():
            continue
        span, capital = Span(*match.span()), is_capital(word)
        joined = not run or (span.start - last < _WIDEST_GAP and _BETWEEN.match(text[last : span.start]))
        if run and joined and word.isdecimal():
            last = span.end
            continue
        if not joined or not capital:
            if len(run) >= SHORTEST_RUN:
                yield run
            run = []
        if capital:
            run.append(span)
            last = span.end
    if len(run) >= SHORTEST_RUN:
        yield run


def words(text: str, start: int = 0) -> Iterator[re.Match[str]]:
    """Words of a text that may be in capitals or not."""
    return _WORD.finditer(text, start)


def is_capital(word: str) -> bool:
    """Whether all its letters are capitals, and it has one."""
    return word.isupper() and any(char.isalpha() and char.lower() != char for char in word)


# messages repeat their words
@lru_cache(maxsize=4096)
def shouts(word: str) -> bool:
    """Whether a word in capitals is no abbreviation, code or numeral."""
    if len(word) < 2 or len(word) > _LONGEST_WORD or any(char.isdigit() for char in word):
        return False
    if _ROMAN.match(word) or (word not in _ALSO_WORDS and folded(word) in entries("en", "acronyms")):
        return False
    return bool(_VOWEL.search(unicodedata.normalize("NFD", word.lower())))


def calmed(text: str, opens: bool) -> str:
    """The same in small letters, abbreviations left; `opens` when a sentence begins with it."""
    made = _WORD.sub(lambda match: match.group().lower() if shouts(match.group()) else match.group(), text)
    first = next(_WORD.finditer(text), None) if opens else None
    if first is None or not shouts(first.group()):
        return made
    return made[: first.start()] + made[first.start()].upper() + made[first.start() + 1 :]
