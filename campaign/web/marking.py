"""The red pencil in the message itself: the words of a finding are underlined where the recipient reads them.

What is marked is the rendering, so a place is found by its words: those the finding quotes, else the words
of its block between the merge fields. Marks never change a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lxml import html as lxml_html
from markupsafe import Markup, escape

# what a mail's own styles must not hide; a preview may carry styles of its own (`headers.as_preview`)
STYLE = (
    "mark.pencil{background:#b3261e1f;color:inherit;text-decoration:underline 2px #b3261e;"
    "text-underline-offset:.2em}"
    "mark.pencil-warning{background:#8053001f;text-decoration-color:#a06a00}"
    "mark.pencil-info{background:#44607c1f;text-decoration-color:#44607c}"
    "mark.pencil:target,a.finding-place:target+mark{outline:3px solid #b3261e}"
    "sup.pencil-number{font:700 11px/1 sans-serif;color:#b3261e;padding:0 .2em}"
)
_FIELD = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
# a Chinese line may break anywhere
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+")
# characters of a field's value, and how many fields a quote may have between its words to be looked for
_LONGEST_VALUE = 120
_MOST_FIELDS = 2
SEVERITIES = ("blocking", "warning", "info")
# of a long block the first words are enough to find where it begins
_ANCHOR_WORDS = 6
_SKIPPED = {"script", "style", "title", "head"}


@dataclass(frozen=True)
class Mark:
    """One finding to mark: its number on the page, its quoted words, and its block's source."""

    number: int
    severity: str
    quote: str
    block: str


@dataclass(frozen=True)
class _Range:
    start: int
    end: int
    mark: Mark


def plain(text: str, marks: Sequence[Mark]) -> Markup:
    """A text with marks in it, escaped."""
    return Markup().join(_pieces(text, 0, len(text), _ranges(text, marks)))


def places(text: str, marks: Sequence[Mark]) -> list[tuple[int, int, Mark]]:
    """From and to of each mark whose place was found in this text."""
    return [(one.start, one.end, one.mark) for one in _ranges(text, marks)]


def document(source: str, marks: Sequence[Mark]) -> str:
    """An HTML document with marks in its text."""
    if not marks:
        return source
    tree = lxml_html.document_fromstring(source)
    slots = list(_slots(tree.body))
    text = "".join(words for _, _, words in slots)
    ranges = _ranges(text, marks)
    at = len(text)
    # from the end, so that what is put in does not move what comes before
    for element, where, words in reversed(slots):
        at -= len(words)
        if any(one.start < at + len(words) and one.end > at for one in ranges):
            _put(element, where, Markup().join(_pieces(text, at, at + len(words), ranges)))
    style = lxml_html.Element("style")
    style.text = STYLE
    (tree.head if tree.head is not None else tree.body).append(style)
    made: str = lxml_html.tostring(tree, doctype="<!DOCTYPE html>", encoding="unicode")
    return made


def _slots(body: lxml_html.HtmlElement) -> Iterator[tuple[lxml_html.HtmlElement, str, str]]:
    """Every stretch of text in reading order: (element, `text` or `tail`, words)."""
    if not isinstance(body.tag, str) or body.tag in _SKIPPED:
        return
    if body.text:
        yield body, "text", body.text
    for child in body:
        yield from _slots(child)
        if child.tail:
            yield child, "tail", child.tail


def _put(element: lxml_html.HtmlElement, where: str, marked: Markup) -> None:
    """Replace a stretch of text by marked text."""
    wrapper = lxml_html.fragment_fromstring(str(marked), create_parent="div")
    if where == "text":
        element.text = wrapper.text
        for child in reversed(list(wrapper)):
            element.insert(0, child)
        return
    element.tail = wrapper.text
    parent = element.getparent()
    at = parent.index(element)
    for child in reversed(list(wrapper)):
        parent.insert(at + 1, child)


def _ranges(text: str, marks: Sequence[Mark]) -> list[_Range]:
    ranges = []
    for mark in marks:
        place = _place(text, mark)
        if place:
            ranges.append(_Range(*place, mark))
    return ranges


def _place(text: str, mark: Mark) -> tuple[int, int] | None:
    literals = sorted(_FIELD.split(mark.block), key=len, reverse=True)
    anchor = _pattern(" ".join(_WORD.findall(literals[0])[:_ANCHOR_WORDS])) if literals else None
    begins = anchor.search(text) if anchor else None
    if pattern := _quoted(mark.quote):
        # the same words may stand elsewhere, too: first from where the block begins
        literal = pattern.search(text, begins.start()) if begins else None
        hit = literal or pattern.search(text)
        return hit.span() if hit else None
    whole = _pattern(literals[0]) if literals else None
    hit = (whole.search(text) if whole else None) or begins
    return hit.span() if hit else None


def _quoted(quote: str) -> re.Pattern[str] | None:
    """The quoted words with whatever stands in the place of the fields between them; None without words."""
    pieces = [piece for piece in _FIELD.split(quote) if piece.strip()]
    patterns = [pattern for pattern in map(_pattern, pieces) if pattern]
    if len(patterns) - 1 > _MOST_FIELDS:
        return None
    between = rf"[\s\S]{{0,{_LONGEST_VALUE}}}?"
    return re.compile(between.join(pattern.pattern for pattern in patterns)) if patterns else None


def _pattern(words: str) -> re.Pattern[str] | None:
    """The words in their order, whatever blanks, breaks and marks stand between them."""
    tokens = _WORD.findall(words)
    if tokens:
        return re.compile(r"[\W_]*".join(map(re.escape, tokens)))
    return re.compile(re.escape(words.strip())) if words.strip() else None


def _pieces(text: str, start: int, end: int, ranges: Sequence[_Range]) -> Iterator[Markup]:
    """The stretch cut where a mark begins or ends; where several lie over each other, the heaviest shows."""
    cuts = {start, end}
    cuts |= {edge for one in ranges for edge in (one.start, one.end) if start < edge < end}
    edges = sorted(cuts)
    for left, right in pairwise(edges):
        here = [one for one in ranges if one.start < right and one.end > left]
        words = escape(text[left:right])
        if not here:
            yield words
            continue
        heaviest = min((one.mark.severity for one in here), key=SEVERITIES.index)
        for one in here:
            if one.start == left:
                yield Markup('<a class="finding-place" id="finding-{}"></a>').format(one.mark.number)
        yield Markup('<mark class="pencil marked marked-{0} pencil-{0}">{1}</mark>').format(heaviest, words)
        for one in here:
            if one.end == right:
                yield Markup('<sup class="pencil-number">{}</sup>').format(one.mark.number)
