"""The copy as a typed document: blocks with stable ids, each one named part of a message.

`{"schema": 1, "blocks": [{"id": "b1", "part": "subject", "text": "…"}, …]}`. Text is NFC with `\\n` line
ends; an `action` also has a `url`, an `offer` has `facts` instead of text. The ids stay the same while the
text changes, so that findings, comments and differences have something to hold on to.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from typing import Any

from campaign.errors import InvalidInput

SCHEMA = 1

# enough for the longest letter anyone reads, small enough that checking stays instant
MAX_BLOCKS = 60
MAX_TEXT = 20_000
# a subject of 250 characters is 1,000 bytes in UTF-8 at most, before encoding
MAX_LINE = 250
MAX_URL = 2_000
MAX_ID = 40


class Part(StrEnum):
    """What a block is to the reader; in the order in which a message is read."""

    SUBJECT = "subject"
    PREHEADER = "preheader"  # the line beside the subject in a list of mails
    SALUTATION = "salutation"
    HOOK = "hook"  # the first sentences: what the reader gains
    BODY = "body"  # the only part that may occur several times
    OFFER = "offer"  # facts: what, for how much, until when, how it comes
    ACTION = "action"  # the one thing to do, with its link
    CLOSING = "closing"
    POSTSCRIPT = "postscript"


SINGLE_LINE = frozenset({Part.SUBJECT, Part.PREHEADER, Part.SALUTATION, Part.ACTION})


@dataclass(frozen=True)
class Offer:
    """The facts a reader needs to judge the offer without leaving the page."""

    product: str = ""
    price: str = ""
    deadline: str = ""
    delivery: str = ""
    code: str = ""

    def __bool__(self) -> bool:
        return any(asdict(self).values())


OFFER_FACTS = tuple(fact.name for fact in fields(Offer))


@dataclass(frozen=True)
class Block:
    """One part of the copy. `keep_breaks`: the author's own line breaks are kept (source view)."""

    id: str
    part: Part
    text: str = ""
    url: str = ""
    facts: Offer = field(default_factory=Offer)
    keep_breaks: bool = False

    def texts(self) -> Iterator[tuple[str, str]]:
        """Everything in the block that may hold merge fields: (`text`, `url` or the fact's name, source)."""
        if self.part is Part.OFFER:
            yield from asdict(self.facts).items()
        else:
            yield "text", self.text
        if self.part is Part.ACTION:
            yield "url", self.url

    def __bool__(self) -> bool:
        return any(source.strip() for _, source in self.texts())


@dataclass(frozen=True)
class Document:
    """The copy of one variant."""

    blocks: tuple[Block, ...]

    def first(self, part: Part) -> Block | None:
        """The block of that part that has content, or None."""
        return next((block for block in self.blocks if block.part is part and block), None)

    def of(self, part: Part) -> tuple[Block, ...]:
        """All blocks of that part that have content."""
        return tuple(block for block in self.blocks if block.part is part and block)

    def text(self, part: Part) -> str:
        """The source text of the first block of that part; empty when there is none."""
        block = self.first(part)
        return block.text if block else ""

    def block(self, block_id: str) -> Block | None:
        """The block with that id, or None."""
        return next((block for block in self.blocks if block.id == block_id), None)

    def in_reading_order(self) -> tuple[Block, ...]:
        """Blocks with content in the order in which a reader meets them."""
        order = list(Part)
        return tuple(sorted((block for block in self.blocks if block), key=lambda b: order.index(b.part)))


def empty() -> Document:
    """Every part once, with ids that say what they are."""
    return Document(tuple(Block(id=part.value, part=part) for part in Part))


def from_json(data: object) -> Document:
    """Read a stored or submitted document; InvalidInput when it is not one."""
    if not isinstance(data, Mapping) or data.get("schema") != SCHEMA or set(data) != {"schema", "blocks"}:
        raise InvalidInput("compose-error-schema")
    raw = data["blocks"]
    if not isinstance(raw, list) or len(raw) > MAX_BLOCKS:
        raise InvalidInput("compose-error-blocks", limit=MAX_BLOCKS)
    blocks = tuple(_block(item) for item in raw)
    ids = [block.id for block in blocks]
    if len(set(ids)) != len(ids):
        raise InvalidInput("compose-error-duplicate-id")
    parts = [block.part for block in blocks if block.part is not Part.BODY]
    if len(set(parts)) != len(parts):
        raise InvalidInput("compose-error-duplicate-part")
    return Document(blocks)


def to_json(document: Document) -> dict[str, Any]:
    """The one spelling of a document: keys without meaning for a part are left out."""
    return {"schema": SCHEMA, "blocks": [_to_json(block) for block in document.blocks]}


def _to_json(block: Block) -> dict[str, Any]:
    data: dict[str, Any] = {"id": block.id, "part": block.part.value}
    if block.part is Part.OFFER:
        data["facts"] = asdict(block.facts)
    else:
        data["text"] = block.text
    if block.part is Part.ACTION:
        data["url"] = block.url
    if block.keep_breaks:
        data["keep_breaks"] = True
    return data


def _block(item: object) -> Block:
    if not isinstance(item, Mapping) or item.get("part") not in list(Part):
        raise InvalidInput("compose-error-part")
    part = Part(item["part"])
    if set(item) - _keys_of(part):
        raise InvalidInput("compose-error-part")
    block_id = item.get("id")
    if not isinstance(block_id, str) or not 0 < len(block_id) <= MAX_ID or not _is_id(block_id):
        raise InvalidInput("compose-error-id", limit=MAX_ID)
    keep_breaks = item.get("keep_breaks", False)
    if not isinstance(keep_breaks, bool):
        raise InvalidInput("compose-error-part", field=block_id)
    limit = MAX_LINE if part in SINGLE_LINE else MAX_TEXT
    return Block(
        id=block_id,
        part=part,
        text=_text(item.get("text", ""), block_id, limit, one_line=part in SINGLE_LINE),
        url=_text(item.get("url", ""), block_id, MAX_URL, one_line=True),
        facts=_facts(item.get("facts", {}), block_id),
        keep_breaks=keep_breaks,
    )


def _keys_of(part: Part) -> set[str]:
    keys = {"id", "part", "keep_breaks"}
    keys.add("facts" if part is Part.OFFER else "text")
    return keys | {"url"} if part is Part.ACTION else keys


def _is_id(text: str) -> bool:
    return text.isascii() and text.replace("-", "").replace("_", "").isalnum()


def _facts(data: object, block_id: str) -> Offer:
    if not isinstance(data, Mapping) or set(data) - set(OFFER_FACTS):
        raise InvalidInput("compose-error-part", field=block_id)
    return Offer(**{name: _text(text, block_id, MAX_LINE, one_line=True) for name, text in data.items()})


def _text(value: object, block_id: str, limit: int, *, one_line: bool) -> str:
    if not isinstance(value, str):
        raise InvalidInput("compose-error-text", field=block_id)
    text = clean(value)
    if one_line:
        text = " ".join(text.split("\n")).strip()
    if len(text) > limit:
        raise InvalidInput("compose-error-too-long", field=block_id, limit=limit, length=len(text))
    return text


def clean(text: str) -> str:
    """NFC, `\\n` line ends, without characters that nobody sees (they come with pasting)."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\u2028", "\n")
    text = text.replace("\u2029", "\n\n").replace("\t", " ")
    # Cc control, Cs lone surrogates, Co private use: nothing that a reader could see
    kept = (mark for mark in text if mark == "\n" or unicodedata.category(mark) not in {"Cc", "Cs", "Co"})
    return unicodedata.normalize("NFC", "".join(kept))
