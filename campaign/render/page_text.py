"""What stands on a typeset page, read back from its PDF: the author's lines, their paragraphs and places.

The tags of the PDF say which lines make a paragraph; no distance between lines has to be guessed at.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pypdfium2 import raw

from campaign.render.letter import BodyArea

POINTS_PER_MM = 72 / 25.4
# tags that hold blocks and are none; any other is one with all within it, a list as a whole, a table by rows
_HOLDERS = frozenset({"Document", "Part", "Sect", "Div", "Table", "THead", "TBody", "TFoot", "NonStruct"})
_HAN_WITHIN = re.compile("[\u3400-\u9fff、，]$")
_NONE = -1
_TYPE_BYTES = 64
_LINE_END = "\r\n"


@dataclass(frozen=True)
class Box:
    """A rectangle on the page in points from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Line:
    """One line; `block` is the same for neighbours of one paragraph, `boxes` has one for each character.

    `goes_on` when it was broken at a blank, which is kept at its end.
    """

    text: str
    block: int
    boxes: tuple[Box, ...] = ()
    goes_on: bool = False


@dataclass(frozen=True)
class PageText:
    """A page, its size in points, and the lines of the author's text on it."""

    width: float
    height: float
    lines: list[Line]

    @property
    def left(self) -> float:
        """Where the lines begin, once their boxes are known; a list begins further in."""
        return min((line.boxes[0].left for line in self.lines if line.boxes), default=0.0)


def paragraphs(pages: Iterable[PageText]) -> list[list[str]]:
    """The lines of a letter as they stand together; what the end of a page breaks off goes on behind it."""
    found: list[list[str]] = []
    last: Line | None = None
    for page in pages:
        for number, line in enumerate(page.lines):
            if last and (_is_broken(last) if number == 0 else last.block == line.block):
                found[-1].append(line.text)
            else:
                found.append([line.text])
            last = line
    return found


def _is_broken(line: Line) -> bool:
    """Whether its paragraph goes on: broken at a blank, or, without blanks, in the midst of a sentence."""
    return line.goes_on or _HAN_WITHIN.search(line.text) is not None


def read_page(page: Any, area: BodyArea, *, first: bool, places: bool = False) -> PageText:
    """A page of a tagged PDF, with boxes when `places` asks for them."""
    top = area.first_page_top if first else area.next_page_top
    body = Box(
        area.left * POINTS_PER_MM,
        top * POINTS_PER_MM,
        area.right * POINTS_PER_MM,
        area.bottom * POINTS_PER_MM,
    )
    text = page.get_textpage()
    try:
        lines = _lines(_Reader(text.raw, page.get_height()), body, _blocks_of(page), places)
        return PageText(page.get_width(), page.get_height(), list(lines))
    finally:
        text.close()


class _Reader:
    """The characters of a page by their number."""

    def __init__(self, handle: Any, height: float) -> None:
        self._handle = handle
        self._height = height
        self._edges = [ctypes.c_double() for _ in range(4)]
        count = raw.FPDFText_CountChars(handle)
        buffer = ctypes.create_string_buffer(2 * count + 2)
        raw.FPDFText_GetText(handle, 0, count, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)))
        self.text = buffer.raw[: 2 * count].decode("utf-16-le", "replace")
        if len(self.text) != count or "\0" in self.text:
            # some character is no single unit: ask for each, so that numbers and letters stay together
            self.text = "".join(chr(raw.FPDFText_GetUnicode(handle, number)) for number in range(count))

    def box(self, number: int) -> Box:
        left, right, bottom, top = self._edges
        raw.FPDFText_GetCharBox(self._handle, number, left, right, bottom, top)
        return Box(left.value, self._height - top.value, right.value, self._height - bottom.value)

    def mark(self, number: int) -> int:
        """The number of the tag that holds the character."""
        drawn = raw.FPDFText_GetTextObject(self._handle, number)
        return int(raw.FPDFPageObj_GetMarkedContentID(drawn)) if drawn else _NONE


def _lines(page: _Reader, body: Box, blocks: dict[int, int], places: bool) -> Iterator[Line]:
    for start, end in _stretches(page.text):
        inside = _inside(page, start, end, body)
        words = "".join(page.text[number] for number in inside)
        if not words.strip():
            continue
        kept = inside[len(words) - len(words.lstrip()) : len(words.rstrip())]
        yield Line(
            words.strip(),
            blocks.get(page.mark(kept[0]), _NONE),
            tuple(page.box(number) for number in kept) if places else (),
            words[-1].isspace(),
        )


def _inside(page: _Reader, start: int, end: int, body: Box) -> Sequence[int]:
    """The characters of a stretch that belong to the body: mostly all or none, as its two ends do."""
    words = page.text[start:end]
    if not words.strip():
        return ()
    first, last = end - len(words.lstrip()), start + len(words.rstrip()) - 1
    ends = {_within(page, first, body), _within(page, last, body)}
    if ends == {True}:
        return range(start, end)
    return [number for number in range(start, end) if _within(page, number, body)] if True in ends else ()


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """From and to of each line; a page draws its lines one after the other."""
    start = 0
    for end, character in enumerate(text + "\n"):
        if character in _LINE_END:
            if end > start:
                yield start, end
            start = end + 1


def _within(page: _Reader, number: int, body: Box) -> bool:
    """By the middle of the character; blanks between words have no place of their own."""
    if page.text[number].isspace():
        return True
    box = page.box(number)
    across, down = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    return body.left <= across <= body.right and body.top <= down <= body.bottom


def _blocks_of(page: Any) -> dict[int, int]:
    """By the number of each tag, the number of the paragraph, list or row that it stands in."""
    found: dict[int, int] = {}
    count = [0]
    tree = raw.FPDF_StructTree_GetForPage(page.raw)
    if tree:
        for at in range(raw.FPDF_StructTree_CountChildren(tree)):
            _walk(raw.FPDF_StructTree_GetChildAtIndex(tree, at), _NONE, count, found)
        raw.FPDF_StructTree_Close(tree)
    return found


def _walk(element: Any, block: int, count: list[int], found: dict[int, int]) -> None:
    if block == _NONE and _type(element) not in _HOLDERS:
        block = count[0] = count[0] + 1
    for at in range(raw.FPDF_StructElement_GetMarkedContentIdCount(element)):
        mark = raw.FPDF_StructElement_GetMarkedContentIdAtIndex(element, at)
        if mark != _NONE:
            found[mark] = block
    for at in range(raw.FPDF_StructElement_CountChildren(element)):
        # what stands on another page, or is text, is no child here
        if child := raw.FPDF_StructElement_GetChildAtIndex(element, at):
            _walk(child, block, count, found)


def _type(element: Any) -> str:
    buffer = ctypes.create_string_buffer(_TYPE_BYTES)
    size = raw.FPDF_StructElement_GetType(element, buffer, _TYPE_BYTES)
    return buffer.raw[: min(size, _TYPE_BYTES)].decode("utf-16-le", "replace").rstrip("\0")
