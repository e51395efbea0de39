"""A Jinja template as bytes: what is the same for everybody is encoded once, the rest are slots.

The source of a compiled message is literal text with expressions in it. Each different expression is one
slot, evaluated once for a recipient however often it stands in the text; the text itself is one format for
the `%` of bytes. A condition with all that it encloses is a slot too. What a slot prints is what Jinja
prints: plain chains of names and our filters are read directly, everything else is left to Jinja, and so is
every value that is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, nodes
from markupsafe import escape

from campaign.compose.fields import dotted

Data = Mapping[str, Any]
Reader = Callable[[Data], str]

_NOTHING = object()


@dataclass(frozen=True)
class Slot:
    """`read` gives what stands in its place; `lined` says that it may hold line ends."""

    read: Reader
    lined: bool


@dataclass(frozen=True)
class Made:
    """A stretch put together from the values of all slots, on lines of its own that end in CRLF. It is
    told whether the values are tame (`quick_text.are_tame`)."""

    make: Callable[[Sequence[str], bool, Data], str]


Piece = str | int | Made
"""Literal text, the number of a slot, or a stretch."""


class Slots:
    """The slots of one part; the same expression twice is one slot."""

    def __init__(self, env: Environment) -> None:
        self.env = env
        self._numbers: dict[str, int] = {}
        self.all: list[Slot] = []

    def add(self, node: nodes.Node) -> int:
        """The number of the slot for an expression or a statement."""
        key = repr(node)
        if key not in self._numbers:
            self._numbers[key] = len(self.all)
            self.all.append(slot_of(self.env, node))
        return self._numbers[key]

    def pieces(self, source: str) -> list[Piece]:
        """The template as literal texts and numbers of slots, in order."""
        return [
            node.data if isinstance(node, nodes.TemplateData) else self.add(node)
            for node in flat(self.env, source)
        ]


def flat(env: Environment, source: str) -> list[nodes.Node]:
    """The template's top level: literal texts, expressions, statements."""
    return [
        child
        for node in env.parse(source).body
        for child in (node.nodes if isinstance(node, nodes.Output) else [node])
    ]


def slot_of(env: Environment, node: nodes.Node) -> Slot:
    """How one expression, or one statement, is printed."""
    body = nodes.Output([node], lineno=1) if isinstance(node, nodes.Expr) else node
    template = env.from_string(nodes.Template([body], lineno=1))

    def jinja(data: Data) -> str:
        return "".join(template.root_render_func(template.new_context(data, shared=True)))  # type: ignore[arg-type]

    show: Callable[[Any], str] = escape if env.autoescape else str
    name = dotted(node) or ""
    if name.count(".") == 1:
        return Slot(_plain(name, show, jinja), lined=False)
    value = _value(env, node)
    if value is None:
        return Slot(jinja, lined=True)

    def direct(data: Data) -> str:
        found = value(data)
        return jinja(data) if found is _NOTHING else show(found)

    return Slot(direct, lined=False)


def _plain(name: str, show: Callable[[Any], str], jinja: Reader) -> Reader:
    """`contact.code` and its like: most slots are these."""
    root, key = name.split(".")

    def read(data: Data) -> str:
        try:
            found = data[root][key]
        except (KeyError, TypeError):
            return jinja(data)
        return show(found)

    return read


def _value(env: Environment, node: nodes.Node) -> Callable[[Data], Any] | None:
    """Reads a chain of names, with filters or without; _NOTHING when a link of the chain is missing.
    None when it is more than that."""
    if isinstance(node, nodes.Filter):
        return _filtered(env, node)
    name = dotted(node)
    if name is None or name.count(".") not in (1, 2):
        return None
    root, key, *rest = name.split(".")
    if rest:
        return _deep(root, key, rest[0])

    def read(data: Data) -> Any:
        try:
            return data[root][key]
        except (KeyError, TypeError):
            return _NOTHING

    return read


def _deep(root: str, key: str, last: str) -> Callable[[Data], Any]:
    def read(data: Data) -> Any:
        try:
            return data[root][key][last]
        except (KeyError, TypeError):
            return _NOTHING

    return read


def _filtered(env: Environment, node: nodes.Filter) -> Callable[[Data], Any] | None:
    arguments = [argument.value for argument in node.args if isinstance(argument, nodes.Const)]
    plain = not (node.kwargs or node.dyn_args or node.dyn_kwargs) and len(arguments) == len(node.args)
    inner = _value(env, node.node) if plain and node.node is not None else None
    # a line end in a default would be a line end in the text: Jinja's slots are looked at for them
    if inner is None or any(not str(argument).isprintable() for argument in arguments):
        return None
    function = env.filters[node.name]
    instead: Any = _NOTHING
    if node.name in ("default", "d"):
        if isinstance(node.node, nodes.Filter):
            return None  # whether the filter before it minds a missing value is its own affair
        instead = (arguments or [""])[0]

    def read(data: Data) -> Any:
        found = inner(data)
        return instead if found is _NOTHING else function(found, *arguments)

    return read


def bytes_format(pieces: Iterable[Piece]) -> bytes:
    """The pieces as a format for the `%` of bytes, line ends CRLF; a `%b` for each that is no literal."""
    text = "".join(piece.replace("%", "%%") if isinstance(piece, str) else "%b" for piece in pieces)
    return crlf(text).encode()


def crlf(text: str) -> str:
    """The text with the line ends of mail."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")
