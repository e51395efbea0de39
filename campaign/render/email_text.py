"""The text part of a mail: copy in reading order, the offer's facts, who writes, how to stop it."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import Environment

from campaign.compose.document import OFFER_FACTS, Block, Document, Part
from campaign.compose.markup import parse_line, parse_markup
from campaign.render.content import SenderFacts
from campaign.render.copy_html import keeps_breaks, repeats_action
from campaign.render.copy_links import Links
from campaign.render.copy_text import Chunk, TextCompiler, line_source
from campaign.render.slots import literal

FOOTER = "footer"
FOOTER_RULE = "---"
_HEAD = (Part.SUBJECT, Part.PREHEADER)  # they stand in the header and in the list of mails


def compile_text(
    document: Document,
    env: Environment,
    links: Links,
    sender: SenderFacts,
    words: dict[str, str],
    *,
    opt_out: bool,
) -> list[Chunk]:
    """The chunks of the text part; `words` are the layout's, `opt_out` adds the unsubscribe link."""
    compiler = TextCompiler(env, links)
    parts = [
        block for block in document.in_reading_order() if block.part not in (Part.SUBJECT, Part.PREHEADER)
    ]
    chunks = [chunk for block in parts for chunk in _block(compiler, links, block, words)]
    if repeats_action(document):
        chunks += _action(compiler, links, document.of(Part.ACTION)[0])
    return [*chunks, compiler.chunk(FOOTER, list(_footer(sender, words, opt_out=opt_out)))]


def _block(compiler: TextCompiler, links: Links, block: Block, words: dict[str, str]) -> list[Chunk]:
    if block.part is Part.OFFER:
        return [compiler.chunk(block.id, list(_offer(block, words)))]
    if block.part is Part.ACTION:
        return _action(compiler, links, block)
    if block.part is Part.SALUTATION:
        return [compiler.chunk(block.id, [line_source(parse_line(block.text))])]
    keep = keeps_breaks(block)
    return compiler.paragraphs(
        block.id, parse_markup(block.text, keep_breaks=keep), keep_breaks=block.keep_breaks
    )


def _offer(block: Block, words: dict[str, str]) -> Iterator[str]:
    for name in OFFER_FACTS:
        source = line_source(parse_line(getattr(block.facts, name)))
        if source:
            yield source if name == "product" else f"- {literal(words['offer_' + name])}: {source}"


def _action(compiler: TextCompiler, links: Links, block: Block) -> list[Chunk]:
    target = links.pieces(tuple(parse_line(block.url).pieces)) if block.url else ()
    text = line_source(parse_line(block.text))
    if not target:
        return [compiler.chunk(block.id, [text])]
    return [compiler.chunk(block.id, [f"{text}:" if text else "", compiler.url(target)])]


def _footer(sender: SenderFacts, words: dict[str, str], *, opt_out: bool) -> Iterator[str]:
    """Who writes (organisation, postal address, how to reach them), why, and the way out."""
    yield FOOTER_RULE
    yield literal(sender.organisation)
    yield literal(sender.address)
    yield literal(" · ".join(fact for fact in (sender.phone, sender.from_email) if fact))
    yield literal(sender.website)
    yield ""
    if opt_out:
        yield literal(words["reason"])
        yield literal(words["unsubscribe"]) + ":"
        yield "{{ system.unsubscribe_url }}"
    yield literal(words["view"]) + ":"
    yield "{{ system.view_url }}"
