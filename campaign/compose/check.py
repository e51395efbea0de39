"""Check copy before it is saved for sending: what does not pass here is never rendered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from jinja2 import TemplateSyntaxError

from campaign.audience.fields import SYSTEM_FIELDS
from campaign.compose.allowed import refusals
from campaign.compose.document import Block, Document, Part
from campaign.compose.fields import lex, parse
from campaign.compose.markup import parse_markup, plain
from campaign.errors import TemplateError

# a link may go to the web, to a mailbox or to a telephone; its host is the author's, never a field's
_URL = re.compile(r"(?:https?://[^\s/{}@\"'<>]+(?:[/?#][^\s\"'<>]*)?|mailto:[^\s\"'<>]+|tel:[+\d .()-]+)")
_PRINTED_FIELD = re.compile(r"\{\{.*?\}\}")
_SYSTEM_URL = re.compile(r"\{\{\s*system\.\w+_url\s*\}\}")

# parts that are read as markup; the others are one line of text
MARKED_UP = frozenset({Part.HOOK, Part.BODY, Part.CLOSING, Part.POSTSCRIPT})


@dataclass(frozen=True)
class Problem:
    """What is wrong and where: `where` is `text`, `url` or the name of an offer's fact; `line` from 1;
    `key` and `values` make the sentence (`t(problem.key, **problem.values)`)."""

    block_id: str
    where: str
    line: int
    key: str
    values: Mapping[str, object] = field(default_factory=dict)


def check_document(document: Document, known: Iterable[str]) -> list[Problem]:
    """Every problem of a document; `known` are the contact's fields by dotted name."""
    names = frozenset(known) | SYSTEM_FIELDS
    return [problem for block in document.blocks for problem in _check_block(block, names)]


def check_source(source: str, known: Iterable[str]) -> list[Problem]:
    """The problems of one text, as if it were a block without an id."""
    return list(_check_text("", "text", source, frozenset(known) | SYSTEM_FIELDS))


class _EveryName(frozenset[str]):
    """Knows every field: for judging the shape of copy alone."""

    def __contains__(self, name: object) -> bool:
        return True


def require_data(document: Document) -> None:
    """TemplateError when copy is more than data: the last door before it is compiled, whoever brought it."""
    for block in document.blocks:
        for where, source in block.texts():
            for problem in _check_text(block.id, where, source, _EveryName()):
                raise TemplateError(f"{block.id} ({where}, line {problem.line}): {problem.key}")


def is_link(url: str) -> bool:
    """Whether copy may link there: `https:`, `http:`, `mailto:`, `tel:` or a link of the system's."""
    if _SYSTEM_URL.fullmatch(url):
        return True
    # a field may stand in the path or the query; braces cannot stand where the host is
    return bool(_URL.fullmatch(_PRINTED_FIELD.sub("{}", url)))


def _check_block(block: Block, names: frozenset[str]) -> Iterator[Problem]:
    for where, source in block.texts():
        problems = list(_check_text(block.id, where, source, names))
        yield from problems
        if where == "url" and source and not problems and not is_link(source):
            yield Problem(block.id, where, 1, "compose-problem-url")
        if where == "text" and block.part in MARKED_UP:
            yield from () if problems else _check_paragraphs(block.id, source)


def _check_text(block_id: str, where: str, source: str, names: frozenset[str]) -> Iterator[Problem]:
    try:
        tokens = lex(source)
        tree = parse(source)
        found = [(item.line, item.key, item.values) for item in refusals(tree, names)]
    except TemplateSyntaxError as error:
        yield Problem(block_id, where, error.lineno, "compose-problem-syntax")
        return
    except RecursionError:
        yield Problem(block_id, where, 1, "compose-problem-too-deep")
        return
    # raw blocks leave no trace in the tree, but the renderer splits text by tokens
    for line, kind, _ in tokens:
        if kind == "raw_begin":
            yield Problem(block_id, where, line, "compose-problem-statement")
    for line, key, values in found:
        yield Problem(block_id, where, line, key, values)


def _check_paragraphs(block_id: str, source: str) -> Iterator[Problem]:
    """Links go somewhere; a condition opens and ends within one paragraph, list item, bold stretch or
    link, or its tags stand alone on their lines."""
    for paragraph in parse_markup(source):
        for span in paragraph.spans:
            if span.url and not is_link(plain(span.url)):
                yield Problem(block_id, "text", paragraph.line, "compose-problem-url")
        marked = [plain(span.pieces) for span in paragraph.spans if span.strong or span.url]
        whole = "".join(piece.source for piece in paragraph.pieces)
        if not paragraph.tags_only and not all(_is_balanced(text) for text in [whole, *marked]):
            yield Problem(block_id, "text", paragraph.line, "compose-problem-if-across")


def _is_balanced(source: str) -> bool:
    try:
        parse(source)
    except TemplateSyntaxError:
        return False
    return True
