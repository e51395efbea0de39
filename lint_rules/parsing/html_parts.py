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
# in an address `&copy=2` is a field of the query and no sign
_ENTITY = re.compile(
    r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,8}|[a-zA-Z][a-zA-Z0-9]{1,31})(?:;|(?![=a-zA-Z0-9;]))"
)
# an entity; blanks; words with one plain blank between each two
_TEXT_PIECE = re.compile(
    r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,8}|[a-zA-Z][a-zA-Z0-9]{1,31});?|\s+|[^&\s]+(?: [^&\s]+)*+|&"
)
UNSEEN = frozenset(["style", "script", "head", "title", "template", "noscript", "svg"])
# what stands in these is no HTML: a `<` there begins no tag
_RAW = {
    name: re.compile(rf"</{name}(?=[\s>/])", re.IGNORECASE)
    for name in ("style", "script", "title", "textarea")
}
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_PARAGRAPHS = frozenset("p h1 h2 h3 h4 h5 h6 ul ol table blockquote hr section article header footer".split())
_LINES = frozenset("br li tr div dt dd caption".split())
_CELLS = frozenset("td th".split())


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
        """Their values with entities decoded; of two of one name the first."""
        if self._attributes is None:
            self._attributes = _attributes(self.written)
        return self._attributes

    def place_of(self, name: str) -> Span | None:
        """Where in the source the value of an attribute is written."""
        for match in _ATTRIBUTE.finditer(self.written):
            if match.group(1).lower() == name and match.lastindex and match.lastindex > 1:
                offset = self.source.start + 1 + len(self.name)
                start, end = match.span(match.lastindex)
                return Span(offset + start, offset + end)
        return None

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
    marks: list[tuple[int, int, str, bool]] = field(default_factory=list)
    """(start, end, name, is closing) of every tag in order, comments left out."""


def read_html(source: str) -> HtmlText:
    """Visible text, with paragraphs apart by an empty line."""
    reader = _Reader(source)
    position = 0
    for start, end, name, closing in scan_tags(source):
        if start > position and not reader.hidden:
            reader.text(position, start)
        if name:
            reader.tag(start, end, name, closing)
        position = end
    if not reader.hidden:
        reader.text(position, len(source))
    return reader.finish()


# an offset before every other, so that a mark at the very start of the source is found too
_NOT_LOOKED_FOR = -2
# a whole tag without angle brackets in its attributes, which nearly every tag is; or the beginning of another
_TAG = re.compile(
    r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,60})((?:[^<>\"']++|\"[^\"<>]*+\"|'[^'<>]*+')*+)>|<[!?/a-zA-Z]"
)


def scan_tags(source: str) -> Iterator[tuple[int, int, str, bool]]:
    """(start, end, name, is closing) of each tag; comments and declarations have no name."""
    ends: dict[str, int] = {}

    def next_of(mark: str, position: int) -> int:
        known = ends.get(mark, _NOT_LOOKED_FOR)
        if known != -1 and known < position:
            known = ends[mark] = source.find(mark, position)
        return known

    position = 0
    for match in _TAG.finditer(source):
        start = match.start()
        if start < position:
            continue
        name = match[2]
        if name:
            position = match.end()
            name, closing = name.lower(), bool(match[1])
        else:
            end, name, closing = _unusual(source, start, next_of)
            if not end:
                continue
            position = end
        yield start, position, name, closing
        if name in _RAW and not closing:
            close = _RAW[name].search(source, position)
            position = close.start() if close else len(source)


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
        self.marks: list[tuple[int, int, str, bool]] = []
        self.hidden: list[str] = []
        self.anchor: _OpenAnchor | None = None
        self.last = "\n"

    def text(self, start: int, end: int) -> None:
        for match in _TEXT_PIECE.finditer(self.source, start, end):
            piece = match.group()
            first = piece[0]
            if first == "&" and len(piece) > 1:
                decoded = html.unescape(piece)
                self._put(decoded, [match.start()] * len(decoded))
            elif first.isspace() and piece != "\u00a0":
                self._blank(match.start())
            else:
                self._put(piece, range(match.start(), match.end()))

    def tag(self, start: int, end: int, name: str, closing: bool) -> None:
        self.marks.append((start, end, name, closing))
        if not closing:
            tag = Tag(name, self.source[start + 1 + len(name) : end], Span(start, end))
            self.every_tag.append(tag)
        if self.hidden and not self._comes_into_sight(start, end, name, closing):
            return
        if not closing:
            self.tags.append(tag)
            if name not in VOID and _is_hidden(tag):
                self.hidden.append(name)
                return
            self._link(tag)
        if name in _CELLS:
            self._blank(start)
        elif name in _LINES:
            self._new_line(start, 1)
        elif name in _PARAGRAPHS:
            self._new_line(start, 2)
        elif name == "a" and closing:
            self._close_anchor(start)

    def _comes_into_sight(self, start: int, end: int, name: str, closing: bool) -> bool:
        """Whether this tag ends what is hidden by itself: a body the head, a paragraph the one before."""
        if name == "body" and not closing and self.hidden == ["head"]:
            self.hidden.pop()
            return True
        if name != self.hidden[-1]:
            return False
        if closing:
            self.hidden.pop()
        elif name == "p":  # no paragraph holds another
            self.hidden.pop()
            return not self.hidden
        elif name not in VOID and not self.source.startswith("/", end - 2):
            self.hidden.append(name)
        return False

    def _link(self, tag: Tag) -> None:
        if tag.name == "a":
            self._close_anchor(tag.source.start)
            self.anchor = _OpenAnchor(tag.attributes.get("href"), self.length, tag.source, [])
        elif tag.name == "area" and "href" in tag.attributes:
            place = Span(self.length, self.length)
            alt = tag.attributes.get("alt", "")
            self.anchors.append(Anchor(tag.attributes["href"], place, tag.source, tag.source.end, alt))
        elif tag.name == "img" and self.anchor:
            self.anchor.alts.append(tag.attributes.get("alt", "").strip())

    def _close_anchor(self, end: int) -> None:
        """At its closing tag, at the next link, or at the end of the source."""
        anchor, self.anchor = self.anchor, None
        if anchor and anchor.href is not None:  # without one it is only a place to jump to
            span = Span(anchor.start, self.length)
            alt = " ".join(filter(None, anchor.alts))
            self.anchors.append(Anchor(anchor.href, span, anchor.source, end, alt))

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
        self._close_anchor(len(self.source))
        return HtmlText(
            "".join(self.pieces), self.places, self.anchors, self.tags, self.every_tag, self.marks
        )


def _attributes(written: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(written):
        value = match.group(2) or match.group(3) or match.group(4) or ""
        found.setdefault(match.group(1).lower(), _decoded(value) if "&" in value else value)
    return found


def _decoded(value: str) -> str:
    return _ENTITY.sub(lambda match: html.unescape(match.group()), value)


def _is_hidden(tag: Tag) -> bool:
    if tag.name in UNSEEN:
        return True
    written = tag.written
    # most tags hide nothing, and need no reading for that
    if "hidden" not in written and "display" not in written.lower():
        return False
    return "hidden" in tag.attributes or "display:none" in tag.style.replace(" ", "")


_SIZE = re.compile(r"\s*([\d.]{1,9})\s*(?:px)?\s*(?:!important)?\s*$", re.IGNORECASE)
_STYLE_SIZE = re.compile(r"(?<![\w-])(width|height)\s*:([^;]{1,40})")


def is_pixel(image: Tag) -> bool:
    """Whether an image is there to count who opens the mail: a pixel at most, or not shown."""
    attributes, style = image.attributes, image.style
    if "hidden" in attributes or "display:none" in style.replace(" ", ""):
        return True
    given = {name: attributes[name] for name in ("width", "height") if name in attributes}
    given |= {match[1]: match[2] for match in _STYLE_SIZE.finditer(style)}
    sizes = [_SIZE.match(size) for size in given.values()]
    return bool(sizes) and all(
        size and size[1].strip(".").isdigit() and float(size[1]) <= 1 for size in sizes
    )
