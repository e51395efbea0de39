"""The copy as plain text: made from the document, not from HTML.

Compiled once into chunks. A chunk without merge fields is wrapped when compiling; one with fields is
filled, then wrapped, for nobody knows how long a name is. Links stand on lines of their own, unbroken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, Template

from campaign.compose.markup import Paragraph, Piece, PieceKind, plain
from campaign.render.copy_links import Links
from campaign.render.slots import expression_of, literal, url_expression
from campaign.render.wrap import WIDTH, wrap

# under the text of a point, not under its mark
POINT_INDENT = "  "

_URL_LINE = re.compile(r"(?:\[\d+\] )?(?:https?|mailto|tel):\S+\Z")
# blanks inside braces do not break a line that still shows its fields
_FIELD = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.S)
_NO_BREAK = "\ue000"
_LINK = re.compile(r"\{\{ link\.u(\d+) \}\}")


@dataclass(frozen=True)
class TextLine:
    """A line as sent, without its end, and the block it comes from (`offer`, `footer` … are blocks too)."""

    text: str
    block_id: str


@dataclass(frozen=True)
class Chunk:
    """A stretch between blank lines: `source` is Jinja, one logical line a paragraph, point or link."""

    block_id: str
    source: str
    keep_breaks: bool
    template: Template | None
    """None when it holds no field and no link: `fixed` are its lines."""
    fixed: tuple[TextLine, ...] = ()

    def lines(self, values: Mapping[str, Any]) -> tuple[TextLine, ...]:
        """The chunk for one recipient; empty when its conditions leave nothing."""
        if self.template is None:
            return self.fixed
        return _lines(self.template.render(values), self.block_id, self.keep_breaks)

    def lines_with_fields(self, urls: tuple[str, ...]) -> tuple[TextLine, ...]:
        """The chunk with its merge fields in place, wrapped as if each were one word."""
        source = _LINK.sub(lambda found: urls[int(found[1])], self.source)
        shown = _FIELD.sub(lambda found: found[0].replace(" ", _NO_BREAK), source)
        made = _lines(shown, self.block_id, self.keep_breaks)
        return tuple(TextLine(line.text.replace(_NO_BREAK, " "), line.block_id) for line in made)


def join(chunks: Iterator[tuple[TextLine, ...]]) -> list[TextLine]:
    """All lines, a blank one between chunks; a blank line belongs to the block before it."""
    out: list[TextLine] = []
    for lines in chunks:
        if lines and out:
            out.append(TextLine("", out[-1].block_id))
        out.extend(lines)
    return out


class TextCompiler:
    """Makes chunks in one environment, collecting links."""

    def __init__(self, env: Environment, links: Links) -> None:
        self._env = env
        self._links = links

    def chunk(self, block_id: str, lines: list[str], *, keep_breaks: bool = False) -> Chunk:
        """A chunk from logical lines of Jinja source."""
        source = "\n".join(lines)
        if "{{" in source or "{%" in source:
            return Chunk(block_id, source, keep_breaks, self._env.from_string(source))
        return Chunk(block_id, source, keep_breaks, None, _lines(source, block_id, keep_breaks))

    def paragraphs(self, block_id: str, paragraphs: list[Paragraph], *, keep_breaks: bool) -> list[Chunk]:
        """Chunks of a block; one for all of it when conditions reach over its paragraphs."""
        groups = _groups(paragraphs)
        if any(paragraph.tags_only for paragraph in paragraphs):
            lines = [line for group in groups for line in [*self._group(group), ""]]
            return [self.chunk(block_id, lines[:-1], keep_breaks=keep_breaks)]
        return [self.chunk(block_id, self._group(group), keep_breaks=keep_breaks) for group in groups]

    def _group(self, group: list[Paragraph]) -> list[str]:
        return [line for paragraph in group for line in self._paragraph(paragraph)]

    def _paragraph(self, paragraph: Paragraph) -> list[str]:
        """The paragraph's text, its links after it; several are numbered."""
        targets = [self._links.pieces(span.url) if span.url else () for span in paragraph.spans]
        pairs = list(zip(paragraph.spans, targets, strict=True))
        named = sum(1 for span, target in pairs if target and not span.bare)
        # a condition takes its links with it, so they cannot move to the end
        conditional = any(piece.kind is PieceKind.STATEMENT for piece in paragraph.pieces)
        text = ""
        after: list[str] = []
        for span, target in pairs:
            words = "" if target and span.bare else "".join(_source(piece) for piece in span.pieces)
            text += words
            if target and (span.bare or conditional):
                text = text.rstrip(" ") + "\n" + self.url(target) + "\n"
            elif target:
                number = f"[{len(after) + 1}] " if named > 1 else ""
                text += f" {number}".rstrip()
                after.append(number + self.url(target))
            elif span.url and not span.bare:
                text += f" ({literal(plain(span.url))})"
        mark = "- " if paragraph.item else ""
        lines = [line.strip() for line in (mark + text).split("\n")]
        # a full stop that followed a bare link has nothing to end any more
        return [line for line in lines if line.strip(".,;:!?)") or not line] + after

    def url(self, target: tuple[Piece, ...]) -> str:
        """Jinja source that prints a link's target."""
        return "".join(
            literal(piece.source)
            if piece.kind is PieceKind.TEXT
            else f"{{{{ {url_expression(expression_of(piece))} }}}}"
            for piece in target
        )


def line_source(paragraph: Paragraph) -> str:
    """Jinja source of a line without markup."""
    return "".join(_source(piece) for piece in paragraph.pieces)


def _groups(paragraphs: list[Paragraph]) -> list[list[Paragraph]]:
    """Points of one list stay together, everything else stands alone."""
    groups: list[list[Paragraph]] = []
    for paragraph in paragraphs:
        if paragraph.item and groups and groups[-1][-1].item:
            groups[-1].append(paragraph)
        else:
            groups.append([paragraph])
    return groups


def _source(piece: Piece) -> str:
    return literal(piece.source) if piece.kind is PieceKind.TEXT else piece.source


def _lines(text: str, block_id: str, keep_breaks: bool) -> tuple[TextLine, ...]:
    """Logical lines as lines to send; blank ones at the ends and doubled ones fall away."""
    out: list[str] = []
    for line in text.split("\n"):
        logical = line.strip()
        if logical:
            out.extend(wrapped(logical, keep_breaks))
        elif out and out[-1]:
            out.append("")
    while out and not out[-1]:
        out.pop()
    return tuple(TextLine(line, block_id) for line in out)


def wrapped(line: str, keep_breaks: bool) -> list[str]:
    """A logical line, without blanks at its ends, as lines to send."""
    if keep_breaks or _URL_LINE.match(line):
        return [line]
    return wrap(line, WIDTH, indent=POINT_INDENT if line.startswith("- ") else "")
