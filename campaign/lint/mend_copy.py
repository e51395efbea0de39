"""Apply a fix to copy: edits speak of lines of a block's words, blocks hold them in one field or several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from campaign.compose.document import Block, Document, Offer, Part
from campaign.lint.copy import text_of
from lint_rules.finding import FixEdit, apply_edits


def mended(document: Document, edits: Sequence[FixEdit]) -> Document:
    """The document with the edits made in the blocks that they name."""
    named = {edit.part for edit in edits}
    blocks = (_mended(block, edits) if block.id in named else block for block in document.blocks)
    return Document(tuple(blocks))


def _mended(block: Block, edits: Sequence[FixEdit]) -> Block:
    text = apply_edits(block.id, text_of(block), edits)
    if block.part not in (Part.OFFER, Part.ACTION):
        return replace(block, text=text)
    names = [name for name, source in block.texts() if source.strip()]
    lines = text.split("\n")
    if len(lines) != len(names):
        return block  # a line more or less would move every fact into its neighbour's field
    words = dict(zip(names, lines, strict=True))
    if block.part is Part.OFFER:
        return replace(block, facts=Offer(**{**vars_of(block.facts), **words}))
    return replace(block, text=words.get("text", block.text), url=words.get("url", block.url))


def vars_of(offer: Offer) -> dict[str, str]:
    """Its facts by name."""
    return {name: getattr(offer, name) for name in Offer.__dataclass_fields__}
