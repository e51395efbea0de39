"""The tags of an HTML source in order: what each says, and where it stands.

Our own small scanner: it keeps the offset of everything and is linear on any input, which the standard
parser is not. Mails write the same few tags over and over, so what a tag says (`Kind`) is read once for all
tags that are written alike; a `Tag` is a kind at a place.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping

from lint_rules.parsing.lazy import lazy
from lint_rules.parsing.part import Span

_ATTRIBUTE = re.compile(r"([^\s=/>\"']+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+)))?")
# in an address `&copy=2` is a field of the query and no sign
_ENTITY = re.compile(
    r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,8}|[a-zA-Z][a-zA-Z0-9]{1,31})(?:;|(?![=a-zA-Z0-9;]))"
)
UNSEEN = frozenset(["style", "script", "head", "title", "template", "noscript", "svg"])
# what stands in these is no HTML: a `<` there begins no tag
_RAW = {
    name: re.compile(rf"</{name}(?=[\s>/])", re.IGNORECASE)
    for name in ("style", "script", "title", "textarea")
}
VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)


class Kind:
    """What all tags say that are written alike."""

    def __init__(self, name: str, closing: bool, text: str) -> None:
        self.name = name
        """In lower case."""
        self.closing = closing
        self.text = text
        """The whole tag, from bracket to bracket."""

    @lazy
    def written(self) -> str:
        """What stands behind its name."""
        return self.text[1 + len(self.name) :]

    @lazy
    def attributes(self) -> Mapping[str, str]:
        """Their values by names in lower case, entities decoded; of two of one name the first."""
        found: dict[str, str] = {}
        for match in _ATTRIBUTE.finditer(self.written):
            value = match.group(2) or match.group(3) or match.group(4) or ""
            found.setdefault(match.group(1).lower(), _decoded(value) if "&" in value else value)
        return found

    @lazy
    def style(self) -> str:
        """Its inline style, in lower case; empty without one."""
        return self.attributes.get("style", "").lower() if "style" in self.text.lower() else ""

    @lazy
    def hides(self) -> bool:
        """Whether it hides what stands within by its name, attribute or display."""
        if self.name in UNSEEN:
            return True
        if not _MAY_HIDE.search(self.text):
            return False
        return "hidden" in self.attributes or "display:none" in self.style.replace(" ", "")


_MAY_HIDE = re.compile("hidden|display", re.IGNORECASE)


class Tag:
    """An opening tag and its place in the source."""

    __slots__ = ("end", "kind", "name", "start")

    def __init__(self, kind: Kind, start: int, end: int) -> None:
        self.kind = kind
        self.name = kind.name
        self.start = start
        self.end = end

    @property
    def source(self) -> Span:
        """Its place."""
        return Span(self.start, self.end)

    @property
    def written(self) -> str:
        """What stands behind its name."""
        return self.kind.written

    def mentions(self, word: str) -> bool:
        """Whether that word stands in it, in small letters: a quick look before its attributes are read."""
        return word in self.kind.text

    @property
    def attributes(self) -> Mapping[str, str]:
        """Their values by names in lower case, entities decoded."""
        return self.kind.attributes

    def place_of(self, name: str) -> Span | None:
        """Where in the source the value of an attribute is written."""
        offset = self.start + 1 + len(self.name)
        for match in _ATTRIBUTE.finditer(self.written):
            if match.group(1).lower() == name:
                value = match.lastindex or 1
                start, end = match.span(value)
                return Span(offset + start, offset + end) if value > 1 else None
        return None

    @property
    def style(self) -> str:
        """Its inline style, in lower case; empty without one."""
        return self.kind.style


Mark = tuple[int, int, Kind | None]
"""Start, end and kind of whatever stands between angle brackets; comments and declarations have none."""

# a whole tag without angle brackets in its attributes: what nearly every tag looks like
_USUAL_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,60})([^<>]*)>")


def scan_tags(source: str) -> Iterator[Mark]:
    """Every tag, comment and declaration in order."""
    ends: dict[str, int] = {}

    def next_of(mark: str, position: int) -> int:
        known = ends.get(mark, -2)  # -1: there is none further on
        if known != -1 and known < position:
            known = ends[mark] = source.find(mark, position)
        return known

    position, close = 0, -2
    while (start := source.find("<", position)) >= 0:
        if close != -1 and close < start:
            close = source.find(">", start)
        known = _known.get(source[start : close + 1]) if 0 <= close - start < _LONGEST_KNOWN else None
        if known is not None:
            position = close + 1
            yield start, position, known
        else:
            position, kind = _read_tag(source, start, next_of)
            if not position:
                position = start + 1
                continue
            yield start, position, kind
            known = kind
        if known is not None and known.name in _RAW and not known.closing:
            position = _end_of_raw(source, known.name, position)


# kinds by how they are written; a longer one comes once, and when a flood of them comes we begin anew
_known: dict[str, Kind] = {}
_LONGEST_KNOWN, _MOST_KNOWN = 500, 4096


def _read_tag(source: str, start: int, next_of: Callable[[str, int], int]) -> tuple[int, Kind | None]:
    """Where it ends, and what it says; end 0 for a mere `<`."""
    match = _USUAL_TAG.match(source, start)
    if match is None or _has_open_quote(match.group(3)):
        end, name, closing = _unusual(source, start, next_of)
        return end, Kind(name, closing, source[start:end]) if name else None
    kind = Kind(match.group(2).lower(), match.group(1) == "/", match.group())
    if len(kind.text) <= _LONGEST_KNOWN:
        if len(_known) >= _MOST_KNOWN:
            _known.clear()
        _known[kind.text] = kind
    return match.end(), kind


def _end_of_raw(source: str, name: str, position: int) -> int:
    close = _RAW[name].search(source, position)
    return close.start() if close else len(source)


def _has_open_quote(written: str) -> bool:
    return written.count('"') % 2 == 1 or written.count("'") % 2 == 1


def _unusual(source: str, start: int, next_of: Callable[[str, int], int]) -> tuple[int, str, bool]:
    """Comments, declarations, tags with brackets or quotes left open; end 0 for a mere `<`."""
    if source.startswith("<!--", start):
        close = next_of("-->", start + 2)  # `<!-->` is a whole comment
        return (close + 3 if close >= 0 else len(source)), "", False
    if match := _NAME.match(source, start):
        return _tag_end(source, match.end(), next_of), match.group(2).lower(), bool(match.group(1))
    if source.startswith(("<!", "<?"), start):
        close = next_of(">", start)
        return (close + 1 if close >= 0 else len(source)), "", False
    return 0, "", False


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


def _decoded(value: str) -> str:
    return _ENTITY.sub(lambda match: html.unescape(match.group()), value)
