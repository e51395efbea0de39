"""The allow-list for Jinja in copy: what a syntax tree may hold, and the sentence for what it may not.

Text written in the browser is data. It may print known fields through our filters and choose between
texts by simple comparisons; there are no calls, no arithmetic, no loops (no list is known yet), no
private names and no other tags. What passes can be rendered in a plain environment.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from jinja2 import nodes

from campaign.compose.fields import dotted
from campaign.compose.filters import FILTERS

# copy that nests deeper than this is a program, not a letter
MAX_DEPTH = 12
MAX_IFS = 3
MAX_NODES = 600
MAX_CONSTANT = 500
# what people write in a letter is smaller; what is larger may not even be printable
MAX_NUMBER = 10**15

# filters that take something in brackets
WITH_ARGUMENT = frozenset({"default", "d", "long_day"})
TESTS = frozenset({"defined", "undefined"})
COMPARISONS = frozenset({"eq", "ne"})


@dataclass(frozen=True)
class Refusal:
    """Why a node may not stand in copy: line in the source, Fluent key, its arguments."""

    line: int
    key: str
    values: dict[str, object] = field(default_factory=dict)


# node type: the sentence that explains why it is refused
_REFUSED: dict[type[nodes.Node], str] = {
    nodes.For: "compose-problem-loop",
    nodes.Call: "compose-problem-call",
    nodes.CallBlock: "compose-problem-call",
    nodes.BinExpr: "compose-problem-arithmetic",
    nodes.UnaryExpr: "compose-problem-arithmetic",
    nodes.Concat: "compose-problem-arithmetic",
    nodes.Getitem: "compose-problem-bracket",
    nodes.Slice: "compose-problem-bracket",
    nodes.List: "compose-problem-bracket",
    nodes.Dict: "compose-problem-bracket",
    nodes.Tuple: "compose-problem-bracket",
}
_TRANSPARENT = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.And, nodes.Or, nodes.Not)


def refusals(tree: nodes.Template, known: Collection[str]) -> Iterator[Refusal]:
    """Everything in the tree that is not allowed; `known` are the dotted names of the fields."""
    if _is_large(tree):
        yield Refusal(1, "compose-problem-too-much")
        return
    yield from _check(tree, known, depth=0, ifs=0)


def _is_large(tree: nodes.Template) -> bool:
    """Whether it has more nodes than copy may have; without recursion, whose cost grows with the square of
    the depth, and no further than need be."""
    waiting: list[nodes.Node] = [tree]
    count = -1  # the template itself is none
    while waiting and count <= MAX_NODES:
        waiting.extend(waiting.pop().iter_child_nodes())
        count += 1
    return count > MAX_NODES


def _check(node: nodes.Node, known: Collection[str], depth: int, ifs: int) -> Iterator[Refusal]:
    if depth > MAX_DEPTH or ifs > MAX_IFS:
        yield Refusal(node.lineno, "compose-problem-too-deep")
        return
    if isinstance(node, (nodes.Name, nodes.Getattr, nodes.Getitem)):
        yield from _field(node, known)
        return  # a chain of names has nothing else below it
    refusal = _itself(node)
    if refusal:
        yield refusal
        return
    # an elif is an If inside its If, but reads as a neighbour
    elifs = set(node.elif_) if isinstance(node, nodes.If) else set()
    for child in node.iter_child_nodes():
        deeper = 1 if isinstance(child, nodes.If) and child not in elifs else 0
        yield from _check(child, known, depth + 1, ifs + deeper)


def _itself(node: nodes.Node) -> Refusal | None:
    if isinstance(node, (nodes.If, *_TRANSPARENT)):
        return None
    check = _CHECKS.get(type(node))
    if check:
        return check(node)
    return Refusal(node.lineno, _reason(node))


def _reason(node: nodes.Node) -> str:
    for kind in type(node).__mro__:
        if kind in _REFUSED:
            return _REFUSED[kind]
    return "compose-problem-statement"


def _field(node: nodes.Node, known: Collection[str]) -> Iterator[Refusal]:
    name = dotted(node)
    if name is None:
        inner = next(iter(node.find_all((nodes.Call, nodes.BinExpr))), None)
        yield Refusal(node.lineno, _reason(inner) if inner else "compose-problem-bracket")
    elif any(part.startswith("_") for part in name.split(".")):
        yield Refusal(node.lineno, "compose-problem-underscore", {"name": name})
    elif name not in known:
        yield _unknown_field(node.lineno, name, known)


def _unknown_field(line: int, name: str, known: Collection[str]) -> Refusal:
    # people forget the first half (`given_name`) as often as they mistype the second
    near = get_close_matches(name, known, n=1, cutoff=0.6)
    near = near or [field for field in sorted(known) if field.rpartition(".")[2] == name.rpartition(".")[2]]
    if near:
        return Refusal(line, "compose-problem-unknown-field-near", {"name": name, "near": near[0]})
    return Refusal(line, "compose-problem-unknown-field", {"name": name})


def _filter(node: nodes.Filter) -> Refusal | None:
    if node.name not in FILTERS:
        near = get_close_matches(node.name, FILTERS, n=1, cutoff=0.6)
        return Refusal(
            node.lineno, "compose-problem-filter", {"name": node.name, "near": near[0] if near else "default"}
        )
    if node.args and node.name not in WITH_ARGUMENT:
        return Refusal(node.lineno, "compose-problem-filter-bare", {"name": node.name})
    if node.kwargs or node.dyn_args or node.dyn_kwargs or len(node.args) > 1:
        return Refusal(node.lineno, "compose-problem-filter-arguments", {"name": node.name})
    return None


def _test(node: nodes.Test) -> Refusal | None:
    if node.name in TESTS and not (node.args or node.kwargs or node.dyn_args or node.dyn_kwargs):
        return None
    return Refusal(node.lineno, "compose-problem-statement")


def _constant(node: nodes.Const) -> Refusal | None:
    if isinstance(node.value, str) and len(node.value) > MAX_CONSTANT:
        return Refusal(node.lineno, "compose-problem-too-much")
    if isinstance(node.value, (int, float)) and not abs(node.value) <= MAX_NUMBER:
        return Refusal(node.lineno, "compose-problem-number")
    if isinstance(node.value, (str, int, float, bool)) or node.value is None:
        return None
    return Refusal(node.lineno, "compose-problem-statement")


def _compare(node: nodes.Compare) -> Refusal | None:
    return None if len(node.ops) == 1 else Refusal(node.lineno, "compose-problem-comparison")


def _operand(node: nodes.Operand) -> Refusal | None:
    return None if node.op in COMPARISONS else Refusal(node.lineno, "compose-problem-comparison")


def _conditional(node: nodes.CondExpr) -> Refusal | None:
    return None if node.expr2 is not None else Refusal(node.lineno, "compose-problem-else")


_CHECKS: dict[type[nodes.Node], Callable[[Any], Refusal | None]] = {
    nodes.Filter: _filter,
    nodes.Test: _test,
    nodes.Const: _constant,
    nodes.Compare: _compare,
    nodes.Operand: _operand,
    nodes.CondExpr: _conditional,
}
