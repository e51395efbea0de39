"""Reads Python and finds whatever writes, or may write, `state` of a delivery.

It knows no types, so it is strict: an UPDATE or INSERT of deliveries is a finding unless all that it sets
stands there by name and is not `state`; an assignment to any `.state` is one unless its value is plainly a
state of something else. Who has a good reason stands in the test's list.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

RAW = re.compile(r"\b(update|insert\s+(or\s+\w+\s+)?into|merge\s+into)\s+[\"'`]?delivery\b", re.IGNORECASE)
MAKERS = {"update", "insert"}
MODEL, STATES = "Delivery", "DeliveryState"


def writers(source: str) -> list[str]:
    """The statements, each as one line of source."""
    tree = ast.parse(source)
    names = _Names(tree)
    found = {node.lineno: node for node in _findings(tree, names)}
    return [" ".join(ast.unparse(node).split()) for _, node in sorted(found.items())]


class _Names:
    """By what names a module knows deliveries, and states of other things."""

    def __init__(self, tree: ast.Module) -> None:
        self.deliveries = {MODEL}
        self.others: set[str] = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                for one in node.names:
                    name = one.asname or one.name
                    if one.name == MODEL:
                        self.deliveries.add(name)
                    elif one.name.endswith("State") and one.name != STATES:
                        self.others.add(name)
        before = 0
        while before != len(self.deliveries):  # a name for a name for the model
            before = len(self.deliveries)
            for node in ast.walk(tree):
                if isinstance(node, ast.Assign | ast.AnnAssign) and self._is_the_table(node.value):
                    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                    self.deliveries |= {one.id for one in targets if isinstance(one, ast.Name)}

    def _is_the_table(self, node: ast.expr | None) -> bool:
        """`Delivery`, `Delivery.__table__`, `aliased(Delivery)`, `cast(Table, Delivery.__table__)`."""
        if isinstance(node, ast.Call):
            inner = getattr(node.func, "id", getattr(node.func, "attr", ""))
            return inner in ("aliased", "cast", "alias") and any(map(self._is_the_table, node.args))
        if isinstance(node, ast.Attribute) and node.attr == "__table__":
            node = node.value
        if isinstance(node, ast.Attribute):
            return node.attr == MODEL  # models.Delivery
        return isinstance(node, ast.Name) and node.id in self.deliveries

    def speaks_of_deliveries(self, node: ast.AST) -> bool:
        return any(
            (isinstance(one, ast.Name) and one.id in self.deliveries)
            or (isinstance(one, ast.Attribute) and one.attr == MODEL)
            for one in ast.walk(node)
        )

    def is_of_others(self, value: ast.expr | None) -> bool:
        return (
            isinstance(value, ast.Attribute)
            and isinstance(value.value, ast.Name)
            and value.value.id in self.others
        )


def _findings(tree: ast.Module, names: _Names) -> Iterator[ast.expr | ast.stmt]:
    harmless = {
        id(made)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and _sets_other_columns(node)
        for made in ast.walk(node)
    }
    with_model = any(isinstance(node, ast.Name) and node.id in names.deliveries for node in ast.walk(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and id(node) not in harmless and _writes(node, names, with_model):
            yield node
        elif isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            values = [value for target in targets for value in _states_given(target, node.value)]
            if not all(names.is_of_others(value) for value in values):
                yield node
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and RAW.search(node.value):
            yield node


def _states_given(target: ast.expr, value: ast.expr | None) -> Iterator[ast.expr | None]:
    """What `x.state` gets, alone or among others that are assigned together; None when that is not plain."""
    if isinstance(target, ast.Tuple | ast.List):
        plain = isinstance(value, ast.Tuple | ast.List) and len(value.elts) == len(target.elts)
        for place, one in enumerate(target.elts):
            yield from _states_given(one, value.elts[place] if plain else None)  # type: ignore[union-attr]
    elif isinstance(target, ast.Attribute) and target.attr == "state":
        yield value


def _sets_other_columns(node: ast.Call) -> bool:
    """`….values(place=1)`: everything by name, and no state among it."""
    return (
        isinstance(node.func, ast.Attribute)
        and node.func.attr == "values"
        and not node.args
        and bool(node.keywords)
        and all(one.arg not in (None, "state") for one in node.keywords)
    )


def _writes(node: ast.Call, names: _Names, with_model: bool) -> bool:
    function = node.func
    name = getattr(function, "id", getattr(function, "attr", ""))
    about_it = any(map(names.speaks_of_deliveries, node.args))
    if name in MAKERS and about_it:
        return True  # update(Delivery), sqlite.insert(Delivery.__table__)
    if isinstance(function, ast.Attribute) and name in MAKERS and names.speaks_of_deliveries(function.value):
        return True  # table.update(), db.query(Delivery).update(…)
    if name == "values" and isinstance(function, ast.Attribute) and (node.args or node.keywords):
        return _adds_state(node, function.value, names, with_model)
    if name.startswith("bulk_"):
        return about_it
    if name == "setattr" and len(node.args) > 1:
        column = node.args[1]
        # by a name that is known only when it runs, where a module has deliveries at hand
        return column.value == "state" if isinstance(column, ast.Constant) else with_model
    if name == MODEL or (isinstance(function, ast.Name) and function.id in names.deliveries):
        return any(one.arg in (None, "state") for one in node.keywords)  # Delivery(state=…)
    return False


def _adds_state(node: ast.Call, statement: ast.expr, names: _Names, with_model: bool) -> bool:
    """`….values(state=x)` upon another `values`, or upon a statement that was made before."""
    if names.speaks_of_deliveries(statement):
        return True
    made_here = any(
        isinstance(one, ast.Call) and getattr(one.func, "id", getattr(one.func, "attr", "")) in MAKERS
        for one in ast.walk(statement)
    )
    given = [one.value for one in node.keywords if one.arg == "state"]
    return not made_here and with_model and not all(map(names.is_of_others, given))
