"""Merge fields as people call them, in the editor's menu and wherever copy is named in a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from campaign.compose.fields import ROOTS, fields_in
from campaign.compose.markup import Paragraph, Piece, PieceKind, parse_markup
from campaign.errors import TemplateError
from campaign.i18n import has
from campaign.models import CustomField
from campaign.web import unit
from campaign.web.language import current, t

OWN = "contact.custom."
# so much of a part says which one it is
OPENING_LENGTH = 64
_TAG = re.compile(r"\{%[-+]?\s*(\w+)")


@dataclass(frozen=True)
class Said:
    """A stretch of copy in one line; `field` when it is a merge field's name."""

    words: str
    field: bool = False


def name_of(field: str) -> str:
    """`contact.given_name` in words; a field of the house by its label, an unknown one as it is written."""
    if field.startswith(OWN):
        key = field.removeprefix(OWN)
        own = unit.db().get(CustomField, key)
        return own.label if own else key
    key = f"editor-field-{field.replace('.', '-')}"
    return t(key) if has(current(), key) else field


def opening(source: str) -> list[Said]:
    """How copy begins, in one line, with fields by their names; of texts to choose from, the first one."""
    try:
        paragraphs = parse_markup(source)
    except TemplateError:
        return [Said(source[:OPENING_LENGTH])]
    left, made = OPENING_LENGTH, list[Said]()
    for said in _one_line(paragraphs):
        if left <= 0:
            return [*made, Said("…")]
        words = said.words if said.field else said.words[:left]
        left -= len(said.words)
        made.append(Said(words, said.field))
    return [*made, Said("…")] if left < 0 else made


def _one_line(paragraphs: list[Paragraph]) -> Iterator[Said]:
    # how deep in choices, and from which depth on what is read is another choice's
    depth, silent = 0, 0
    for number, paragraph in enumerate(paragraphs):
        if number and not silent:
            yield Said(" ")
        for piece in paragraph.pieces:
            if piece.kind is PieceKind.STATEMENT:
                depth, silent = _at(piece, depth, silent)
            elif not silent:
                yield _said(piece)


def _at(tag: Piece, depth: int, silent: int) -> tuple[int, int]:
    found = _TAG.match(tag.source)
    word = found[1] if found else ""
    if word == "if":
        return depth + 1, silent
    if word in ("elif", "else"):
        return depth, silent or depth
    if word == "endif":
        return depth - 1, 0 if silent == depth else silent
    return depth, silent


def _said(piece: Piece) -> Said:
    if piece.kind is PieceKind.EXPRESSION:
        try:
            names = [name for name in fields_in(piece.source) if name.split(".")[0] in ROOTS]
        except TemplateError:
            names = []
        return Said(name_of(names[0]), True) if names else Said(piece.source)
    return Said(" " if piece.kind is PieceKind.BREAK else piece.source)
