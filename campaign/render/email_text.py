"""The text part of a mail: copy in reading order, the offer's facts, who writes, how to stop it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jinja2 import Environment

from campaign.compose.document import OFFER_FACTS, Block, Document, Part
from campaign.compose.markup import parse_line, parse_markup
from campaign.render.content import SenderFacts
from campaign.render.copy_html import keeps_breaks, repeats_action
from campaign.render.copy_links import Links
from campaign.render.copy_text import Chunk, TextCompiler, line_source
from campaign.render.slots import literal
from campaign.render.wrap import wrap

FOOTER = "footer"
FOOTER_RULE = "---"

_HEAD = (Part.SUBJECT, Part.PREHEADER)  # they stand in the header and in the list of mails
_ENDS = (".", "!", "?", ":", "…", "。", "！", "？", "：")


@dataclass(frozen=True)
class EmailText:
    """Makes the chunks; `words` are the layout's, `opt_out` says whether there is a way to unsubscribe."""

    env: Environment
    links: Links
    sender: SenderFacts
    words: Mapping[str, str]
    language: str
    opt_out: bool

    def compile(self, document: Document) -> list[Chunk]:
        """The chunks of the text part, the footer last."""
        compiler = TextCompiler(self.env, self.links)
        parts = (block for block in document.in_reading_order() if block.part not in _HEAD)
        chunks = [chunk for block in parts for chunk in self._block(compiler, block)]
        if repeats_action(document):
            chunks.append(self._action(compiler, document.of(Part.ACTION)[0]))
        return [*chunks, self.footer()]

    def footer(self) -> Chunk:
        """Who writes, why, and the way out."""
        return TextCompiler(self.env, self.links).chunk(FOOTER, list(self._footer()))

    def _block(self, compiler: TextCompiler, block: Block) -> list[Chunk]:
        if block.part is Part.OFFER:
            return [compiler.chunk(block.id, list(self._offer(block)))]
        if block.part is Part.ACTION:
            return [self._action(compiler, block)]
        if block.part is Part.SALUTATION:
            return [compiler.chunk(block.id, [line_source(parse_line(block.text))])]
        paragraphs = parse_markup(block.text, keep_breaks=keeps_breaks(block))
        return compiler.paragraphs(block.id, paragraphs, keep_breaks=block.keep_breaks)

    def _offer(self, block: Block) -> Iterator[str]:
        for name in OFFER_FACTS:
            source = line_source(parse_line(getattr(block.facts, name)))
            if source and name == "product":
                yield source
            elif source:
                yield f"- {self._before(literal(self.words['offer_' + name]))}{self._gap}{source}"

    def _action(self, compiler: TextCompiler, block: Block) -> Chunk:
        target = self.links.pieces(tuple(parse_line(block.url).pieces)) if block.url else ()
        text = line_source(parse_line(block.text))
        lines = [self._before(text), compiler.url(target)] if target else [text]
        return compiler.chunk(block.id, lines)

    def _footer(self) -> Iterator[str]:
        """Who writes (organisation, postal address, how to reach them), why, and the way out."""
        sender = self.sender
        yield FOOTER_RULE
        yield literal(sender.organisation)
        yield literal(sender.address)
        yield literal(" · ".join(fact for fact in (sender.phone, sender.from_email) if fact))
        yield literal(sender.website)
        yield ""
        if self.opt_out:
            yield from (literal(line) for line in wrap(self.words["reason"]))
            yield self._before(literal(self.words["unsubscribe"]))
            yield "{{ system.unsubscribe_url }}"
        yield self._before(literal(self.words["view"]))
        yield "{{ system.view_url }}"

    def _before(self, text: str) -> str:
        """The text as the head of what follows it; Chinese has a colon of its own."""
        if not text or text.endswith(_ENDS):
            return text
        return text + ("：" if self.language == "zh" else ":")

    @property
    def _gap(self) -> str:
        return "" if self.language == "zh" else " "
