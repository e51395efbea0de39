"""The words of an HTML reply, with quoted mail marked as quoted."""

from __future__ import annotations

import re

from lxml import etree

BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "fieldset", "footer", "form",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section",
    "table", "td", "th", "tr", "ul",
))  # fmt: skip
SILENT = frozenset(("head", "noscript", "script", "style", "template", "title"))
# how the large mail programs mark what is quoted
QUOTE_CLASSES = ("gmail_quote", "yahoo_quoted", "moz-cite-prefix", "protonmail_quote", "zmail_extra")
_SPACES = re.compile(r"[ \t\r\n\f\u00a0]+")


def to_text(html: str) -> str:
    """Plain text, one paragraph a line; lines of quoted mail start with `> `.

    Walks parser events instead of the tree, so depth costs no stack.
    """
    # the parser raises when it has seen no element at all, and stops at a NUL
    html = "<div>" + html.replace("\x00", "")
    parser = etree.HTMLPullParser(events=("start", "end"), recover=True, remove_comments=True)
    writer = _Writer()
    for piece in (html[start : start + 65536] for start in range(0, len(html), 65536)):
        parser.feed(piece)
    parser.close()
    for event, element in parser.read_events():
        if event == "start":
            writer.start(element)
        else:
            writer.end(element)
    return writer.text()


class _Writer:
    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._silent = 0
        self._quoted = 0

    def start(self, element: etree._Element) -> None:
        if element.tag in SILENT:
            self._silent += 1
        if element.tag in BLOCKS:
            self._break()
        if _is_quote(element):
            self._quoted += 1
        self._write(element.text)

    def end(self, element: etree._Element) -> None:
        if element.tag in BLOCKS:
            self._break()
        if _is_quote(element):
            self._quoted -= 1
        if element.tag in SILENT:
            self._silent -= 1
        self._write(element.tail)

    def text(self) -> str:
        self._break()
        return "\n".join(self._lines).strip()

    def _write(self, text: str | None) -> None:
        if text and not self._silent:
            self._line.append(_SPACES.sub(" ", text))

    def _break(self) -> None:
        line = "".join(self._line).strip()
        self._line.clear()
        if line:
            self._lines.append("> " + line if self._quoted else line)


def _is_quote(element: etree._Element) -> bool:
    if element.tag == "blockquote":
        return True
    classes = str(element.get("class") or "")
    return element.tag == "div" and any(name in classes for name in QUOTE_CLASSES)
