"""Which merge fields copy uses."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import Environment, TemplateSyntaxError, nodes

from campaign.compose.document import Document
from campaign.errors import TemplateError

ROOTS = frozenset({"contact", "system"})

_PARSER = Environment(autoescape=True)


def parse(source: str) -> nodes.Template:
    """The syntax tree; raises jinja2.TemplateSyntaxError, or RecursionError for absurd nesting."""
    try:
        return _PARSER.parse(source)
    except ValueError as error:
        # Python reads no number of more than 4300 digits (sys.set_int_max_str_digits)
        raise TemplateSyntaxError("a number is too long", 1) from error


def lex(source: str) -> list[tuple[int, str, str]]:
    """Tokens with their source text: (line, type, text); raises jinja2.TemplateSyntaxError."""
    return list(_PARSER.lex(source))


def dotted(node: nodes.Node) -> str | None:
    """`contact.custom.hobby` for such a chain of names, also in brackets; None for anything else."""
    if isinstance(node, nodes.Name):
        return str(node.name)
    if isinstance(node, nodes.Getattr):
        parent, key = dotted(node.node), node.attr
    elif (
        isinstance(node, nodes.Getitem)
        and isinstance(node.arg, nodes.Const)
        and isinstance(node.arg.value, str)
    ):
        parent, key = dotted(node.node), node.arg.value
    else:
        return None
    return f"{parent}.{key}" if parent else None


def fields_in(source: str) -> frozenset[str]:
    """The fields that one text uses, by their dotted names; TemplateError when it does not parse."""
    try:
        return frozenset(_chains(parse(source)))
    except TemplateSyntaxError as error:
        raise TemplateError(f"line {error.lineno}: {error.message}") from error
    except RecursionError as error:
        raise TemplateError("The text nests too deeply to be read.") from error


def fields_used(document: Document) -> frozenset[str]:
    """All fields of a document: `contact.given_name`, `system.view_url`, …"""
    sources = (source for block in document.blocks for _, source in block.texts())
    return frozenset().union(*(fields_in(source) for source in sources))


def contact_fields(document: Document) -> frozenset[str]:
    """Those that an audience is frozen with: the contact's."""
    return frozenset(name for name in fields_used(document) if name.startswith("contact."))


def _chains(node: nodes.Node) -> Iterator[str]:
    name = dotted(node)
    if name is not None:
        yield name
        return
    for child in node.iter_child_nodes():
        yield from _chains(child)
