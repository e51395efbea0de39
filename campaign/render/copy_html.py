"""The copy in HTML, part by part, for a layout to place; merge fields are slots."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import groupby

from markupsafe import Markup, escape

from campaign.compose.document import OFFER_FACTS, Block, Document, Part
from campaign.compose.markup import Paragraph, Piece, PieceKind, Span, parse_line, parse_markup, plain
from campaign.render.copy_links import Links
from campaign.render.slots import Slots


@dataclass(frozen=True)
class Action:
    """The button: its words and its target."""

    text: Markup
    url: Markup


class CopyHtml:
    """`copy` in a layout: `copy.subject`, `copy.hook`, `copy.offer.price`, `copy.action.url`, …

    A part without content is empty, so that a layout can ask `{% if copy.offer %}`. The postscript brings
    its label from the author; `repeat_action` is true when nothing after it leads to the action.
    """

    def __init__(self, document: Document, slots: Slots, links: Links) -> None:
        self._slots = slots
        self._links = links
        self.subject = self._line(document.text(Part.SUBJECT))
        self.preheader = self._line(document.text(Part.PREHEADER))
        self.salutation = self._line(document.text(Part.SALUTATION))
        self.hook = self._blocks(document.of(Part.HOOK))
        self.body = self._blocks(document.of(Part.BODY))
        self.offer = self._offer(document.first(Part.OFFER))
        self.action = self._action(document.first(Part.ACTION))
        self.closing = self._blocks(document.of(Part.CLOSING))
        self.postscript = self._blocks(document.of(Part.POSTSCRIPT))
        self.repeat_action = repeats_action(document)

    def _line(self, source: str) -> Markup:
        return self._pieces(parse_line(source).pieces)

    def _offer(self, block: Block | None) -> dict[str, Markup]:
        facts = asdict(block.facts) if block else {}
        return {name: self._line(facts[name]) for name in OFFER_FACTS} if block else {}

    def _action(self, block: Block | None) -> Action | None:
        if block is None:
            return None
        target = self._links.pieces(tuple(parse_line(block.url).pieces)) if block.url else ()
        return Action(self._line(block.text), self._url(target))

    def _blocks(self, blocks: Iterable[Block]) -> Markup:
        return Markup("\n").join(self._block(block) for block in blocks)

    def _block(self, block: Block) -> Markup:
        paragraphs = parse_markup(block.text, keep_breaks=keeps_breaks(block))
        return Markup("\n").join(self._paragraphs(paragraphs))

    def _paragraphs(self, paragraphs: list[Paragraph]) -> Iterator[Markup]:
        # tags that stand alone end a list: what they leave out is then always a whole element
        for (item, tags_only), group in groupby(paragraphs, key=lambda p: (p.item, p.tags_only)):
            if tags_only:
                yield from (self._pieces(paragraph.pieces) for paragraph in group)
            elif item:
                points = Markup("\n").join(Markup("<li>{}</li>").format(self._spans(p)) for p in group)
                yield Markup("<ul>\n{}\n</ul>").format(points)
            else:
                yield from (Markup("<p>{}</p>").format(self._spans(paragraph)) for paragraph in group)

    def _spans(self, paragraph: Paragraph) -> Markup:
        return Markup("").join(self._span(span) for span in paragraph.spans)

    def _span(self, span: Span) -> Markup:
        text = self._pieces(span.pieces)
        target = self._links.pieces(span.url) if span.url else ()
        if target and span.bare:
            # words that are an address lead exactly there: anything else is what phishing looks like
            target = span.url
        if target:
            text = Markup('<a href="{}">{}</a>').format(self._url(target), text)
        elif span.url and not span.bare:
            text = Markup("{} ({})").format(text, plain(span.url))
        return Markup("<strong>{}</strong>").format(text) if span.strong else text

    def _pieces(self, pieces: Iterable[Piece]) -> Markup:
        return Markup("").join(self._piece(piece) for piece in pieces)

    def _piece(self, piece: Piece) -> Markup:
        if piece.kind is PieceKind.TEXT:
            return escape(piece.source)
        if piece.kind is PieceKind.BREAK:
            return Markup("<br>\n")
        return Markup(self._slots.put(piece.source))  # noqa: S704 (a word of letters and figures)

    def _url(self, pieces: tuple[Piece, ...]) -> Markup:
        parts = (
            escape(piece.source) if piece.kind is PieceKind.TEXT else Markup(self._slots.put_in_url(piece))  # noqa: S704 (likewise)
            for piece in pieces
        )
        return Markup("").join(parts)


def keeps_breaks(block: Block) -> bool:
    """A closing is signed on lines of its own, whoever wrote it."""
    return block.keep_breaks or block.part is Part.CLOSING


def repeats_action(document: Document) -> bool:
    """After a postscript without a link of its own the action's link stands once more.

    The postscript draws the eye, and the last link of a mail usually follows it.
    """
    postscript, action = document.first(Part.POSTSCRIPT), document.first(Part.ACTION)
    if postscript is None or action is None or not action.url:
        return False
    return not any(span.url for paragraph in parse_markup(postscript.text) for span in paragraph.spans)
