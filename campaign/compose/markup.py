"""The author's light markup: paragraphs, `- ` lists, `**bold**`, `[text](https://…)`, bare links.

Read into a neutral structure that HTML, plain text and letters are made from. Merge fields pass through
untouched, as pieces of their own: neither their braces nor what they print is ever read as markup. Our own
reader instead of Markdown, whose rules for asterisks need blanks or punctuation around words and so fail
on Chinese (`**限时优惠：**即日起`), and which gives a meaning to indents, figures and underscores.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from jinja2 import TemplateSyntaxError

from campaign.compose.fields import lex
from campaign.errors import TemplateError


class PieceKind(StrEnum):
    TEXT = "text"
    EXPRESSION = "expression"  # {{ … }}, as written
    STATEMENT = "statement"  # {% … %}, as written
    BREAK = "break"  # a line break that the author wants kept


@dataclass(frozen=True)
class Piece:
    """A stretch of copy of one nature; `source` as the author wrote it."""

    kind: PieceKind
    source: str


@dataclass(frozen=True)
class Span:
    """Pieces of one look. `url` is empty, or a link's target in pieces; `bare` when the text is the link."""

    pieces: tuple[Piece, ...]
    strong: bool = False
    url: tuple[Piece, ...] = ()
    bare: bool = False


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, or with `item` a point of a list. `line` is where it starts in the source, from 1."""

    spans: tuple[Span, ...]
    item: bool = False
    line: int = 1

    @property
    def pieces(self) -> Iterator[Piece]:
        """All pieces of its text, targets of links left out."""
        for span in self.spans:
            yield from span.pieces

    @property
    def tags_only(self) -> bool:
        """Nothing but `{% … %}`: it decides about its neighbours and is no paragraph itself."""
        return all(
            piece.kind is PieceKind.STATEMENT or (piece.kind is PieceKind.TEXT and not piece.source.strip())
            for piece in self.pieces
        )


# private-use characters stand for merge fields while text is read; they never leave this module
_FIRST = 0xE000
_HIDDEN = re.compile("[\ue000-\uf8ff]")

_ITEM = re.compile(r"[-•*] +")
_INLINE = re.compile(
    r"\\(?P<escaped>[\\*\[\]()-])"
    r"|(?P<strong>\*\*)"
    r"|\[(?P<text>[^\[\]\n]{1,300})\]\(\s{0,5}(?P<url>[^\s()]{1,2000}(?:\([^\s()]{0,200}\))?[^\s()]{0,200})\s{0,5}\)"
    r"|(?P<bare>https?://[^\s<>\"'“”‘’《》「」，。；！？（）]{1,2000})"
)
_BARE_END = ".,;:!?)]*…"


def parse_markup(source: str, *, keep_breaks: bool = False) -> list[Paragraph]:
    """The copy's paragraphs in order; TemplateError when its braces do not pair."""
    text, pieces = _hide(source)
    made = []
    for line, item, lines in _blocks(text, pieces):
        spans = tuple(_spans("\n".join(lines) if keep_breaks else " ".join(lines), pieces))
        made.append(Paragraph(spans, item, line))
    return made


def parse_line(source: str) -> Paragraph:
    """Copy of a single line without markup (a subject, an offer's fact): one span of pieces."""
    text, pieces = _hide(source)
    return Paragraph((Span(tuple(_pieces(text, pieces))),))


def plain(pieces: tuple[Piece, ...]) -> str:
    """The pieces as their author wrote them."""
    return "".join(piece.source for piece in pieces)


def _hide(source: str) -> tuple[str, list[Piece]]:
    """The text with one private character for each merge field or tag, and what they stand for."""
    if found := _HIDDEN.search(source):
        raise TemplateError(f"the character U+{ord(found[0]):04X} has no meaning in copy")
    try:
        tokens = lex(source)
    except TemplateSyntaxError as error:
        raise TemplateError(f"line {error.lineno}: {error.message}") from error
    kept: list[Piece] = []
    out: list[str] = []
    for kind, text in _grouped(tokens):
        if kind is PieceKind.TEXT:
            out.append(text)
        elif text:
            out.append(chr(_FIRST + len(kept)))
            kept.append(Piece(kind, text))
    return "".join(out), kept


def _grouped(tokens: list[tuple[int, str, str]]) -> Iterator[tuple[PieceKind, str]]:
    """Tokens of Jinja's lexer gathered into text, expressions and statements; comments vanish."""
    inside: list[str] = []
    for _, kind, text in tokens:
        if kind == "data" and not inside:
            yield PieceKind.TEXT, text
        elif kind.startswith(("comment", "linecomment")):
            continue
        else:
            inside.append(text)
            if kind in ("variable_end", "block_end", "raw_end"):
                ended = PieceKind.EXPRESSION if kind == "variable_end" else PieceKind.STATEMENT
                yield ended, "".join(inside)
                inside = []
    if inside:
        raise TemplateError(f"{''.join(inside)[:40]!r} has no end")


def _blocks(text: str, pieces: list[Piece]) -> Iterator[tuple[int, bool, list[str]]]:
    """Line number, whether a list item, and lines, for each paragraph."""
    current: list[str] = []
    start, item = 1, False
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        mark = _ITEM.match(line)
        alone = _only_tags(line, pieces)
        if current and (not line or mark or alone):
            yield start, item, current
            current = []
        if alone:
            yield number, False, [line]
        elif line:
            if not current:
                start, item = number, bool(mark)
            current.append(line[mark.end() :] if mark else line)
    if current:
        yield start, item, current


def _only_tags(line: str, pieces: list[Piece]) -> bool:
    marks = line.replace(" ", "")
    return bool(marks) and all(
        _HIDDEN.match(mark) and pieces[ord(mark) - _FIRST].kind is PieceKind.STATEMENT for mark in marks
    )


def _spans(text: str, pieces: list[Piece]) -> Iterator[Span]:
    """Inline markup, left to right; each mark is looked at once."""
    strong_at = _pairs(text)
    plain_text: list[str] = []
    strong = False
    end = 0

    def flush() -> Iterator[Span]:
        made = tuple(_pieces("".join(plain_text), pieces))
        plain_text.clear()
        if made:
            yield Span(made, strong)

    for mark in _INLINE.finditer(text):
        plain_text.append(text[end : mark.start()])
        end = mark.end()
        if mark["escaped"]:
            plain_text.append(mark["escaped"])
        elif mark["strong"] and mark.start() in strong_at:
            yield from flush()
            strong = not strong
        elif mark["strong"]:
            plain_text.append("**")
        else:
            yield from flush()
            span, rest = _link(mark, pieces)
            yield replace(span, strong=strong)
            plain_text.append(rest)
    plain_text.append(text[end:])
    yield from flush()


def _pairs(text: str) -> set[int]:
    """Places of the asterisk pairs that open or close bold: before a word, after a word, in turn."""
    places: set[int] = set()
    opened: int | None = None
    for mark in _INLINE.finditer(text):
        if not mark["strong"]:
            continue
        before, after = text[: mark.start()][-1:], text[mark.end() : mark.end() + 1]
        if opened is None:
            opened = mark.start() if after.strip() else None
        elif before.strip():
            places |= {opened, mark.start()}
            opened = None
    return places


def _link(mark: re.Match[str], pieces: list[Piece]) -> tuple[Span, str]:
    """The link, and what follows a bare one without belonging to it: a full stop, a bracket."""
    if mark["url"]:
        url = tuple(_pieces(mark["url"], pieces))
        return Span(tuple(_pieces(mark["text"].replace("**", ""), pieces)), url=url), ""
    bare = mark["bare"].rstrip(_BARE_END)
    if mark["bare"][len(bare) :].startswith(")") and "(" in bare:
        bare += ")"
    url = tuple(_pieces(bare, pieces))
    return Span(url, url=url, bare=True), mark["bare"][len(bare) :]


def _pieces(text: str, pieces: list[Piece]) -> Iterator[Piece]:
    for part in re.split("([\ue000-\uf8ff\n])", text):
        if part == "\n":
            yield Piece(PieceKind.BREAK, part)
        elif _HIDDEN.fullmatch(part):
            yield pieces[ord(part) - _FIRST]
        elif part:
            yield Piece(PieceKind.TEXT, part)
