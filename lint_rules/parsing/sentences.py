"""Sentences and paragraphs.

No sentence ends after an abbreviation, inside a figure or a host name, after an initial. List items and
short lines of their own are sentences; a line end within wrapped prose is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lint_rules.parsing.part import Part, Span
from lint_rules.parsing.phrases import entries
from lint_rules.parsing.width import columns

# a line shorter than this did not end because it was full
FULL_LINE = 44
LIST_MARK = re.compile(
    r"[ \t]*(?:[-*•●▪◦‣–—+✓✔★☆→»]|\d{1,2}[.)、]|[a-zđ][.)](?!\w)|[①-⑳]|[（(]\d{1,2}[）)])(?=[ \t\w])[ \t]*"
)
# a run of marks is looked at from its first only, however long it is; the class at its head is what is searched for
_END = re.compile(
    r"[.!?…。！？；](?:(?<=[.!?…])(?<![.!?…][.!?…])[.!?…]*[\"'”’»)\]]*(?=\s|$)|(?<=[。！？；])[。！？；]*[”’」』）]*)"
)
# "at 9 a.m. The stain …" ends, "at 9 a.m. Monday" and "before 6 p.m. on" go on
_OF_THE_CLOCK = frozenset(["a.m", "p.m"])
_NEW_THOUGHT = re.compile(
    r"\s+(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:January|February|March|April|May|June|July|August|September|October|November|December)(?!\w)|[A-Z]{2,4}(?!\w))[A-Z]"
)
_LAST_WORD = re.compile(r"[^\s(“\"']{1,12}$")


def paragraphs(part: Part) -> list[Span]:
    """Blocks between empty lines."""
    if _PARAGRAPHS not in part.readings:
        part.readings[_PARAGRAPHS] = _paragraphs(part)
    found: list[Span] = part.readings[_PARAGRAPHS]
    return found


_PARAGRAPHS = ("paragraphs", "")


def _paragraphs(part: Part) -> list[Span]:
    found: list[Span] = []
    start, end, text = -1, 0, part.text
    for begin, stop in part.lines:
        if begin < stop and not text[begin:stop].isspace():
            start = begin if start < 0 else start
            end = stop
        elif start >= 0:
            found.append(Span(start, end))
            start = -1
    if start >= 0:
        found.append(Span(start, end))
    return found


def sentences(part: Part, lang: str) -> list[Span]:
    """Every sentence, in order, without blanks around it."""
    found: list[Span] = []
    for block in _read(part):
        start = block.start
        for match in _END.finditer(part.masked, block.start, block.end):
            if not _is_abbreviation(part.masked, start, match.start(), match.group(), lang):
                _add(found, part, start, match.end())
                start = match.end()
        _add(found, part, start, block.end)
    return found


def _read(part: Part) -> Iterator[Span]:
    """The stretches of prose; of an endless text those at its beginning and its end."""
    for block in _blocks(part):
        for stretch in part.stretches:
            clipped = Span(max(block.start, stretch.start), min(block.end, stretch.end))
            if clipped.start < clipped.end:
                yield clipped


def _blocks(part: Part) -> list[Span]:
    """Lines joined as far as they are one wrapped stretch of prose."""
    blocks: list[Span] = []
    open_block = False
    for line in part.lines:
        text = part.text[line.start : line.end]
        if not text or text.isspace():
            open_block = False
            continue
        if open_block and not LIST_MARK.match(text):
            blocks[-1] = Span(blocks[-1].start, line.end)
        else:
            blocks.append(line)
        open_block = columns(text) >= FULL_LINE
    return blocks


def _add(found: list[Span], part: Part, start: int, end: int) -> None:
    text = part.text[start:end]
    stripped = text.strip()
    if stripped:
        first = start + len(text) - len(text.lstrip())
        found.append(Span(first, first + len(stripped)))


def _is_abbreviation(text: str, start: int, stop: int, ending: str, lang: str) -> bool:
    if not ending.startswith(".") or len(ending) > 1:
        return False
    match = _LAST_WORD.search(text, max(start, stop - 12), stop)
    if match is None:
        return False
    word = match.group().casefold()
    if word in _OF_THE_CLOCK and _NEW_THOUGHT.match(text, stop + 1):
        return False
    is_initial = len(word) == 1 and word.isalpha() and match.group().isupper()
    return is_initial or word in entries(lang, "abbreviations") or word in entries("en", "abbreviations")
