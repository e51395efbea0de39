"""Text for matching: NFC, LF line ends, no invisible characters, with the way back to the original.

Only the places that need it are touched, so the mapping costs nothing for text that is already clean.
Runs of combining marks are normalised thirty at a time (the limit of UAX 15's stream-safe format):
sorting a million marks would take minutes.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from pathlib import Path

# combining marks of the scripts in use, and the vowels and finals of Hangul, which compose as well
_MARKS = "\u0300-\u036f\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u093c\u1161-\u11ff\u1dc0-\u1dff\u20d0-\u20ff\u302a-\u302f\u3099\u309a\ufe20-\ufe2f"
# single characters that NFC replaces: Kelvin, Angstrom, Ohm, the marks that Vietnamese keyboards once made
_SINGLE = "\u0340\u0341\u212a\u212b\u2126\uf900-\ufaff"
_INVISIBLE = "\u00ad\u200b\u200c\u200e\u200f\u2060\ufeff"
_TOUCHED = re.compile(
    f"[^\\n\\r{_MARKS}][{_MARKS}]{{1,30}}|[{_SINGLE}]|\\r\\n?|[{_INVISIBLE}]|(?<=[^\\W_])\u200d(?=[^\\W_])"
)
# most texts hold none of these, which one look tells
_SUSPECT = re.compile(f"[{_MARKS}{_SINGLE}{_INVISIBLE}\u200d]")
_ASCII = bytes(range(128))
# one for one, so that no offset moves
_ODD_BLANKS = "\u00a0\u202f\u2007\u2009"


def normalised(original: str) -> tuple[str, array[int] | None]:
    """The text for matching, and the original offset of each of its characters (one more for the end).

    The second is None when every offset is its own.
    """
    if original.isascii() and "\r" not in original:
        return original, None
    if "\r" not in original and not _SUSPECT.search(_beyond_ascii(original)):
        return _plain_blanks(original), None
    pieces: list[str] = []
    origins: array[int] = array("l")
    done = 0
    for match in _TOUCHED.finditer(original):
        start, end = match.span()
        pieces.append(original[done:start])
        origins.extend(range(done, start))
        made = _replacement(match.group())
        pieces.append(made)
        origins.extend([start] * len(made))
        done = end
    if not pieces:
        return _plain_blanks(original), None
    pieces.append(original[done:])
    origins.extend(range(done, len(original) + 1))
    return _plain_blanks("".join(pieces)), origins


def _beyond_ascii(text: str) -> str:
    """Its other characters: few of an HTML source, which is looked through many times as quick without its tags."""
    return text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass")


def _plain_blanks(text: str) -> str:
    for blank in _ODD_BLANKS:
        text = text.replace(blank, " ")
    return text


def _replacement(found: str) -> str:
    if found[0] == "\r":
        return "\n"
    if found[0] in _INVISIBLE or found == "\u200d":
        return ""
    return unicodedata.normalize("NFC", found)


_TONES = "\u0300\u0301\u0309\u0303\u0323"
# old and new placement of the tone: hòa / hoà, khỏe / khoẻ, thúy / thuý
_PLACEMENTS = {
    unicodedata.normalize("NFC", first + tone) + second: first + unicodedata.normalize("NFC", second + tone)
    for first, second in (("o", "a"), ("o", "e"), ("u", "y"))
    for tone in _TONES
}
_PLACEMENT = re.compile("|".join(_PLACEMENTS))
_WIDE_TO_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0x2019: 0x27}


_WIDE = re.compile("[\uff01-\uff5e\u3000\u2019]")
# all that is wide or traditional, the mark of a merge field left out
_FAR_EAST = re.compile("[\u3000-\ufffb]")


# 回覆 is 回复, 瞭解 is 了解, 看著 is 看着: simplified writing keeps them elsewhere (覆盖), so lists leave them out
_ONLY_HERE = {"覆": "复", "瞭": "了", "著": "着", "妳": "你"}


def _simplified_forms() -> dict[int, str]:
    """The simplified form of each traditional character that has one."""
    lines = TRADITIONAL.read_text(encoding="utf-8").splitlines()
    pairs = [(pair[0], pair[1]) for line in lines if not line.startswith("#") for pair in line.split()]
    return {ord(one): other for one, other in (*pairs, *_ONLY_HERE.items())}


TRADITIONAL = Path(__file__).with_name("traditional.txt")
_SIMPLIFIED = _simplified_forms()
_TRADITIONAL = re.compile("[" + "".join(map(chr, _SIMPLIFIED)) + "]")
# two hiragana side by side: Japanese writes many of the same characters, and they mean what they are;
# 優の良品, a brand, is Chinese
_JAPANESE = re.compile("[\u3041-\u3096]{2}")


def folded(text: str) -> str:
    """For comparing: lower case, half width, one tone placement, simplified characters.

    As long as the text, offset by offset.
    """
    if text.isascii():
        return text.lower()
    if _FAR_EAST.search(text):
        text = _narrow_and_simplified(text)
    elif "\u2019" in text:
        text = text.replace("\u2019", "'")
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return _PLACEMENT.sub(lambda match: _PLACEMENTS[match.group()], lower)


def _narrow_and_simplified(text: str) -> str:
    if _WIDE.search(text):
        text = text.translate(_WIDE_TO_NARROW)
    if _TRADITIONAL.search(text) and not _JAPANESE.search(text):
        text = text.translate(_SIMPLIFIED)
    return text
