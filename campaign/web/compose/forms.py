"""The editor's fields and the typed document: one block, one field, named by the block's id.

`block` repeats `PART:ID` in order; `text.ID`, `url.ID`, `fact.ID.NAME` and `breaks.ID` hold the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from campaign.compose import document as documents
from campaign.compose.document import OFFER_FACTS, Block, Document, Part

Form = MultiDict[str, str]


@dataclass(frozen=True)
class Field:
    """One block as the page shows it: plain strings, whatever was typed."""

    id: str
    part: Part
    text: str = ""
    url: str = ""
    facts: Mapping[str, str] | None = None
    keep_breaks: bool = False


def fields_of(document: Document) -> list[Field]:
    """In reading order, every part at least once, so that each has a place to write in."""
    there = list(document.blocks)
    taken = {block.id for block in there}
    for part in Part:
        if not any(block.part is part for block in there):
            there.append(Block(id=_free_id(part, taken), part=part))
    order = list(Part)
    there.sort(key=lambda block: order.index(block.part))
    return [_field(block) for block in there]


def typed_fields(form: Form) -> list[Field]:
    """What the form holds, as typed: shown again when it cannot be read as a document."""
    found: list[Field] = []
    for name in form.getlist("block"):
        word, _, block_id = name.partition(":")
        if word not in {part.value for part in Part}:
            continue
        found.append(
            Field(
                id=block_id,
                part=Part(word),
                text=form.get(f"text.{block_id}", ""),
                url=form.get(f"url.{block_id}", ""),
                facts={fact: form.get(f"fact.{block_id}.{fact}", "") for fact in OFFER_FACTS},
                keep_breaks=f"breaks.{block_id}" in form,
            )
        )
    return found


def read_document(form: Form) -> Document:
    """The document that was typed; InvalidInput names the block (`field`) that cannot be accepted."""
    fields = typed_fields(form)
    if remove := form.get("remove"):
        fields = [field for field in fields if field.id != remove or field.part is not Part.BODY]
    if form.get("add") == Part.BODY:
        fields = _with_body(fields)
    return documents.from_json(
        {"schema": documents.SCHEMA, "blocks": [_block(field) for field in fields if _worth_keeping(field)]}
    )


def _with_body(fields: list[Field]) -> list[Field]:
    """One more paragraph after the last one."""
    taken = {field.id for field in fields}
    last = max((i for i, field in enumerate(fields) if field.part is Part.BODY), default=len(fields) - 1)
    return [*fields[: last + 1], Field(_free_id(Part.BODY, taken), Part.BODY), *fields[last + 1 :]]


def _free_id(part: Part, taken: set[str]) -> str:
    number = 1
    made = part.value
    while made in taken:
        number += 1
        made = f"{part.value}-{number}"
    taken.add(made)
    return made


def _worth_keeping(field: Field) -> bool:
    """Empty blocks stay, for the author may be about to fill them."""
    return bool(field.id)


def _field(block: Block) -> Field:
    facts = {fact: getattr(block.facts, fact) for fact in OFFER_FACTS}
    return Field(block.id, block.part, block.text, block.url, facts, block.keep_breaks)


def _block(field: Field) -> dict[str, Any]:
    made: dict[str, Any] = {"id": field.id, "part": field.part.value}
    if field.part is Part.OFFER:
        made["facts"] = dict(field.facts or {})
    else:
        made["text"] = field.text
    if field.part is Part.ACTION:
        made["url"] = field.url.strip()
    if field.keep_breaks:
        made["keep_breaks"] = True
    return made
