"""Postscripts: T.B., Tái bút, P/S, P.S., PS:, 附言, 又及, at the start of a line."""

from __future__ import annotations

import re
from bisect import bisect_right

from lint_rules.parsing.part import Part, Span

# "PS5" and "P&S" are products; a full stop after the letters needs none after the mark
MARK = re.compile(
    r"[ \t>*_#]*(?:p\s?\.\s?s\s?\.?\s?[:,.\-–—]?(?=\s|\S)(?!\w)|p/s\s?[:.\-–—]?(?!\w)|p\.?p\.?s\.?\s?[:.]|ps\s?[:\-–—](?!\d)|ps\s?\.(?=\s)(?!\w)|ps(?=\s+\S)(?!\s?\d)"
    r"|t\s?\.\s?b\s?\.?\s?[:.\-–—]?(?!\w)|t/b\s?[:.](?!\w)|tb\s?:|tái bút(?!\w)\s?[:.\-–—]?|viết thêm\s?:|(?:附言|又及|附笔|再启|另及)\s?[:.,，。、—-]?)",
    re.IGNORECASE,
)
# what may stand before a mark, and what a mark begins with; at the end of a line is none of these
_BEFORE, _FIRST = " \t>*_#", frozenset("ptv附又再另")
# the editor's own block for it, whose words bear no mark
BLOCK = "postscript"


def postscripts(part: Part) -> list[Span]:
    """Each from its mark to the next empty line; a mark that stands alone takes the paragraph below it."""
    if part.name == BLOCK or part.name.startswith(f"{BLOCK}-"):
        return [] if part.blank() else [Span(0, len(part.text))]
    found: list[Span] = []
    text = part.folded
    lines = part.lines
    starts = [line.start for line in lines]
    done = 0
    for index, line in enumerate(lines):
        if line.start < done or text[line.start : line.end].lstrip(_BEFORE)[:1] not in _FIRST:
            continue
        match = MARK.match(text, line.start, line.end)
        if match is None:
            continue
        alone = not text[match.end() : line.end].strip()
        end = _end_of_block(part, lines, index, skip_blank=alone)
        if text[match.end() : end].strip():
            found.append(Span(line.start, end))
            done = lines[min(bisect_right(starts, end), len(lines)) - 1].end
    return found


def _end_of_block(part: Part, lines: list[Span], index: int, *, skip_blank: bool) -> int:
    end = lines[index].end
    for below in range(index + 1, len(lines)):
        line = lines[below]
        empty = not part.text[line.start : line.end].strip()
        if empty and not skip_blank:
            break
        if not empty:
            skip_blank = False
            end = line.end
    return end
