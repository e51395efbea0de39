"""The tags of HTML: what each says, and where it stands.

Mails write the same few tags over and over, so what a tag says (`Kind`) is read once for all tags that are
written alike; a `Tag` is a kind at a place.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from lint_rules.parsing.lazy import lazy
from lint_rules.parsing.part import Span

_ATTRIBUTE = re.compile(r"([^\s=/>\"']+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+)))?")
# in an address `&copy=2` is a field of the query and no sign
_ENTITY = re.compile(
    r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,8}|[a-zA-Z][a-zA-Z0-9]{1,31})(?:;|(?![=a-zA-Z0-9;]))"
)
# what stands in these is no HTML: a `<` there begins no tag
RAW = frozenset(["style", "script", "title", "textarea"])
UNSEEN = frozenset(["style", "script", "head", "title", "template", "noscript", "svg"])
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
_PARAGRAPHS = [
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
_LINES = ["br", "li", "tr", "div", "dt", "dd", "caption"]
# how many line ends an element brings before and behind it; 0 is a blank
_BREAKS = {**dict.fromkeys(_PARAGRAPHS, 2), **dict.fromkeys(_LINES, 1), "td": 0, "th": 0}
_LINKING = frozenset(["a", "area", "img"])


class Kind:
    """What all tags say that are written alike."""

    def __init__(self, name: str, closing: bool, text: str) -> None:
        self.name = name
        """In lower case."""
        self.closing = closing
        self.text = text
        """The whole tag, from bracket to bracket."""
        self.breaks = _BREAKS.get(name, -1)
        """How many line ends it brings, 0 for a blank; -1: its words go on."""
        self.links = name == "a" if closing else name in _LINKING
        """Whether it begins or ends a link, or stands for the words of one."""
        self.void = name in VOID
        self.raw = name in RAW and not closing
        """Whether what follows is no HTML."""

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
    def acts(self) -> bool:
        """Whether it does more than break lines: a link or a hidden element begins, or a link ends."""
        return self.links or (not self.closing and self.hides)

    @lazy
    def hides(self) -> bool:
        """Whether it hides what stands within by its name, attribute or display."""
        if self.name in UNSEEN:
            return True
        if self.void or not _MAY_HIDE.search(self.text):
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


def _decoded(value: str) -> str:
    return _ENTITY.sub(lambda match: html.unescape(match.group()), value)
