"""HTML read as a recipient sees it: visible text with its place in the source, links, images.

Our own small scanner: it keeps the offset of every visible character and is linear on any input, which
the standard parser is not.
"""

from __future__ import annotations

import html
import re
from array import array
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

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


class Tag:
    """An opening tag and its place in the source. Attributes (names in lower case) are read when asked for."""

    __slots__ = ("_attributes", "_html", "end", "name", "start")

    def __init__(self, name: str, html_source: str, start: int, end: int) -> None:
        self.name = name
        self.start = start
        self.end = end
        self._html = html_source
        self._attributes: Mapping[str, str] | None = None

    @property
    def source(self) -> Span:
        """Its place."""
        return Span(self.start, self.end)

    @property
    def written(self) -> str:
        """What stands behind its name."""
        return self._html[self.start + 1 + len(self.name) : self.end]

    def mentions(self, word: str) -> bool:
        """Whether that word stands in it, in small letters: a quick look before its attributes are read."""
        return self._html.find(word, self.start, self.end) >= 0

    @property
    def attributes(self) -> Mapping[str, str]:
        """Their values with entities decoded; of two of one name the first."""
        if self._attributes is None:
            written = self.written
            read = _known_attributes if len(written) < _LONGEST_KNOWN else _attributes
            self._attributes = read(written)
        return self._attributes

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
        return self.attributes.get("style", "").lower()


Mark = tuple[int, int, str, bool]
"""Start, end, name and whether it closes, of one tag; comments and declarations have no name."""


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


# tags, comments and the like that are read; mails have some hundreds, the busiest a few thousand
MOST_TAGS = 60_000


def read_html(source: str) -> HtmlText:
    """Visible text, with paragraphs apart by an empty line."""
    reader = _Reader(source)
    marks = list(islice(scan_tags(source), MOST_TAGS))
    if len(marks) == MOST_TAGS:
        source = source[: marks[-1][1]]
    position = 0
    for start, end, name, closing in marks:
        if start > position:
            reader.text(position, start)
        if name:
            reader.tag(start, end, name, closing)
        position = end
    reader.text(position, len(source))
    return reader.finish(marks)


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

    position = 0
    usual = _USUAL_TAG.match
    while (start := source.find("<", position)) >= 0:
        match = usual(source, start)
        if match is not None:
            closing, name, written = match.groups()
            if ('"' not in written and "'" not in written) or not _has_open_quote(written):
                position = match.end()
                name = name.lower()
                yield start, position, name, closing == "/"
                if name in _RAW and not closing:
                    position = _end_of_raw(source, name, position)
                continue
        end, name, closes = _unusual(source, start, next_of)
        position = end or start + 1
        if end:
            yield start, end, name, closes


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

    def tag(self, start: int, end: int, name: str, closing: bool) -> None:
        if not closing and self._open(Tag(name, self.source, start, end)):
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
        if tag.name not in VOID and _is_hidden(tag):
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


def _attributes(written: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(written):
        value = match.group(2) or match.group(3) or match.group(4) or ""
        found.setdefault(match.group(1).lower(), _decoded(value) if "&" in value else value)
    return found


# mails write the same few tags over and over; a longer one comes once
_known_attributes = lru_cache(maxsize=2048)(_attributes)
_LONGEST_KNOWN = 500


def _decoded(value: str) -> str:
    return _ENTITY.sub(lambda match: html.unescape(match.group()), value)


def _is_hidden(tag: Tag) -> bool:
    if tag.name in UNSEEN:
        return True
    # most tags hide nothing, and need no reading for that
    written = tag.written
    if "hidden" not in written and "isplay" not in written and "ISPLAY" not in written:
        return False
    return "hidden" in tag.attributes or "display:none" in tag.style.replace(" ", "")


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
