"""The tags of an HTML source in order.

Our own small scanner: it keeps the offset of everything and is linear on any input, which the standard
parser is not.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from lint_rules.parsing.html_tags import RAW, Kind

Mark = tuple[int, int, Kind | None]
"""Start, end and kind of whatever stands between angle brackets; comments and declarations have none."""

# tags, comments and the like that are read; mails have some hundreds, the busiest a few thousand, and what
# would hold more is cut off by mail programs long before (`html-over-102-kb` says so)
MOST_TAGS = 25_000
_RAW = {name: re.compile(rf"</{name}(?=[\s>/])", re.IGNORECASE) for name in RAW}


def scan_tags(source: str) -> list[Mark]:
    """Every tag, comment and declaration in order, the first `MOST_TAGS`."""
    text, *pieces = source.split("<")
    marks: list[Mark] = []
    following, done, next_of, known = len(text), 0, _finder(source), _known.get
    for piece in pieces:
        start, following = following, following + len(piece) + 1
        if start < done:
            continue  # within a comment, a quoted value, a style sheet
        written, close, _ = piece.partition(">")
        kind = known(written)
        if kind is not None and close:
            done = start + len(written) + 2
        else:
            done, kind = _read_tag(source, start, next_of)
            if not done:
                continue
        marks.append((start, done, kind))
        if kind is not None and kind.raw:
            done = _end_of_raw(source, kind.name, done)
        if len(marks) == MOST_TAGS:
            break
    return marks


def _finder(source: str) -> Callable[[str, int], int]:
    """Where a mark comes next; each is looked for once, however often it is asked for."""
    ends: dict[str, int] = {}

    def next_of(mark: str, position: int) -> int:
        known = ends.get(mark, -2)  # -1: there is none further on
        if known != -1 and known < position:
            known = ends[mark] = source.find(mark, position)
        return known

    return next_of


# kinds by what is written between their brackets; a longer one comes once, and when a flood of them comes we begin anew
_known: dict[str, Kind] = {}
_LONGEST_KNOWN, _MOST_KNOWN = 500, 4096


def _read_tag(source: str, start: int, next_of: Callable[[str, int], int]) -> tuple[int, Kind | None]:
    """Where it ends, and what it says; end 0 for a mere `<`."""
    if source.startswith("<!--", start):
        close = next_of("-->", start + 2)  # `<!-->` is a whole comment
        return (close + 3 if close >= 0 else len(source)), None
    match = _USUAL_TAG.match(source, start)
    if match is None or _has_open_quote(match.group(3)):
        end, name, closing = _unusual(source, start, next_of)
        return end, Kind(name, closing, source[start:end]) if name else None
    kind = Kind(match.group(2).lower(), match.group(1) == "/", match.group())
    if len(kind.text) <= _LONGEST_KNOWN:
        if len(_known) >= _MOST_KNOWN:
            _known.clear()
        _known[kind.text[1:-1]] = kind
    return match.end(), kind


def _end_of_raw(source: str, name: str, position: int) -> int:
    close = _RAW[name].search(source, position)
    return close.start() if close else len(source)


def _has_open_quote(written: str) -> bool:
    return written.count('"') % 2 == 1 or written.count("'") % 2 == 1


def _unusual(source: str, start: int, next_of: Callable[[str, int], int]) -> tuple[int, str, bool]:
    """Declarations, tags with brackets or quotes left open; end 0 for a mere `<`."""
    if match := _NAME.match(source, start):
        return _tag_end(source, match.end(), next_of), match.group(2).lower(), bool(match.group(1))
    if source.startswith(("<!", "<?"), start):
        close = next_of(">", start)
        return (close + 1 if close >= 0 else len(source)), "", False
    return 0, "", False


# a whole tag without angle brackets in its attributes: what nearly every tag looks like
_USUAL_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,60})([^<>]*)>")
_NAME = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,60})")
_QUOTE_OR_END = re.compile(r"[>\"']")


def _tag_end(source: str, position: int, next_of: Callable[[str, int], int]) -> int:
    """Behind the `>` that closes the tag; one within quotes does not, unless the quote never closes."""
    while match := _QUOTE_OR_END.search(source, position):
        mark = match.group()
        if mark == ">":
            return match.end()
        closing = next_of(mark, match.end())
        position = closing + 1 if closing >= 0 else match.end()
    return len(source)
