"""Styles as mails use them: inline declarations, and the plain rules of `<style>`. Linear on any input."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

_DECLARATION = re.compile(r"(?<![\w-])(-?[a-z][a-z-]{1,40})\s*:\s*([^;{}]{1,400})")
_BODY = re.compile(r"\{([^{}]{0,2000})\}")
# characters of a selector
_LONGEST_SELECTOR = 400
_MARK = re.compile(r"[{};]")
# the names of HTML 4.01, and the few others that mails use
_COLOURS = {
    "white": "ffffff", "black": "000000", "red": "ff0000", "green": "008000", "blue": "0000ff",
    "yellow": "ffff00", "gray": "808080", "grey": "808080", "silver": "c0c0c0", "maroon": "800000",
    "navy": "000080", "olive": "808000", "purple": "800080", "teal": "008080", "aqua": "00ffff",
    "cyan": "00ffff", "lime": "00ff00", "fuchsia": "ff00ff", "magenta": "ff00ff", "orange": "ffa500",
    "snow": "fffafa", "ivory": "fffff0", "whitesmoke": "f5f5f5", "lightgray": "d3d3d3", "lightgrey": "d3d3d3",
}  # fmt: skip
_HEX = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})\b")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})")


# mails write the same few styles over and over
@lru_cache(maxsize=4096)
def declarations(style: str) -> Mapping[str, str]:
    """Property to value, in lower case, `!important` left out; the last of two counts."""
    return {
        match[1]: match[2].replace("!important", "").strip() for match in _DECLARATION.finditer(style.lower())
    }


def plain_rules(sheet: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """(selector, declarations) outside of @media and its like: what holds on every screen."""
    text = _outside_at_rules(_without_comments(sheet))
    for match in _BODY.finditer(text):
        end = match.start()
        least = max(0, end - _LONGEST_SELECTOR)
        start = max(text.rfind("{", least, end) + 1, text.rfind("}", least, end) + 1, least)
        if start < end:
            style = declarations(match[1])
            for one in text[start:end].split(","):
                yield one.strip(), style


def _without_comments(sheet: str) -> str:
    pieces, position = [], 0
    while (start := sheet.find("/*", position)) >= 0 and (end := sheet.find("*/", start + 2)) >= 0:
        pieces.append(sheet[position:start])
        position = end + 2
    return "".join([*pieces, sheet[position:]])


def _outside_at_rules(sheet: str) -> str:
    """Without the blocks of at-rules, whose rules hold for some screens only."""
    pieces, position = [], 0
    while (start := sheet.find("@", position)) >= 0:
        pieces.append(sheet[position:start])
        depth, position = 0, start
        for match in _MARK.finditer(sheet, start):
            mark = match.group()
            depth += {"{": 1, "}": -1, ";": 0}[mark]
            if depth <= 0 and mark != "{":
                position = match.end()
                break
        else:
            return "".join(pieces)
    return "".join([*pieces, sheet[position:]])


def colour(value: str) -> str:
    """Six hexadecimal digits; empty for what is no plain colour."""
    value = value.strip().lower()
    if found := _COLOURS.get(value.split(" ", 1)[0]):
        return found
    if match := _HEX.search(value):
        digits = match[1]
        return digits if len(digits) == _LONG else "".join(digit * 2 for digit in digits)
    if match := _RGB.search(value):
        return "".join(f"{min(int(part), 255):02x}" for part in match.groups())
    return ""


_LONG = 6
