"""Wrapping plain text at display columns, never inside a web address or a merge field.

Chinese may break between any two characters, but no line begins with a closing mark or ends with an
opening one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import islice, pairwise

from lint_rules.parsing.links import find_urls
from lint_rules.parsing.merge_fields import find_tags
from lint_rules.parsing.part import Part, Span
from lint_rules.parsing.sentences import FULL_LINE, LIST_MARK
from lint_rules.parsing.width import clusters, columns
from lint_rules.parsing.words import HAN

# where people read at ease; the owner's demand
WIDTH = 67
# of a paragraph that are wrapped again at once; a longer one is mended piece by piece
MOST_LINES = 40
# characters of it; what is longer is no prose
LONGEST_WRAPPED = 20_000
_QUOTE_OR_INDENT = re.compile(r"[ \t]*(?:>[> ]*)?")
_WIDE = re.compile(f"[{HAN}\u3000-\u30ff\uff00-\uffef]")
_NOT_FIRST = "，。！？、；：）」』】》〉”’…,.!?;:)]}%％"
_NOT_LAST = "（「『【《〈“‘([{￥¥$"


def wrap(text: str, width: int = WIDTH) -> str:
    """Every line that is too wide, wrapped; the others as they are."""
    return "\n".join(
        piece
        for line in text.split("\n")
        for piece in ([line] if columns(line.rstrip()) <= width else wrap_line(line, width))
    )


def wrap_line(line: str, width: int = WIDTH) -> list[str]:
    """One line as several of at most `width` columns, as far as a piece without a break allows."""
    prefix = (_QUOTE_OR_INDENT.match(line) or [""])[0]
    mark = LIST_MARK.match(line, len(prefix))
    first = prefix + (mark.group() if mark else "")
    following = prefix if ">" in prefix else " " * columns(first)
    lines: list[str] = []
    current, is_empty = first, True
    for blank, piece in _pieces(line[len(first) :].strip()):
        joined = current + ("" if is_empty else blank) + piece
        if is_empty or columns(joined) <= width:
            current = joined
        else:
            lines.append(current.rstrip())
            current = following + piece
        is_empty = False
    return [*lines, current.rstrip()]


def _pieces(text: str) -> list[tuple[str, str]]:
    """(blank before, unbreakable piece) in order."""
    kept = sorted(
        [(span.start, span.end) for span in find_urls(text)] + [(t.start, t.end) for t in find_tags(text)]
    )
    pieces: list[tuple[str, str]] = []
    position = 0
    for start, end in [*kept, (len(text), len(text))]:
        if start < position:
            continue
        _add_prose(pieces, text[position:start])
        if end > start:
            _add(pieces, text[start:end], joined=start > 0 and not text[start - 1].isspace())
        position = end
    return pieces


def _add_prose(pieces: list[tuple[str, str]], text: str) -> None:
    for index, word in enumerate(re.split(r"[ \t]+", text)):
        if not word:
            continue
        joined = index == 0 and bool(pieces)
        if not _WIDE.search(word):
            _add(pieces, word, joined)
            continue
        for cluster in clusters(word):
            _add_wide(pieces, cluster, joined, first=not joined)
            joined = True


def _add_wide(pieces: list[tuple[str, str]], cluster: str, joined: bool, first: bool) -> None:
    if first or not pieces:
        pieces.append((" ", cluster))
        return
    before = pieces[-1][1][-1]
    sticks = (
        cluster[0] in _NOT_FIRST or before in _NOT_LAST or not (_WIDE.match(cluster) or _WIDE.match(before))
    )
    if joined and sticks:
        pieces[-1] = (pieces[-1][0], pieces[-1][1] + cluster)
    else:
        pieces.append(("", cluster))


def _add(pieces: list[tuple[str, str]], word: str, joined: bool) -> None:
    if joined and pieces and not (_WIDE.match(pieces[-1][1][-1]) and pieces[-1][1][-1] not in _NOT_LAST):
        pieces[-1] = (pieces[-1][0], pieces[-1][1] + word)
    elif joined:
        pieces.append(("", word))
    else:
        pieces.append((" ", word))


def rewrap_paragraph(part: Part, line: Span, width: int = WIDTH) -> tuple[Span, str]:
    """The stretch to replace and its new lines: the wide line with the prose that flows on from it.

    The lines below are taken along as long as they continue the same paragraph, so that no short
    remainder is left standing alone; list items, quotations and signatures are not touched.
    """
    first = part.text[line.start : line.end]
    taken, end = [first.rstrip()], line.end
    for below in islice(part.lines, (after := bisect_right(part.lines, line)), after + MOST_LINES):
        text = part.text[below.start : below.end]
        before = taken[-1]
        if below.end - line.start > LONGEST_WRAPPED:
            break
        if not text.strip() or LIST_MARK.match(text) or text[0] in "> \t" or columns(before) < FULL_LINE:
            break
        if before.endswith((".", "!", "?", ":", "。", "！", "？", "：", ",")) and columns(before) <= width:
            break
        taken.append(text.rstrip())
        end = below.end
    wrapped = wrap_line(_joined(taken), width)
    return Span(line.start, end), "\n".join(wrapped)


def _joined(lines: list[str]) -> str:
    """One line of several; Chinese ones meet without a blank, unless it keeps an address from its neighbour."""
    text = lines[0]
    for above, line in pairwise(lines):
        both_wide = _WIDE.match(text[-1:]) and _WIDE.match(line[:1])
        text += ("" if both_wide and not _ends_in_address(above) else " ") + line
    return text


def _ends_in_address(line: str) -> bool:
    urls = find_urls(line)
    return bool(urls) and urls[-1].end == len(line)
