"""What changed between two documents: which parts, and which words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from campaign.compose.document import Block, Document, Part

_WORD = re.compile(r"\s+|\S+")


@dataclass(frozen=True)
class Change:
    """A stretch of text: kept (`old == new`), removed (`new` empty), added (`old` empty) or replaced."""

    old: str
    new: str


def changed_parts(old: Document, new: Document) -> list[Part]:
    """The parts in which the documents differ, in reading order."""
    before, after = _by_part(old), _by_part(new)
    return [part for part in Part if before[part] != after[part]]


def words(old: str, new: str) -> list[Change]:
    """The way from one text to the other, word by word."""
    left, right = _WORD.findall(old), _WORD.findall(new)
    steps = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    return [Change("".join(left[a:b]), "".join(right[c:d])) for _, a, b, c, d in steps]


def readable(old: str, new: str) -> list[Change]:
    """As `words`, yet changes with nothing but blanks between them are one: a phrase for a phrase."""
    merged: list[Change] = []
    for change in words(old, new):
        blank_between = (
            len(merged) > 1
            and change.old != change.new
            and merged[-1].old == merged[-1].new
            and not merged[-1].new.strip()
            and merged[-2].old != merged[-2].new
        )
        if blank_between:
            between, before = merged.pop(), merged.pop()
            change = Change(before.old + between.old + change.old, before.new + between.new + change.new)
        merged.append(change)
    return merged


def blocks(old: Document, new: Document) -> Iterator[tuple[str, Block | None, Block | None]]:
    """Block ids with their two states, those that differ alone; None where a block is missing."""
    ids = dict.fromkeys([block.id for block in old.blocks] + [block.id for block in new.blocks])
    for block_id in ids:
        before, after = old.block(block_id), new.block(block_id)
        if before != after:
            yield block_id, before, after


def _by_part(document: Document) -> dict[Part, list[Block]]:
    return {part: [b for b in document.blocks if b.part is part and b] for part in Part}
