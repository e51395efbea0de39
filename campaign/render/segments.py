"""A Jinja template as bytes: what is the same for everybody is encoded once, the rest are slots.

The source of a compiled message is literal text with expressions in it. Each different expression is one
slot, evaluated once for a recipient however often it stands in the text, and for many recipients at once
(`people`). What a slot prints is what Jinja prints: chains of names and our filters are read directly,
everything else is left to Jinja, and so is every value that is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from typing import Any

from jinja2 import Environment, nodes

from campaign.errors import IntegrityError
from campaign.render.people import MISSING, Column, Data, People, Reader, column_of, contact_chains

Texts = Mapping[int, list[str]]
"""What slots print for each recipient, by their numbers."""


@dataclass(frozen=True)
class Slot:
    """`read` is Jinja's way, finished text that may hold line ends; `column` the quick one, text that is
    not escaped yet and holds none. None when there is no quick way."""

    read: Reader
    column: Column | None

    def texts(self, people: People) -> list[str] | None:
        """The quick way for these; None when Jinja must say what is printed for a value that is missing."""
        if self.column is None:
            return None
        found = self.column(people)
        if people.whole:
            return found
        missing = [place for place, entry in enumerate(found) if entry is MISSING]
        if missing:
            people.printed(self.read, missing)  # raises, but for what only Jinja knows
            return None
        return list(map(str, found))

    def finished(self, people: People) -> list[str]:
        """Jinja's way for these."""
        return list(map(crlf, people.printed(self.read, range(people.count))))


@dataclass(frozen=True)
class Made:
    """A stretch put together from texts of slots, on lines of its own that end in CRLF: literals, and
    texts for each recipient. `numbers` are the slots that it reads; it is told which recipients' texts of
    them are not tame (`quick_text.are_tame`)."""

    columns: Callable[[Texts, list[int], People], list[bytes | list[str]]]
    numbers: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Given:
    """`pieces` for those for whom the `test` holds; `slot` prints the same."""

    test: Column
    pieces: tuple[str | int, ...]
    slot: Slot


Piece = str | int | Made | Given
"""Literal text, the number of a slot, a stretch, or a condition."""


class Slots:
    """The slots of one part; the same expression twice is one slot."""

    def __init__(self, env: Environment) -> None:
        self.env = env
        self._numbers: dict[str, int] = {}
        self.all: list[Slot] = []
        self.fields: set[str] = set()
        """The contact's fields that are read."""

    def add(self, node: nodes.Node) -> int:
        """The number of the slot for an expression or a statement."""
        key = repr(node)
        if key not in self._numbers:
            self._numbers[key] = len(self.all)
            self.all.append(Slot(self._reader(node), self._column(node)))
        return self._numbers[key]

    def pieces(self, source: str) -> list[Piece]:
        """The template in order."""
        return [
            node.data
            if isinstance(node, nodes.TemplateData)
            else (isinstance(node, nodes.If) and self._given(node)) or self.add(node)
            for node in flat(self.env, source)
        ]

    def texts(
        self, people: People, numbers: Iterable[int]
    ) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
        """What these slots print: texts that are not escaped yet and hold no line end, and finished ones."""
        quick: dict[int, list[str]] = {}
        finished: dict[int, list[str]] = {}
        for number in sorted(numbers):
            slot = self.all[number]
            found = slot.texts(people)
            if found is None:
                finished[number] = slot.finished(people)
            else:
                quick[number] = found
        return quick, finished

    def _given(self, node: nodes.If) -> Given | None:
        """A condition on one value, over literals and values; None for anything else."""
        inside = [part for child in node.body for part in _parts(child)]
        test = self._column(node.test)
        if test is None or node.elif_ or node.else_:
            return None
        if not all(isinstance(part, nodes.TemplateData) or self._column(part) for part in inside):
            return None
        pieces = [part.data if isinstance(part, nodes.TemplateData) else self.add(part) for part in inside]
        return Given(test, tuple(pieces), Slot(self._reader(node), None))

    def _column(self, node: nodes.Node) -> Column | None:
        column = column_of(self.env, node)
        if column is not None:
            self.fields.update(contact_chains(node))
        return column

    def _reader(self, node: nodes.Node) -> Reader:
        body = nodes.Output([node], lineno=1) if isinstance(node, nodes.Expr) else node
        template = self.env.from_string(nodes.Template([body], lineno=1))

        def jinja(data: Data) -> str:
            context: Any = template.new_context(data, shared=True)  # type: ignore[arg-type]  # a mapping is enough
            return "".join(template.root_render_func(context))

        return jinja


def flat(env: Environment, source: str) -> list[nodes.Node]:
    """The template's top level: literal texts, expressions, statements."""
    return [child for node in env.parse(source).body for child in _parts(node)]


def _parts(node: nodes.Node) -> list[nodes.Node]:
    return list(node.nodes) if isinstance(node, nodes.Output) else [node]


def tests_of(pieces: Sequence[Piece]) -> list[Column]:
    """What conditions among the pieces ask for."""
    return [piece.test for piece in pieces if isinstance(piece, Given)]


def outcomes(tests: Sequence[Column], people: People) -> tuple[bool | None, ...]:
    """Of each condition: True when it holds for all of these, False for nobody, else None."""
    answers = (test(people) for test in tests)
    return tuple(True if all(truths) else None if any(truths) else False for truths in answers)


def settled(pieces: Sequence[Piece], decided: Sequence[bool | None]) -> list[str | int | Made | Slot]:
    """The pieces with conditions as decided by `outcomes`; Jinja prints what differs."""
    left = iter(decided)
    found: list[str | int | Made | Slot] = []
    for piece in pieces:
        if not isinstance(piece, Given):
            found.append(piece)
            continue
        holds = next(left)
        if holds is None:
            found.append(piece.slot)
        elif holds:
            found += piece.pieces
    return found


def literals(pieces: Sequence[Piece]) -> list[str]:
    """All literal texts, those within conditions too."""
    inside = [part for piece in pieces if isinstance(piece, Given) for part in piece.pieces]
    return [piece for piece in [*pieces, *inside] if isinstance(piece, str)]


def pack(columns: Iterable[Sequence[str]]) -> str:
    """The texts of all columns in one, a NUL between: what is to be done to each is then done in one call,
    which costs less than a call each."""
    return "\0".join(chain.from_iterable(columns))


def unpack(packed: bytes, columns: int, count: int) -> list[list[bytes]]:
    """Packed `columns` of `count` texts, from UTF-8."""
    parts = packed.split(b"\0") if columns else []
    if len(parts) != columns * count:
        raise IntegrityError("A value holds a NUL.")
    return [parts[at : at + count] for at in range(0, len(parts), count)]


def rows(columns: Iterable[bytes | Iterable[bytes]]) -> Iterator[bytes]:
    """The message of each recipient, made when asked for; literals are the same for all."""
    whole = [repeat(column) if isinstance(column, bytes) else column for column in columns]
    return map(b"".join, zip(*whole))  # noqa: B905 (literals never end)


def crlf(text: str) -> str:
    """The text with the line ends of mail."""
    if "\n" not in text and "\r" not in text:
        return text
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")
