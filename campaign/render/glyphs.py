"""Which characters our fonts can print. Typst leaves a missing one out without a word; we refuse it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from campaign.errors import Refused
from campaign.render import cmap

FONTS = Path(__file__).parent / "fonts"
# each text face falls back on the Chinese one, so a character must be in both chains
_CHAINS = (
    ("SourceSerif4-Regular.ttf", "NotoSansCJKsc-Regular-subset.otf"),
    ("BeVietnamPro-Regular.ttf", "NotoSansCJKsc-Regular-subset.otf"),
)


class MissingGlyph(Refused):
    """A character that no font of ours can print; `character` and `name` say which."""

    def __init__(self, character: str) -> None:
        self.character = character
        name = unicodedata.name(character, f"U+{ord(character):04X}")
        super().__init__("letters-error-missing-glyph", character=character, name=name)


@cache
def printable() -> frozenset[str]:
    """Every character that we can print in both faces."""
    chains = [frozenset().union(*(_characters(name) for name in chain)) for chain in _CHAINS]
    return frozenset.intersection(*chains)


def check(texts: Iterable[str]) -> None:
    """Raises MissingGlyph for the first character that cannot be printed."""
    known = printable()
    for text in texts:
        for character in text:
            if character not in known and character != "\n":
                raise MissingGlyph(character)


def _characters(name: str) -> frozenset[str]:
    return cmap.characters((FONTS / name).read_bytes())
