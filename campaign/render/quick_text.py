"""The text part as pieces for a format of bytes.

Stretches without fields are literal; links stand on lines of their own, unbroken, and each is a slot. How a
line with a field wraps depends on how long the name is, so a stretch of such lines is put together for each
recipient. That is quick for scripts in which every character takes one column and lines break at blanks;
whatever is different is left to the plain road (`copy_text`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from jinja2 import TemplateSyntaxError, nodes

from campaign.compose.fields import dotted
from campaign.render.copy_text import POINT_INDENT, Chunk, TextLine, wrapped
from campaign.render.segments import Data, Made, Piece, Slots, crlf, flat
from campaign.render.wrap import WIDTH, is_simple

# `[2] ` before the target of one of several links
_NUMBER = re.compile(r"(?:\[\d+\] )?\Z")
_LINK = re.compile(r"link\.u(\d+)\Z")
_UNBROKEN = re.compile(r"https?:\S+\Z")
_END = "\r\n"
_ENDED_WIDTH = WIDTH + len(_END)
_ADDRESSES = ("system.unsubscribe_url", "system.view_url")
# a line that begins like this may be a link with a field in it: it is not wrapped
_LIKE_LINK = re.compile(r"\[|https?:|mailto:|tel:")


def text_pieces(slots: Slots, chunks: tuple[Chunk, ...], urls: tuple[str, ...]) -> list[Piece]:
    """Literal texts, slots and stretches; lines end in LF. `urls` are the targets of `link.u0`, `link.u1`…

    The last chunk must print something for everybody, as the footer does.
    """
    pieces: list[Piece] = []
    for chunk in chunks[:-1]:
        pieces.extend(_chunk(slots, chunk, urls, "\n"))
    pieces.extend(_chunk(slots, chunks[-1], urls, ""))
    return pieces


def are_tame(values: Sequence[str]) -> bool:
    """Whether lines with these values wrap by counting characters: none is empty, none begins or ends with
    a blank or holds two, each character takes one column."""
    joined = f"|{'|'.join(values)}|"
    return not ("  " in joined or " |" in joined or "| " in joined or "||" in joined) and is_simple(joined)


@dataclass(frozen=True)
class _Line:
    """A logical line: `text` as sent, with a link after it or without; or the `parts` to fill and wrap."""

    text: str = ""
    link: nodes.Expr | None = None
    parts: tuple[nodes.Node, ...] = ()


class _OtherRoad(Exception):
    """The chunk is not made of lines that can be handled one by one."""


def _chunk(slots: Slots, chunk: Chunk, urls: tuple[str, ...], end: str) -> Iterator[Piece]:
    """A chunk and the blank line after it; one that leaves nothing takes its blank line with it."""

    def plain(data: Data) -> str:
        return crlf(_joined(chunk.lines(data), end))

    if chunk.template is None:
        yield _joined(chunk.fixed, end)
        return
    try:
        lines = list(_lines(slots, chunk, urls))
    except (_OtherRoad, TemplateSyntaxError):  # the latter: a field that goes on on the next line
        yield Made(lambda _values, _tame, data: plain(data))
        return
    if any(line.parts for line in lines):
        yield _stretch(slots, lines, end, plain)
        return
    for line in lines:
        yield line.text
        if line.link is not None:
            yield slots.add(line.link)
            yield "\n"
    yield end


def _lines(slots: Slots, chunk: Chunk, urls: tuple[str, ...]) -> Iterator[_Line]:
    source = chunk.source
    if "{%" in source or "{{-" in source or "-}}" in source:
        raise _OtherRoad
    begun = blank = False
    for text in source.split("\n"):
        if not text.strip():
            blank = begun
            continue
        if blank:
            yield _Line("\n")
        yield _line(slots, text, chunk.keep_breaks, urls)
        begun, blank = True, False


def _line(slots: Slots, text: str, keep_breaks: bool, urls: tuple[str, ...]) -> _Line:
    parts = flat(slots.env, text)
    words = "".join(part.data for part in parts if isinstance(part, nodes.TemplateData))
    if len(words) == len(text):
        return _Line(_ended(wrapped(text.strip(), keep_breaks)))
    last = parts[-1]
    if len(parts) <= 2 and text.startswith(words) and _NUMBER.match(words) and _is_link(last, urls):
        return _Line(words, link=last)  # type: ignore[arg-type]
    tame = is_simple(words) and "  " not in text and text == text.strip()
    if keep_breaks or not tame or _LIKE_LINK.match(text):
        raise _OtherRoad
    return _Line(parts=tuple(parts))


def _is_link(node: nodes.Node, urls: tuple[str, ...]) -> bool:
    """Whether it prints an address that is never broken."""
    name = dotted(node) or ""
    found = _LINK.match(name)
    return name in _ADDRESSES or bool(found and _UNBROKEN.match(urls[int(found[1])]))


def _stretch(slots: Slots, lines: list[_Line], end: str, plain: Callable[[Data], str]) -> Made:
    """Lines filled and wrapped one by one; on the plain road when a value is not tame."""
    steps = [_step(slots, line) for line in lines]
    end = crlf(end)

    def make(values: Sequence[str], tame: bool, data: Data) -> str:
        if not tame:
            return plain(data)
        out: list[str] = []
        for template, pick, wraps in steps:
            line = template % pick(values) if pick else template
            out.append(_wrap(line) if wraps and len(line) > _ENDED_WIDTH else line)
        out.append(end)
        return "".join(out)

    return Made(make)


Pick = Callable[[Sequence[str]], object]


def _step(slots: Slots, line: _Line) -> tuple[str, Pick | None, bool]:
    """A format for the `%` of texts, what picks its values, and whether the line may have to be wrapped."""
    if not line.parts:
        if line.link is None:
            return crlf(line.text), None, False
        return line.text.replace("%", "%%") + "%s\r\n", itemgetter(slots.add(line.link)), False
    words = [part.data if isinstance(part, nodes.TemplateData) else None for part in line.parts]
    template = "".join("%s" if word is None else word.replace("%", "%%") for word in words)
    fields = [slots.add(part) for part, word in zip(line.parts, words, strict=True) if word is None]
    return f"{template}\r\n", itemgetter(*fields), True


def _wrap(line: str) -> str:
    """A tame line with its end, wrapped as `wrap` does it."""
    out: list[str] = []
    start, room = 0, WIDTH
    indent = POINT_INDENT if line.startswith("- ") else ""
    while len(line) - start > room + len(_END):
        cut = line.rfind(" ", start, start + room + 1)
        if cut < 0:  # a word longer than a line
            cut = line.find(" ", start)
            if cut < 0:
                break
        out.append(line[start:cut])
        start, room = cut + 1, WIDTH - len(indent)
    out.append(line[start:])
    return f"{_END}{indent}".join(out)


def _ended(lines: list[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _joined(lines: tuple[TextLine, ...], end: str) -> str:
    return _ended([line.text for line in lines]) + end if lines else ""
