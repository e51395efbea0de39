"""The red pencil on a letter: its page is a picture, so the strokes lie on a sheet of glass over it.

Words are found as in the e-mail (`marking`), in the text that was typeset; where each character stands the
PDF says (`render.page_text`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from campaign.render.page_text import Box, PageText
from campaign.web import marking
from campaign.web.marking import Mark

# between lines; any white space would do
_BREAK = "\n"


@dataclass(frozen=True)
class Stroke:
    """Pencil under words of one page, a box a line; `numbers` are those of the findings that begin here."""

    numbers: tuple[int, ...]
    severity: str
    boxes: list[Box]
    label: str = ""
    """What stands in the margin beside its first line: the numbers of the findings that begin on it."""


def strokes(pages: Sequence[PageText], marks: Sequence[Mark]) -> list[list[Stroke]]:
    """For each page what is drawn on it. What is not found in the text is drawn nowhere."""
    text = _BREAK.join(line.text for page in pages for line in page.lines)
    by_place: dict[tuple[int, int], list[Mark]] = defaultdict(list)
    for start, end, mark in marking.places(text, marks):
        by_place[start, end].append(mark)
    drawn: list[list[Stroke]] = [[] for _ in pages]
    for (start, end), found in sorted(by_place.items(), key=lambda item: item[0]):
        numbers = tuple(mark.number for mark in found if mark.number)
        severity = min((mark.severity for mark in found), key=marking.SEVERITIES.index)
        boxes = _boxes(pages, start, end)
        touched = [number for number, on_page in enumerate(boxes) if on_page]
        for number in touched:
            begins = numbers if number == touched[0] else ()
            drawn[number].append(Stroke(begins, severity, boxes[number]))
    return [_labelled(on_page) for on_page in drawn]


def _labelled(on_page: Sequence[Stroke]) -> list[Stroke]:
    """One label a line, held by the first stroke on it."""
    by_line: dict[float, list[int]] = defaultdict(list)
    for stroke in on_page:
        by_line[stroke.boxes[0].top] += stroke.numbers
    return [
        replace(stroke, label=", ".join(map(str, by_line.pop(stroke.boxes[0].top, ())))) for stroke in on_page
    ]


def _boxes(pages: Sequence[PageText], start: int, end: int) -> list[list[Box]]:
    """For each page the boxes of a stretch of the text, one a line and as high as the line."""
    found: list[list[Box]] = []
    at = 0
    for page in pages:
        on_page = []
        for line in page.lines:
            chosen = list(_inked(line.text, line.boxes, start - at, end - at))
            if chosen:
                inked = list(_inked(line.text, line.boxes, 0, len(line.text)))
                top, bottom = min(box.top for box in inked), max(box.bottom for box in inked)
                left, right = min(box.left for box in chosen), max(box.right for box in chosen)
                on_page.append(Box(left, top, right, bottom))
            at += len(line.text) + len(_BREAK)
        found.append(on_page)
    return found


def _inked(text: str, boxes: Sequence[Box], start: int, end: int) -> Iterator[Box]:
    """Boxes of the characters from start to end; a blank has none worth the name."""
    for number in range(max(0, start), min(end, len(boxes))):
        if not text[number].isspace():
            yield boxes[number]
