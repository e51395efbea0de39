"""Whether a text consists of phrases and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from lint_rules.parsing.lexicons import Change, change_of, phrases_of
from lint_rules.parsing.merge_fields import MASK
from lint_rules.parsing.normalise import folded, normalised
from lint_rules.parsing.phrases import KEPT

_UNIT = re.compile(rf"[\u3400-\u9fff]|(?:(?![\u3400-\u9fff])[^\W_])+(?:'[^\W\d_]+)?|{MASK}+")

Shapes = dict[str, list[tuple[str, ...]]]


def units(folded_text: str) -> list[str]:
    """Words, single Han characters, and one U+FFFC for each merge field."""
    return [MASK if unit[0] == MASK else unit for unit in _UNIT.findall(folded_text)]


def shapes(lang: str, names: tuple[str, ...]) -> Shapes:
    """The phrases of these lexicons by their first unit."""
    return _shapes(lang, tuple((name, change_of(lang, name)) for name in names))


@lru_cache(maxsize=KEPT)
def _shapes(lang: str, lexicons: tuple[tuple[str, Change], ...]) -> Shapes:
    made: Shapes = {MASK: [(MASK,)]}
    for name, change in lexicons:
        for entry in phrases_of(lang, name, change):
            phrase = tuple(units(folded(normalised(entry)[0])))
            if phrase:
                made.setdefault(phrase[0], []).append(phrase)
    return made


def consists_of(words: list[str], phrases: Shapes, tails: Iterable[str] = ()) -> bool:
    """Whether the words are phrases end to end; a tail word may stand anywhere but first."""
    allowed = frozenset(tails)
    reached = {0}
    for index, word in enumerate(words):
        if index not in reached:
            continue
        for phrase in phrases.get(word, ()):
            if tuple(words[index : index + len(phrase)]) == phrase:
                reached.add(index + len(phrase))
        if index and word in allowed:
            reached.add(index + 1)
    return bool(words) and len(words) in reached
