"""How wide text stands on a screen: display columns over grapheme clusters (UAX 11, UAX 29).

Wide and fullwidth take 2 columns, combining marks 0, ambiguous ones 1. Of UAX 29 we follow what occurs
in mail: combining marks, ZWJ sequences, variation selectors, skin tones, flags, keycaps, Hangul.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

ZWJ = "\u200d"
EMOJI_STYLE = "\ufe0f"
# anything that may join its neighbour: without it every character is a cluster of its own
_JOINING = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0900-\u109f\u1100-\u11ff\u135d-\u135f"
    "\u1712-\u1a7f\u1ab0-\u1bff\u1dc0-\u1dff\u200b-\u200f\u2060-\u2064\u20d0-\u20ff\u302a-\u302f\u3099\u309a\ua66f-\ua67d\ua800-\uabff\ud7b0-\ud7ff"
    "\ufe00-\ufe0f\ufe20-\ufe2f\ufeff\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff\U000e0020-\U000e01ef]"
)
# whatever else than Latin letters with their marks set, signs of theirs and dashes: each of those has one column
_BEYOND_LATIN = re.compile("[^\x00-\xac\xae-\u02ff\u1e00-\u1eff\u2010-\u2027\u20ab]")


class _Widths(dict[str, int]):
    """Columns of single characters, looked up once each."""

    def __missing__(self, char: str) -> int:
        if unicodedata.category(char) in ("Mn", "Me", "Cf"):
            width = 0
        else:
            width = 2 if unicodedata.east_asian_width(char) in "WF" else 1
        self[char] = width
        return width


_WIDTHS = _Widths()


def columns(text: str) -> int:
    """Display columns of one line."""
    if is_narrow(text):
        return len(text)
    if not _JOINING.search(text):
        return sum(map(_WIDTHS.__getitem__, text))
    return sum(map(cluster_columns, clusters(text)))


def is_narrow(text: str) -> bool:
    """Whether each of its characters has one column, which a quick look tells of Latin letters only."""
    return text.isascii() or not _BEYOND_LATIN.search(text)


def graphemes(text: str) -> int:
    """What a reader counts as characters."""
    return len(text) if not _JOINING.search(text) else sum(1 for _ in clusters(text))


def cluster_columns(cluster: str) -> int:
    """Columns of one grapheme cluster."""
    if EMOJI_STYLE in cluster or (len(cluster) > 1 and _is_flag_letter(cluster[0])):
        return 2
    return _WIDTHS[cluster[0]]


def clusters(text: str) -> Iterator[str]:
    """Grapheme clusters in order."""
    start, flag_letters = 0, 0
    for index in range(1, len(text) + 1):
        if index < len(text):
            before, char = text[index - 1], text[index]
            flag_letters = flag_letters + 1 if _is_flag_letter(before) else 0
            if _joins(before, char, flag_letters):
                continue
        if index > start:
            yield text[start:index]
        start = index


def _joins(before: str, char: str, flag_letters: int) -> bool:
    if before == ZWJ:
        return unicodedata.category(char) == "So" or char > "\U0001efff"
    if char == ZWJ or "\ufe00" <= char <= "\ufe0f" or "\U0001f3fb" <= char <= "\U0001f3ff":
        return True
    if "\U000e0020" <= char <= "\U000e01ef" or unicodedata.category(char)[0] == "M":
        return True
    if "\u1160" <= char <= "\u11ff":  # vowels and finals of Hangul join the letter before them
        return "\u1100" <= before <= "\u11ff" or "\uac00" <= before <= "\ud7a3"
    return _is_flag_letter(char) and flag_letters % 2 == 1


def _is_flag_letter(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"
