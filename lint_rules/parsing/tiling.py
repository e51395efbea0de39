"""Whether a text consists of phrases and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from lint_rules.parsing.merge_fields import MASK
from lint_rules.parsing.normalise import folded, normalised
from lint_rules.parsing.phrases import LEXICONS, spelled_out

_UNIT = re.compile(rf"[\u3400-\u9fff]|(?:(?![\u3400-\u9fff])[^\W_])+(?:'[^\W\d_]+)?|{MASK}+")

Shapes = dict[str, list[tuple[str, ...]]]


def units(folded_text: str) -> list[str]:
    """Words, single Han characters, and one U+FFFC for each merge field."""
    return [MASK if unit[0] == MASK else unit for unit in _UNIT.findall(folded_text)]


@cache
def shapes(lang: str, names: tuple[str, ...]) -> Shapes:
    """The phrases of these lexicons by their first unit."""
    made: Shapes = {MASK: [(MASK,)]}
    for name in names:
        path = LEXICONS / lang / f"{name}.txt"
        for line in path.read_text(encoding="utf-8").splitlines():
            for entry in spelled_out(line):
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
