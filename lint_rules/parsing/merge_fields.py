"""Merge fields as they stand in copy: Jinja tags, the names they use, their fallbacks.

Reads only as much of Jinja as copy may use; the composer checks the rest by the syntax tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

MASK = "\ufffc"
# longer, or over a blank line, and it is not a tag but a lost brace
LONGEST_TAG = 1_000
# of one part; a letter has a few
MOST_TAGS = 20_000
_CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}

_TOKEN = re.compile(
    r"""(?P<string>'[^'\\]*(?:\\.[^'\\]*)*'|"[^"\\]*(?:\\.[^"\\]*)*")"""
    r"""|(?P<name>[^\W\d]\w*(?:\s*\.\s*[^\W\d]\w*)*)|(?P<number>\d[\d.]*)|(?P<sign>==|!=|<=|>=|\S)""",
    re.DOTALL,
)
_KEYWORDS = frozenset(
    [
        "if",
        "elif",
        "else",
        "endif",
        "for",
        "endfor",
        "in",
        "is",
        "not",
        "and",
        "or",
        "set",
        "endset",
        "true",
        "false",
        "none",
        "True",
        "False",
        "None",
        "loop",
        "recursive",
        "with",
        "without",
        "context",
        "defined",
        "undefined",
        "scoped",
        "raw",
        "endraw",
    ]
)


@dataclass(frozen=True, slots=True)
class UsedName:
    """A name in a tag, `contact.given_name`, with its place in the part's text."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class MergeTag:
    """One tag. `kind` is `{{`, `{%` or `{#`; `fallback` the default's text, None without one."""

    kind: str
    start: int
    end: int
    names: tuple[UsedName, ...]
    fallback: str | None
    defines: tuple[str, ...] = ()

    @property
    def prints(self) -> bool:
        """Whether it leaves words in the text."""
        return self.kind == "{{"


def find_tags(text: str) -> list[MergeTag]:
    """All well-formed tags in order; linear, whatever braces the text holds."""
    if "{" not in text:
        return []
    spans = (span for span in _tag_spans(text) if "\n\n" not in text[slice(*span)])
    return [_read(text, start, end) for start, end in islice(spans, MOST_TAGS)]


def _tag_spans(text: str) -> Iterator[tuple[int, int]]:
    closings: dict[str, int] = {}
    position = 0
    while (start := text.find("{", position)) >= 0:
        position = start + 1
        closing = _CLOSING.get(text[start : start + 2])
        if closing is None:
            continue
        end = closings.get(closing, 0)
        if end != -1 and end < start + 2:
            end = closings[closing] = text.find(closing, start + 2)
        if end == -1 or end - start > LONGEST_TAG or text.startswith("{{{", start):
            continue
        if text.find("{{", start + 2, end) >= 0:
            continue
        yield start, end + 2
        position = end + 2


def _read(text: str, start: int, end: int) -> MergeTag:
    said = _said(text[start:end])
    names = tuple(UsedName(used.name, start + used.start, start + used.end) for used in said.names)
    return MergeTag(said.kind, start, end, names, said.fallback, said.defines)


# a mail writes the same few fields over and over, in its text and in its HTML
@lru_cache(maxsize=512)
def _said(text: str) -> MergeTag:
    """One tag by itself."""
    kind, end = text[:2], len(text)
    if kind == "{#":
        return MergeTag(kind, 0, end, (), None)
    names: list[UsedName] = []
    defined: list[str] = []
    fallback: str | None = None
    before: list[str] = [""]
    for token in _TOKEN.finditer(text, 2, end - 2):
        value = token.group()
        if token.lastgroup == "string" and _in_default(before):
            fallback = value[1:-1]
        elif token.lastgroup == "name" and not _is_syntax(value, before, text, token.end(), end - 2):
            name = re.sub(r"\s", "", value)
            if before[-1] in ("for", "set") or (before[-1] == "," and "for" in before and "in" not in before):
                defined.append(name)
            else:
                names.append(UsedName(name, token.start(), token.end()))
        before.append(value)
    return MergeTag(kind, 0, end, tuple(names), fallback, tuple(defined))


def _in_default(before: list[str]) -> bool:
    return len(before) > 2 and before[-1] == "(" and before[-2] in ("default", "d")


def _is_syntax(value: str, before: list[str], text: str, end: int, limit: int) -> bool:
    """A filter, a test, a keyword or the name of an argument, not a field."""
    if before[-1] in ("|", "is") or (before[-1] == "not" and len(before) > 1 and before[-2] == "is"):
        return True
    following = text[end:limit].lstrip()
    is_argument = following.startswith("=") and not following.startswith("==") and "set" not in before
    return value in _KEYWORDS or value.split(".")[0] == "loop" or is_argument


def mask(text: str, tags: Iterable[MergeTag]) -> str:
    """The text with each tag replaced by as many U+FFFC."""
    pieces, done = [], 0
    for tag in tags:
        pieces.append(text[done : tag.start])
        pieces.append(MASK * (tag.end - tag.start))
        done = tag.end
    pieces.append(text[done:])
    return "".join(pieces)
