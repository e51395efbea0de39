"""HTML read as a recipient sees it: visible text with its place in the source, links, images.

Our own small scanner: it keeps the offset of every visible character and is linear on any input, which
the standard parser is not.
"""

from __future__ import annotations

import html
import re
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lint_rules.parsing.part import Span

_ATTRIBUTE = re.compile(r"([^\s=/>\"']+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+)))?")
# an entity; blanks; words with one plain blank between each two
_TEXT_PIECE = re.compile(
    r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,8}|[a-zA-Z][a-zA-Z0-9]{1,31});?|\s+|[^&\s]+(?: [^&\s]+)*+|&"
)
_UNSEEN = frozenset(["style", "script", "head", "title", "template", "noscript", "svg"])
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
_PARAGRAPHS = frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "table",
        "blockquote",
        "hr",
        "section",
        "article",
        "header",
        "footer",
    ]
)
_LINES = frozenset(["br", "li", "tr", "div", "dt", "dd", "caption"])
_CELLS = frozenset(["td", "th"])


@dataclass(frozen=True)
class Anchor:
    """A link: where it leads, and its words in the visible text."""

    href: str
    span: Span
    source: Span
    """Its opening tag."""
    source_end: int = 0
    """Where its closing tag begins."""


class Tag:
    """An opening tag and its place in the source. Attributes (names in lower case) are read when asked for."""

    __slots__ = ("_attributes", "name", "source", "written")

    def __init__(self, name: str, written: str, source: Span) -> None:
        self.name = name
        self.source = source
        self.written = written
        self._attributes: dict[str, str] | None = None

    @property
    def attributes(self) -> dict[str, str]:
        if self._attributes is None:
            self._attributes = _attributes(self.written)
        return self._attributes

    @property
    def style(self) -> str:
        """Its inline style, in lower case; empty without one."""
        return self.attributes.get("style", "").lower() if "style" in self.written.lower() else ""


@dataclass
class HtmlText:
    """What is seen, and where each character of it stands in the source."""

    visible: str = ""
    places: array[int] = field(default_factory=lambda: array("l"))
    anchors: list[Anchor] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    every_tag: list[Tag] = field(default_factory=list)
    """Those within hidden elements too."""


def read_html(source: str) -> HtmlText:
    """Visible text, with paragraphs apart by an empty line."""
    reader = _Reader()
    position = 0
    for start, end, name, closing in scan_tags(source):
        if start > position:
            reader.text(source, position, start)
        if name:
            reader.tag(source, start, end, name, closing)
        position = end
    reader.text(source, position, len(source))
    return reader.finish()


# a whole tag without angle brackets in its attributes: what nearly every tag looks like
_USUAL_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,60})([^<>]*)>")


def scan_tags(source: str) -> Iterator[tuple[int, int, str, bool]]:
    """(start, end, name, is closing) of each tag; comments and declarations have no name."""
    ends: dict[str, int] = {}

    def next_of(mark: str, position: int) -> int:
        known = ends.get(mark, 0)
        if known != -1 and known < position:
            known = ends[mark] = source.find(mark, position)
        return known

    position = 0
    while (start := source.find("<", position)) >= 0:
        usual = _USUAL_TAG.match(source, start)
        if usual and not _has_open_quote(usual[3]):
            position = usual.end()
            yield start, position, usual[2].lower(), bool(usual[1])
            continue
        end, name, closing = _unusual(source, start, next_of)
        position = end or start + 1
        if end:
            yield start, end, name, closing


def _has_open_quote(written: str) -> bool:
    return written.count('"') % 2 == 1 or written.count("'") % 2 == 1


def _unusual(source: str, start: int, next_of: Callable[[str, int], int]) -> tuple[int, str, bool]:
    """Comments, declarations, tags with brackets or quotes left open; end 0 for a mere `<`."""
    if source.startswith("<!--", start):
        close = next_of("-->", start + 4)
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


class _Reader:
    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.places: array[int] = array("l")
        self.length = 0
        self.anchors: list[Anchor] = []
        self.tags: list[Tag] = []
        self.every_tag: list[Tag] = []
        self.hidden: list[str] = []
        self.open_anchors: list[tuple[str | None, int, Span]] = []
        self.last = "\n"

    def text(self, source: str, start: int, end: int) -> None:
        if self.hidden or start >= end:
            return
        for match in _TEXT_PIECE.finditer(source, start, end):
            piece = match.group()
            first = piece[0]
            if first == "&" and len(piece) > 1:
                decoded = html.unescape(piece)
                self._put(decoded, [match.start()] * len(decoded))
            elif first.isspace() and piece != "\u00a0":
                self._blank(match.start())
            else:
                self._put(piece, range(match.start(), match.end()))

    def tag(self, source: str, start: int, end: int, name: str, closing: bool) -> None:
        if not closing:
            tag = Tag(name, source[start + 1 + len(name) : end], Span(start, end))
            self.every_tag.append(tag)
        if self.hidden:
            self._within_hidden(name, closing, source, end)
            return
        if not closing:
            self.tags.append(tag)
            if name not in VOID and _is_hidden(tag):
                self.hidden.append(name)
                return
        if name in _PARAGRAPHS:
            self._new_line(start, 2)
        elif name in _LINES:
            self._new_line(start, 1)
        elif name in _CELLS:
            self._blank(start)
        elif name == "a":
            self._anchor(closing, Span(start, end))

    def _within_hidden(self, name: str, closing: bool, source: str, end: int) -> None:
        if name != self.hidden[-1]:
            return
        if closing:
            self.hidden.pop()
        elif name not in VOID and not source.startswith("/", end - 2):
            self.hidden.append(name)

    def _anchor(self, closing: bool, span: Span) -> None:
        if not closing:
            self.open_anchors.append((self.tags[-1].attributes.get("href"), self.length, span))
        elif self.open_anchors:
            href, start, source = self.open_anchors.pop()
            if href is not None:  # without one it is only a place to jump to
                self.anchors.append(Anchor(href, Span(start, self.length), source, span.start))

    def _new_line(self, place: int, wanted: int) -> None:
        if not self.length:
            return
        have = 0 if self.last != "\n" else (2 if len(self.pieces) > 1 and self.pieces[-2] == "\n" else 1)
        for _ in range(wanted - have):
            self._put("\n", [place])

    def _blank(self, place: int) -> None:
        if self.last not in " \n":
            self._put(" ", [place])

    def _put(self, text: str, places: range | list[int]) -> None:
        if text:
            self.pieces.append(text)
            self.places.extend(places)
            self.length += len(text)
            self.last = text[-1]

    def finish(self) -> HtmlText:
        return HtmlText("".join(self.pieces), self.places, self.anchors, self.tags, self.every_tag)


def _attributes(written: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(written):
        value = match.group(2) or match.group(3) or match.group(4) or ""
        found.setdefault(match.group(1).lower(), html.unescape(value) if "&" in value else value)
    return found


def _is_hidden(tag: Tag) -> bool:
    if tag.name in _UNSEEN:
        return True
    written = tag.written
    # most tags hide nothing, and need no reading for that
    if "hidden" not in written and "display" not in written.lower():
        return False
    return "hidden" in tag.attributes or "display:none" in tag.style.replace(" ", "")
