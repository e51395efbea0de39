"""Values as Typst source: strings are quoted and escaped, so nothing in them is ever code."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence


class Markup(str):
    """Typst source that we wrote ourselves; everything else is quoted."""

    __slots__ = ()


# invisible marks that come with pasting and mean nothing on paper
_DROPPED = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\ufe0f\ufe0e"))


def clean(text: str) -> str:
    """NFC without invisible marks; control characters become blanks."""
    text = unicodedata.normalize("NFC", text).translate(_DROPPED)
    return "".join(" " if unicodedata.category(mark) in {"Cc", "Cs"} else mark for mark in text)


def quoted(text: str) -> str:
    """A Typst string literal."""
    return '"' + clean(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


def in_markup(value: object) -> str:
    """A value inside markup: `#"…";`, or as it is when it is `Markup`. Line ends become line breaks.

    Used as Jinja's `finalize`; `str` of a missing value raises, as it must.
    """
    if isinstance(value, Markup):
        return value
    lines = str(value).replace("\r\n", "\n").split("\n")
    return " \\\n".join(f"#{quoted(line)};" for line in lines)


def expression(value: object) -> str:
    """A value as a Typst expression: none, booleans, numbers, strings, markup, arrays, dictionaries."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Markup):
        return f"[{value}]"
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, bytes):
        return "(" + ",".join(map(str, value)) + ")"
    if isinstance(value, Mapping):
        inner = ", ".join(f"{quoted(str(key))}: {expression(item)}" for key, item in value.items())
        return f"({inner})" if inner else "(:)"
    if isinstance(value, Sequence):
        return "(" + "".join(f"{expression(item)}, " for item in value) + ")"
    raise TypeError(f"{type(value).__name__} cannot be written in Typst")
