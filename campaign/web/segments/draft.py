"""A rule while it is being edited: a tree of groups and conditions that need not be complete yet.

The whole tree travels in the form, each node under its path (`r`, `r.0`, `r.0.1` ...), so that the editor
works by plain submit buttons; a button's value says what to do to which node: `add:r.0`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from campaign.errors import InvalidInput
from campaign.segments import rule as rules
from campaign.segments.rule import Rule
from campaign.web.segments.draft_leaf import PARTS, is_known, leaf_json, ops_of, texts_of, what_of

__all__ = ["Node", "act", "blank", "of_rule", "ops_of", "read", "to_rule"]

ROOT = "r"
# what a group asks of its conditions
ALL, ANY = "and", "or"
CHILD_LIMIT = 30
# what a new condition is about
BLANK = "attribute:province"


@dataclass
class Node:
    """A group (`children`) or a condition (`what` it is about, and the texts of its fields)."""

    group: bool
    negated: bool = False
    join: str = ALL
    organisation: bool = False
    """The group is about the organisation whose contact person somebody is."""
    children: list[Node] = field(default_factory=list)
    what: str = BLANK
    """`attribute:COLUMN`, `custom:KEY`, `orders:MEASURE`, `mail:ACT`, `tag` ...: see `draft_leaf`."""
    given: dict[str, str] = field(default_factory=dict)
    error: bool = False


def blank() -> Node:
    """What a new segment begins with."""
    return Node(group=True, children=[Node(group=False)])


def read(form: Mapping[str, str], path: str = ROOT, depth: int = 0) -> Node:
    """The tree in the form."""
    negated = form.get(f"{path}-negated") == "1"
    if form.get(f"{path}-group") != "1" or depth > rules.DEPTH_LIMIT:
        what = form.get(f"{path}-what", BLANK)
        if not is_known(what):
            what = BLANK
        given = {part: form.get(f"{path}-{part}", "").strip() for part in PARTS}
        if form.get(f"{path}-was", what) != what:
            given = {}  # the fields still belong to what the condition was about before
        return Node(group=False, negated=negated, what=what, given=given)
    number = form.get(f"{path}-children", "0")
    count = min(int(number) if number.isdecimal() else 0, CHILD_LIMIT)
    return Node(
        group=True,
        negated=negated,
        join=ANY if form.get(f"{path}-join") == ANY else ALL,
        organisation=form.get(f"{path}-organisation") == "1",
        children=[read(form, f"{path}.{place}", depth + 1) for place in range(count)],
    )


def act(root: Node, action: str) -> Node:
    """Do what a button says: `add`, `group`, `organisation` into a group; `remove` a node."""
    word, _, path = action.partition(":")
    places = [int(part) for part in path.split(".")[1:] if part.isdecimal()]
    if word == "remove":
        parent = _at(root, places[:-1])
        if parent is not None and places and places[-1] < len(parent.children):
            del parent.children[places[-1]]
        return root
    target = _at(root, places)
    if target is not None and target.group and len(target.children) < CHILD_LIMIT:
        if word == "add":
            target.children.append(Node(group=False))
        elif word in ("group", "organisation"):
            inner = Node(group=True, children=[Node(group=False)], organisation=word == "organisation")
            inner.join = ANY if target.join == ALL and word == "group" else ALL
            target.children.append(inner)
    return root


def _at(root: Node, places: list[int]) -> Node | None:
    node = root
    for place in places:
        if place >= len(node.children):
            return None
        node = node.children[place]
    return node


def to_rule(node: Node) -> Rule:
    """The rule; InvalidInput when a condition is not complete, and its node is marked."""
    unfinished = [leaf for leaf in _leaves(node) if not _check(leaf)]
    if unfinished:
        raise InvalidInput("segments-error-unfinished", conditions=len(unfinished))
    return rules.parse(_json(node))


def _leaves(node: Node) -> list[Node]:
    if not node.group:
        return [node]
    return [leaf for child in node.children for leaf in _leaves(child)]


def _check(leaf: Node) -> bool:
    try:
        rules.parse(_json(leaf))
    except InvalidInput:
        leaf.error = True
    return not leaf.error


def _json(node: Node) -> dict[str, Any]:
    if node.group:
        inner: dict[str, Any] = {"type": node.join, "rules": [_json(child) for child in node.children]}
        if node.organisation:
            inner = {"type": "contact_person_of", "rule": inner}
    else:
        inner = leaf_json(node.what, node.given)
    return {"type": "not", "rule": inner} if node.negated else inner


def of_rule(rule: Rule) -> Node:
    """The tree for the editor; the root is always a group."""
    node = _of(rule)
    return node if node.group and not node.organisation else Node(group=True, children=[node])


def _of(rule: Rule) -> Node:
    match rule:
        case rules.Not(inner):
            node = _of(inner)
            if not node.negated:
                node.negated = True
                return node
            return Node(group=True, negated=True, children=[node])
        case rules.ContactPersonOf(inner):
            node = _of(inner)
            if node.group and not node.negated and not node.organisation:
                node.organisation = True
                return node
            return Node(group=True, organisation=True, children=[node])
        case rules.And(parts) | rules.Or(parts):
            join = ALL if isinstance(rule, rules.And) else ANY
            return Node(group=True, join=join, children=[_of(part) for part in parts])
    return Node(group=False, what=what_of(rule), given=texts_of(rule))
