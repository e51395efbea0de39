"""What a style must say to hide words: nothing shown, no room, out of sight, or letters as the ground."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from lint_rules.parsing import css
from lint_rules.parsing.html_tags import Kind
from lint_rules.parsing.sheets import Sheet

_ZERO = re.compile(r"0(?:\.0+)?(?:px|pt|em|rem|%)?$")
# nobody reads letters of one pixel
_TINY = re.compile(r"(?:0(?:\.\d+)?|1(?:\.0+)?)(?:px|pt)?$|0(?:\.0+)?(?:em|rem|%)$")
# a size in these is a part of the size around it, and a part of nothing is nothing
_RELATIVE = re.compile(r"[\d.]+(?:em|%)$|inherit$|smaller$|larger$")
_FAR = re.compile(r"-\d{3,5}(?:\.\d+)?(?:px|em|pt)")
_CLIPPED = re.compile(
    r"rect\(\s*0(?:px)?[\s,]+0(?:px)?[\s,]+0(?:px)?[\s,]+0(?:px)?\s*\)|inset\((?:50|100)%\)"
)
# the alpha of a colour that is not seen
_CLEAR = re.compile(r",\s*0(?:\.0+)?\s*\)$")
WHITE = "ffffff"
# of 255 steps of one colour that no eye tells apart
_SAME_TO_THE_EYE = 4


def may_hide(kinds: Iterable[Kind], sheet: Sheet) -> bool:
    """Whether any of these tags could hide words; most mails have none, and need no closer look."""
    told = [_told(rule.style) for rules in sheet.rules.values() for rule in rules]
    grounds = {WHITE}
    for kind in kinds:
        attributes = kind.attributes
        if "hidden" in attributes:
            return True
        if "style" in attributes:
            told.append(_told_inline(attributes["style"]))
        if "bgcolor" in attributes:
            grounds.add(css.colour(attributes["bgcolor"]))
        if "color" in attributes:
            told.append(_told({"color": attributes["color"]}))
    inks = frozenset().union(*(one.inks for one in told))
    grounds = grounds.union(*(one.grounds for one in told))
    if any(one.hides for one in told) or len(inks) * len(grounds) > _MOST_PAIRS:
        return True
    return any(same(ink, ground) for ink, ground in product(inks, grounds) if ink and ground)


# of colours that are compared; a mail has a few
_MOST_PAIRS = 1_000


class _Told(NamedTuple):
    """Whether a style hides by itself, wherever it stands, and the colours that it names."""

    hides: bool
    inks: frozenset[str]
    grounds: frozenset[str]


@lru_cache(maxsize=4096)
def _told_inline(style: str) -> _Told:
    return _told(css.declarations(style))


def _told(style: Mapping[str, str]) -> _Told:
    ink = style.get("color", "")
    # what another rule says of the overflow is not known here
    hides = gone({**style, "overflow": "hidden"}, vml=False) or tiny(style) or invisible(style)
    grounds = (style[name] for name in ("background-color", "background") if name in style)
    return _Told(
        bool(hides) or is_transparent(ink), frozenset([css.colour(ink)]), frozenset(map(css.colour, grounds))
    )


def is_transparent(colour: str) -> bool:
    """Whether letters of that colour are not there."""
    return colour == "transparent" or _CLEAR.search(colour) is not None


def is_relative(size: str) -> bool:
    """Whether a size is a part of the size around it."""
    return _RELATIVE.match(size) is not None


def tiny(style: Mapping[str, str]) -> str:
    """The declaration of a size that nobody reads; empty without."""
    size = style.get("font-size", "")
    return f"font-size:{size}" if _TINY.match(size) else ""


def invisible(style: Mapping[str, str]) -> str:
    """The declaration that takes up room and shows nothing; empty without."""
    given = style.get("visibility")
    return f"visibility:{given}" if given in ("hidden", "collapse") else ""


def gone(style: Mapping[str, str], vml: bool) -> str:
    """The declaration that takes all that is within away; empty without."""
    if style.get("display") == "none":
        return "display:none"
    if style.get("mso-hide") == "all" and not vml:
        return "mso-hide:all"
    return _no_room(style) or _out_of_sight(style)


def _no_room(style: Mapping[str, str]) -> str:
    for name in ("opacity", "max-height"):
        if name in style and _ZERO.match(style[name]):
            return f"{name}:{style[name]}"
    for name in ("height", "max-width", "width"):
        if name in style and _ZERO.match(style[name]) and style.get("overflow") == "hidden":
            return f"{name}:{style[name]}"
    return ""


def _out_of_sight(style: Mapping[str, str]) -> str:
    for name in ("text-indent", "left", "top", "margin-left", "margin-top"):
        if name in style and _FAR.match(style[name]):
            return f"{name}:{style[name]}"
    for name in ("clip", "clip-path"):
        if name in style and _CLIPPED.match(style[name]):
            return f"{name}:{style[name]}"
    return ""


def same(one: str, other: str) -> bool:
    """Whether no eye tells the two colours apart."""
    return one == other or all(
        abs(int(one[at : at + 2], 16) - int(other[at : at + 2], 16)) <= _SAME_TO_THE_EYE for at in (0, 2, 4)
    )
