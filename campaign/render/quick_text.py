"""The text part as pieces for a format of bytes.

Stretches without fields are literal; links stand on lines of their own, unbroken, and each is a slot. How a
line with a field wraps depends on how long the name is, so a stretch of such lines is put together for each
recipient. That is quick for scripts in which every character takes one column and lines break at blanks;
whatever is different is left to the plain road (`copy_text`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from jinja2 import TemplateSyntaxError, nodes

from campaign.compose.fields import dotted
from campaign.render.copy_text import POINT_INDENT, Chunk, TextLine, wrapped
from campaign.render.people import Data, People
from campaign.render.segments import Made, Piece, Slots, Texts, crlf, flat
from campaign.render.wrap import WIDTH, is_simple

# `[2] ` before the target of one of several links
_NUMBER = re.compile(r"(?:\[\d+\] )?\Z")
_LINK = re.compile(r"link\.u(\d+)\Z")
_UNBROKEN = re.compile(r"https?:\S+\Z")
_END = "\r\n"
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


def untamed(columns: Sequence[Sequence[str]], count: int) -> list[int]:
    """Whose lines with these texts do not wrap by counting characters; of `count` recipients, by place."""
    if not columns or are_tame(chain.from_iterable(columns)):
        return []
    return [place for place in range(count) if not are_tame([column[place] for column in columns])]


def are_tame(values: Iterable[str]) -> bool:
    """Whether lines with these values wrap by counting characters: none is empty, none begins or ends with
    a blank or holds two, each character takes one column."""
    joined = f" {' '.join(values)} "
    return "  " not in joined and is_simple(joined)


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
        yield Made(lambda _texts, _odd, people: [people.printed(plain, range(people.count))])
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
        return _Line(words, link=last)  # type: ignore[arg-type]  # `_is_link` has seen that it is one
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
    """Lines filled and wrapped one by one; on the plain road for whom a value is not tame."""
    steps = [_step(slots, line) for line in lines]
    end = f"{_END}{crlf(end)}"
    lasts = [_END.encode()] * (len(steps) - 1) + [end.encode()]

    def columns(texts: Texts, odd: list[int], people: People) -> list[bytes | list[str]]:
        if not odd:
            made = [step.column(texts) if step.numbers else step.template.encode() for step in steps]
            return [*chain.from_iterable(zip(made, lasts, strict=True))]
        rows = zip(*[step.all(texts, people.count) for step in steps], strict=True)
        whole = [f"{_END.join(row)}{end}" for row in rows]
        for place, text in zip(odd, people.printed(plain, odd), strict=True):
            whole[place] = text
        return [whole]

    return Made(columns, frozenset(number for step in steps for number in step.numbers))


@dataclass(frozen=True)
class _Step:
    """A line without its end: a format for the `%` of texts, and whose texts go into it."""

    template: str
    numbers: tuple[int, ...] = ()
    wraps: bool = False

    def all(self, texts: Texts, count: int) -> list[str]:
        """The line of each of `count` recipients, constant or not."""
        return self.column(texts) if self.numbers else [self.template] * count

    def column(self, texts: Texts) -> list[str]:
        """The line of each recipient, when something goes into it."""
        template = self.template
        if len(self.numbers) == 1:
            lines = [template % text for text in texts[self.numbers[0]]]
        else:
            lines = [template % row for row in zip(*[texts[number] for number in self.numbers], strict=True)]
        if not self.wraps or max(map(len, lines)) <= WIDTH:
            return lines
        return [_wrap(line) if len(line) > WIDTH else line for line in lines]


def _step(slots: Slots, line: _Line) -> _Step:
    if not line.parts:
        if line.link is None:
            return _Step(crlf(line.text).removesuffix(_END))
        return _Step(line.text.replace("%", "%%") + "%s", (slots.add(line.link),))
    words = [part.data if isinstance(part, nodes.TemplateData) else None for part in line.parts]
    template = "".join("%s" if word is None else word.replace("%", "%%") for word in words)
    numbers = [slots.add(part) for part, word in zip(line.parts, words, strict=True) if word is None]
    return _Step(template, tuple(numbers), wraps=True)


def _wrap(line: str) -> str:
    """A tame line, wrapped as `wrap` does it."""
    out: list[str] = []
    start, room, size = 0, WIDTH, len(line)
    indent = POINT_INDENT if line.startswith("- ") else ""
    while size - start > room:
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
