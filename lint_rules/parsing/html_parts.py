"""HTML read as a recipient sees it: visible text with its place in the source, links, images.

It keeps the offset of every visible character.
"""

from __future__ import annotations

import html
import re
from array import array
from dataclasses import dataclass, field
from itertools import islice

from lint_rules.parsing.html_tags import VOID, Kind, Mark, Tag, scan_tags
from lint_rules.parsing.lazy import lazy
from lint_rules.parsing.part import Span
from lint_rules.parsing.sheets import sheets

# an entity; blanks; words with one plain blank between each two
_TEXT_PIECE = re.compile(
    r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,8}|[a-zA-Z][a-zA-Z0-9]{1,31});?|\s+|[^&\s]+(?: [^&\s]+)*+|&"
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
_LINKING = frozenset(["a", "area", "img"])
# how many line ends an element brings before and behind it; 0 is a blank
_BREAKS = {**dict.fromkeys(_PARAGRAPHS, 2), **dict.fromkeys(_LINES, 1), "td": 0, "th": 0}


@dataclass(frozen=True)
class Anchor:
    """A link: where it leads, and its words in the visible text."""

    href: str
    span: Span
    source: Span
    """Its opening tag."""
    source_end: int = 0
    """Where its closing tag begins."""
    alt: str = ""
    """What its images say in words."""


@dataclass
class HtmlText:
    """What is seen, and where each character of it stands in the source."""

    visible: str = ""
    places: array[int] = field(default_factory=lambda: array("l"))
    anchors: list[Anchor] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    every_tag: list[Tag] = field(default_factory=list)
    """Those within hidden elements too."""
    marks: list[Mark] = field(default_factory=list)
    """Everything between angle brackets, in order."""

    @lazy
    def sheets(self) -> list[tuple[int, int]]:
        """Where each style sheet stands."""
        return sheets(self.marks)


# tags, comments and the like that are read; mails have some hundreds, the busiest a few thousand, and what
# would hold more is cut off by mail programs long before (`html-over-102-kb` says so)
MOST_TAGS = 25_000


def read_html(source: str) -> HtmlText:
    """Visible text, with paragraphs apart by an empty line."""
    reader = _Reader(source)
    marks = list(islice(scan_tags(source), MOST_TAGS))
    if len(marks) == MOST_TAGS:
        source = source[: marks[-1][1]]
    position = 0
    for start, end, kind in marks:
        if start > position:
            reader.text(position, start)
        if kind is not None:
            reader.tag(start, end, kind)
        position = end
    reader.text(position, len(source))
    return reader.finish(marks)


@dataclass(slots=True)
class _OpenAnchor:
    href: str | None
    start: int
    source: Span
    alts: list[str]


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.pieces: list[str] = []
        self.places: array[int] = array("l")
        self.length = 0
        self.anchors: list[Anchor] = []
        self.tags: list[Tag] = []
        self.every_tag: list[Tag] = []
        self.hidden: list[str] = []
        self.anchor: _OpenAnchor | None = None
        self.last = "\n"

    def text(self, start: int, end: int) -> None:
        if self.hidden or start >= end:
            return
        # most of what stands between tags is the indentation of the next one
        if (indent := self.source[start:end]).isspace() and "\u00a0" not in indent:
            if self.last not in " \n":
                self._put(" ", [start])
            return
        for match in _TEXT_PIECE.finditer(self.source, start, end):
            piece = match.group()
            first = piece[0]
            if first == "&" and len(piece) > 1:
                decoded = html.unescape(piece)
                self._put(decoded, [match.start()] * len(decoded))
            elif first.isspace() and piece != "\u00a0":
                if self.last not in " \n":
                    self._put(" ", [match.start()])
            else:
                self._put(piece, range(match.start(), match.end()))

    def tag(self, start: int, end: int, kind: Kind) -> None:
        name, closing = kind.name, kind.closing
        if not closing and self._open(Tag(kind, start, end)):
            return
        if self.hidden:
            self._within_hidden(name, closing, end)
        elif (wanted := _BREAKS.get(name)) is not None:
            if wanted:
                self._new_line(start, wanted)
            elif self.last not in " \n":
                self._put(" ", [start])
        elif name == "a" and closing:
            self._close_anchor(start)

    def _open(self, tag: Tag) -> bool:
        """Notes an opening tag; whether it begins something hidden."""
        self.every_tag.append(tag)
        if self.hidden:
            self._begins_again(tag.name)
            if self.hidden:
                return False
        self.tags.append(tag)
        if tag.name not in VOID and tag.kind.hides:
            self.hidden.append(tag.name)
            return True
        if tag.name in _LINKING:
            self._link(tag)
        return False

    def _begins_again(self, name: str) -> None:
        """What ends by itself: the head where the body begins, a paragraph where the next one does."""
        if (name == "body" and self.hidden == ["head"]) or (name == "p" and self.hidden[-1] == "p"):
            self.hidden.pop()

    def _within_hidden(self, name: str, closing: bool, end: int) -> None:
        if name != self.hidden[-1]:
            return
        if closing:
            self.hidden.pop()
        elif name not in VOID and not self.source.startswith("/", end - 2):
            self.hidden.append(name)

    def _link(self, tag: Tag) -> None:
        if tag.name == "a":
            self._close_anchor(tag.start)
            self.anchor = _OpenAnchor(tag.attributes.get("href"), self.length, tag.source, [])
        elif tag.name == "area" and "href" in tag.attributes:
            place, alt = Span(self.length, self.length), tag.attributes.get("alt", "")
            self.anchors.append(Anchor(tag.attributes["href"], place, tag.source, tag.end, alt))
        elif tag.name == "img" and self.anchor:
            self.anchor.alts.append(tag.attributes.get("alt", "").strip())

    def _close_anchor(self, end: int) -> None:
        """At its closing tag, at the next link, or at the end of the source."""
        anchor, self.anchor = self.anchor, None
        if anchor and anchor.href is not None:  # without one it is only a place to jump to
            span, alt = Span(anchor.start, self.length), " ".join(filter(None, anchor.alts))
            self.anchors.append(Anchor(anchor.href, span, anchor.source, end, alt))

    def _new_line(self, place: int, wanted: int) -> None:
        if not self.length:
            return
        have = 0 if self.last != "\n" else (2 if len(self.pieces) > 1 and self.pieces[-2] == "\n" else 1)
        for _ in range(wanted - have):
            self._put("\n", [place])

    def _put(self, text: str, places: range | list[int]) -> None:
        if text:
            self.pieces.append(text)
            self.places.extend(places)
            self.length += len(text)
            self.last = text[-1]

    def finish(self, marks: list[Mark]) -> HtmlText:
        self._close_anchor(len(self.source))
        return HtmlText("".join(self.pieces), self.places, self.anchors, self.tags, self.every_tag, marks)


_SIZE = re.compile(r"\s*(\d{1,4}(?:\.\d{1,4})?)\s*(?:px)?\s*(?:!important)?\s*$", re.IGNORECASE)
_STYLE_SIZE = re.compile(r"(?<![\w-])(?:width|height)\s*:([^;]{1,40})")


def is_pixel(image: Tag) -> bool:
    """Whether an image is there to count who opens the mail: a pixel at most, or not shown."""
    attributes, style = image.attributes, image.style
    if "hidden" in attributes or "display:none" in style.replace(" ", ""):
        return True
    given = _STYLE_SIZE.findall(style) or [
        attributes[name] for name in ("width", "height") if name in attributes
    ]
    sizes = [_SIZE.match(size) for size in given]
    return bool(sizes) and all(size is not None and float(size[1]) <= 1 for size in sizes)
