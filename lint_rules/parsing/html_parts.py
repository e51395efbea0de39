"""HTML read as a recipient sees it: visible text with its place in the source, links, images.

It keeps the offset of every visible character.
"""

from __future__ import annotations

import html
import re
from array import array
from collections.abc import Iterable, Set
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter

from lint_rules.parsing.html_scan import MOST_TAGS, Mark, scan_tags
from lint_rules.parsing.html_tags import Kind, Tag
from lint_rules.parsing.lazy import lazy
from lint_rules.parsing.part import Span
from lint_rules.parsing.sheets import sheets

# an entity; blanks; words with one plain blank between each two
_TEXT_PIECE = re.compile(
    r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,8}|[a-zA-Z][a-zA-Z0-9]{1,31});?|\s+|[^&\s]+(?: [^&\s]+)*+|&"
)


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
    marks: list[Mark] = field(default_factory=list)
    """Everything between angle brackets, in order."""
    unseen: frozenset[int] = frozenset()
    """Where the tags begin that stand within hidden elements."""

    @lazy
    def sheets(self) -> list[tuple[int, int]]:
        """Where each style sheet stands."""
        return sheets(self.marks)

    @lazy
    def every_tag(self) -> list[Tag]:
        """The opening tags, those within hidden elements too."""
        return _opening(self.marks)

    @lazy
    def first_tags(self) -> list[Tag]:
        """Of tags that are written alike the first, hidden or not: a mail has some thirty."""
        return _firsts(self.marks)

    def first_seen(self, kinds: Set[Kind]) -> list[Tag]:
        """Of these kinds the first tag each that stands in no hidden element."""
        firsts = [tag for tag in self.first_tags if tag.kind in kinds]
        return firsts if self.unseen.isdisjoint(tag.start for tag in firsts) else _firsts(self._seen(kinds))

    def of_kinds(self, kinds: Set[Kind]) -> list[Tag]:
        """The opening tags of these kinds, those within hidden elements left out."""
        return _opening(self._seen(kinds)) if kinds else []

    def named(self, *names: str) -> list[Tag]:
        """The opening tags of these names, those within hidden elements left out."""
        return self.of_kinds({tag.kind for tag in self.first_tags if tag.name in names})

    def _seen(self, kinds: Set[Kind]) -> list[Mark]:
        return [mark for mark in self.marks if mark[2] in kinds and mark[0] not in self.unseen]


def _opening(marks: Iterable[Mark]) -> list[Tag]:
    return [Tag(kind, start, end) for start, end, kind in marks if kind is not None and not kind.closing]


def _firsts(marks: list[Mark]) -> list[Tag]:
    """Of the opening tags of each kind the first; of two in a dictionary the last stays, so from the end on."""
    backwards = marks[::-1]
    return _opening(sorted(dict(zip(map(_KIND, backwards), backwards, strict=True)).values()))


_KIND = itemgetter(2)


def read_html(source: str) -> HtmlText:
    """Visible text, with paragraphs apart by an empty line."""
    marks = scan_tags(source)
    end = marks[-1][1] if len(marks) == MOST_TAGS else len(source)
    reader = _Reader(source)
    reader.through(marks, end)
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
        self.anchors: list[Anchor] = []
        self.unseen: set[int] = set()
        self.hidden: list[str] = []
        self.anchor: _OpenAnchor | None = None
        # how many line ends what is written ends with, as at the start; 0: a blank, -1: words
        self.room = 2

    def through(self, marks: list[Mark], last: int) -> None:
        """All tags, and what stands between them."""
        position, hidden, source = 0, self.hidden, self.source
        for start, end, kind in marks:
            if start > position and not hidden:
                written = source[position:start]
                # most of what stands between tags is the indentation of the next one
                if written != "\n" and (not written.isspace() or "\u00a0" in written):
                    self._text(written, position)
                elif self.room < 0:
                    self._mark(" ", 0, position)
            position = end
            if kind is None or (hidden and self._is_hidden(kind, start, end)):
                continue
            if kind.acts:
                self._act(kind, start, end)
            elif kind.breaks > self.room:
                self._break(kind.breaks, start)
        if not hidden:
            self._text(source[position:last], position)

    def _text(self, written: str, start: int) -> None:
        if written == "&nbsp;":  # all that stands in a row which only keeps distance
            self._mark("\u00a0", -1, start)
            return
        for match in _TEXT_PIECE.finditer(written):
            piece, place = match.group(), start + match.start()
            first = piece[0]
            if first == "&" and len(piece) > 1:
                decoded = _decoded(piece)
                self._put(decoded, array("l", [place]) * len(decoded))
            elif first.isspace() and piece != "\u00a0":
                if self.room < 0:
                    self._break(0, place)
            else:
                self._put(piece, _offsets(place, place + len(piece)))

    def _act(self, kind: Kind, start: int, end: int) -> None:
        """A link begins or ends, or a hidden element begins."""
        if kind.closing:
            self._close_anchor(start)
        elif kind.hides:
            self.hidden.append(kind.name)
        else:
            self._link(Tag(kind, start, end))

    def _is_hidden(self, kind: Kind, start: int, end: int) -> bool:
        """Whether the tag belongs to a hidden element: until that ends, all words are passed over."""
        hidden = self.hidden
        if not kind.closing:
            # what ends by itself: the head where the body begins, a paragraph where the next one does
            if (kind.name == "body" and hidden == ["head"]) or (kind.name == "p" and hidden[-1] == "p"):
                hidden.pop()
                if not hidden:
                    return False
            self.unseen.add(start)
        if kind.name == hidden[-1]:
            if kind.closing:
                hidden.pop()
            elif not kind.void and not self.source.startswith("/", end - 2):
                hidden.append(kind.name)
        return True

    def _link(self, tag: Tag) -> None:
        if tag.name == "a":
            self._close_anchor(tag.start)
            self.anchor = _OpenAnchor(tag.attributes.get("href"), len(self.places), tag.source, [])
        elif tag.name == "area" and "href" in tag.attributes:
            place, alt = Span(len(self.places), len(self.places)), tag.attributes.get("alt", "")
            self.anchors.append(Anchor(tag.attributes["href"], place, tag.source, tag.end, alt))
        elif tag.name == "img" and self.anchor:
            self.anchor.alts.append(tag.attributes.get("alt", "").strip())

    def _close_anchor(self, end: int) -> None:
        """At its closing tag, at the next link, or at the end of the source."""
        anchor, self.anchor = self.anchor, None
        if anchor and anchor.href is not None:  # without one it is only a place to jump to
            span, alt = Span(anchor.start, len(self.places)), " ".join(filter(None, anchor.alts))
            self.anchors.append(Anchor(anchor.href, span, anchor.source, end, alt))

    def _break(self, wanted: int, place: int) -> None:
        """So many line ends, or a blank, of which some may stand there already."""
        if not wanted:
            self._mark(" ", 0, place)
        while wanted > self.room:
            self._mark("\n", 2 if self.room > 0 and self.pieces else 1, place)

    def _mark(self, char: str, room: int, place: int) -> None:
        self.room = room
        self.pieces.append(char)
        self.places.append(place)

    def _put(self, text: str, places: array[int]) -> None:
        if not text:
            return
        if text == "\n":
            self.room = 2 if self.room > 0 and self.pieces else 1
        else:
            self.room = 0 if text[-1] == " " else -1
        self.pieces.append(text)
        self.places += places

    def finish(self, marks: list[Mark]) -> HtmlText:
        self._close_anchor(len(self.source))
        return HtmlText("".join(self.pieces), self.places, self.anchors, marks, frozenset(self.unseen))


# the same few again and again
@lru_cache(maxsize=512)
def _decoded(entity: str) -> str:
    return html.unescape(entity)


def _offsets(start: int, end: int) -> array[int]:
    """Every offset from start to before end; a slice of what is kept is many times as quick as counting."""
    return _KEPT[start:end] if end <= len(_KEPT) else array("l", range(start, end))


_KEPT = array("l", range(100_000))
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
