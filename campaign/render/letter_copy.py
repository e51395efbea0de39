"""Copy as Typst with Jinja in it: literal text is quoted when compiled, values when filled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from campaign.compose.document import OFFER_FACTS, Block, Document, Part
from campaign.compose.markup import Paragraph, Piece, PieceKind, Span, parse_line, parse_markup
from campaign.render.typst_text import quoted

# what the author means by a link is read on paper, where nobody types the scheme
_SCHEMES = ("https://", "http://")


def letter_parts(document: Document) -> str:
    """The entries of the dictionary that a layout's `letter` takes, as Jinja over Typst source."""
    entries = [
        ("subject", _line(document.text(Part.SUBJECT))),
        ("salutation", _line(document.text(Part.SALUTATION))),
        ("hook", _prose(document.first(Part.HOOK))),
        ("body", f"({''.join(_prose(block) + ', ' for block in document.of(Part.BODY))})"),
        ("offer", _offer(document.first(Part.OFFER))),
        ("action", _action(document.first(Part.ACTION))),
        *_closing(document.first(Part.CLOSING)),
        ("postscript", _prose(document.first(Part.POSTSCRIPT))),
    ]
    return "".join(f"{quoted(name)}: {source},\n" for name, source in entries)


def _line(source: str) -> str:
    return f"[{_pieces(parse_line(source).pieces)}]" if source.strip() else "none"


def _prose(block: Block | None) -> str:
    if block is None:
        return "none"
    paragraphs = parse_markup(block.text, keep_breaks=block.keep_breaks)
    return f"[{''.join(_paragraph(paragraph) for paragraph in paragraphs)}]"


def _closing(block: Block | None) -> list[tuple[str, str]]:
    """`closing` is the farewell; `signed` the names below it, with room for a hand between the two."""
    if block is None:
        return [("closing", "none"), ("signed", "none")]
    first, *others = parse_markup(block.text, keep_breaks=True)
    farewell, rest = _first_line(first)
    names = [_paragraph(paragraph) for paragraph in (*([rest] if rest else []), *others)]
    return [
        ("closing", f"[{_paragraph(farewell)}]"),
        ("signed", f"[{''.join(names)}]" if names else "none"),
    ]


def _first_line(paragraph: Paragraph) -> tuple[Paragraph, Paragraph | None]:
    """The paragraph up to its first line break, and what follows it."""
    for number, span in enumerate(paragraph.spans):
        kinds = [piece.kind for piece in span.pieces]
        if PieceKind.BREAK in kinds:
            place = kinds.index(PieceKind.BREAK)
            before = (*paragraph.spans[:number], replace(span, pieces=span.pieces[:place]))
            after = (replace(span, pieces=span.pieces[place + 1 :]), *paragraph.spans[number + 1 :])
            return replace(paragraph, spans=before), replace(paragraph, spans=after)
    return paragraph, None


def _paragraph(paragraph: Paragraph) -> str:
    """Flat markup rather than function calls, so that an `if` may span paragraphs."""
    if paragraph.tags_only:
        return _pieces(paragraph.pieces) + "\n"
    text = "".join(_span(span) for span in paragraph.spans)
    return f"\n- {text}\n" if paragraph.item else f"\n{text}\n\n"


def _span(span: Span) -> str:
    text = _pieces(_without_scheme(span.pieces) if span.bare else span.pieces)
    if span.url and not span.bare:
        text += f'#" (";{_address(span.url)}#")";'
    return f"#strong[{text}];" if span.strong else text


def _offer(block: Block | None) -> str:
    if block is None:
        return "(:)"
    facts = dict(block.texts())
    lines = "".join(f"{quoted(name)}: {_line(facts[name])}, " for name in OFFER_FACTS if facts[name].strip())
    return f"({lines})"


def _action(block: Block | None) -> str:
    if block is None:
        return "none"
    url = f"[{_address(tuple(parse_line(block.url).pieces))}]" if block.url.strip() else "none"
    return f'("text": {_line(block.text)}, "url": {url})'


def _address(pieces: tuple[Piece, ...]) -> str:
    return _pieces(_without_scheme(pieces))


def _without_scheme(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    if not pieces or pieces[0].kind is not PieceKind.TEXT:
        return pieces
    text = pieces[0].source
    for scheme in _SCHEMES:
        text = text.removeprefix(scheme)
    return (Piece(PieceKind.TEXT, text), *pieces[1:])


def _pieces(pieces: Iterable[Piece]) -> str:
    return "".join(_piece(piece) for piece in pieces)


def _piece(piece: Piece) -> str:
    if piece.kind is PieceKind.TEXT:
        return f"#{quoted(piece.source)};"
    if piece.kind is PieceKind.BREAK:
        return "#linebreak();"
    return piece.source
