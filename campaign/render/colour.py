"""Shades of a sender's brand colour that can be read, whatever colour it is.

Contrast as WCAG 2.2 defines it: 1 (none) to 21 (black on white); 4.5 is enough for running text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

READABLE = 4.5
PAPER = "#fffdf8"
INK = "#22201c"
NIGHT = "#1c2230"  # dark paper: ink blue, not black

_HEX = re.compile(r"#[0-9a-fA-F]{6}\Z")


@dataclass(frozen=True)
class Shades:
    """`main` as given; `on` for text upon it; `text` on paper; `tint` as a wash; `night` on dark paper."""

    main: str
    on: str
    text: str
    tint: str
    night: str


def is_colour(text: str) -> bool:
    """Whether it is written `#rrggbb`."""
    return bool(_HEX.match(text))


def shades(colour: str) -> Shades:
    """The shades of `#rrggbb`."""
    return Shades(
        main=colour,
        on=max((PAPER, INK), key=lambda ink: contrast(ink, colour)),
        text=_readable(colour, "#000000", PAPER),
        tint=mix(colour, PAPER, 0.07),
        night=_readable(colour, "#ffffff", NIGHT),
    )


def contrast(one: str, other: str) -> float:
    """The WCAG contrast ratio of two colours."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def mix(colour: str, ground: str, share: float) -> str:
    """`share` of the colour upon the ground, 0 to 1."""
    pairs = zip(_channels(colour), _channels(ground), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


def _readable(colour: str, towards: str, ground: str) -> str:
    """The colour, moved as little as it takes to be read on the ground."""
    for step in range(11):
        shade = mix(towards, colour, step / 10)
        if contrast(shade, ground) >= READABLE:
            break
    return shade


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
