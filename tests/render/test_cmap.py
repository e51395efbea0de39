"""Characters of a font, as a library that reads all of it finds them."""

from __future__ import annotations

import pytest
from fontTools.ttLib import TTFont

from campaign.render import cmap
from campaign.render.glyphs import FONTS


@pytest.mark.parametrize("name", sorted(path.name for path in FONTS.glob("*.[ot]tf")))
def test_every_font_of_ours(name: str) -> None:
    with TTFont(FONTS / name, lazy=True) as font:
        wanted = frozenset(map(chr, font.getBestCmap()))
    assert cmap.characters((FONTS / name).read_bytes()) == wanted


def test_what_is_no_font() -> None:
    with pytest.raises(ValueError, match="cmap"):
        cmap.characters(bytes(12))
