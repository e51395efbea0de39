"""The last change of the editor taken back: the form carries the tree before it, as JSON.

`shown` is the tree of the last answer, `before` the one that undo brings back; undoing twice does it again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from campaign.segments.rule import DEPTH_LIMIT
from campaign.web.segments.draft import ALL, ANY, CHILD_LIMIT, Node
from campaign.web.segments.draft_leaf import PARTS

# a tree of a hundred conditions with long values is a tenth of it
TEXT_LIMIT = 200_000
VALUE_LIMIT = 2000


@dataclass(frozen=True)
class Undo:
    """Texts for the form; `before` is empty when there is nothing to take back."""

    shown: str
    before: str = ""


def follow(form: Mapping[str, str], root: Node) -> Undo:
    """What the next form carries, after this one became `root`."""
    now, shown = dump(root), form.get("shown", "")
    if shown and shown != now:
        return Undo(now, shown)
    return Undo(now, form.get("before", ""))


def back(form: Mapping[str, str]) -> Node | None:
    """The tree before the last change; None when there is none."""
    return _load(form.get("before", ""))


def dump(root: Node) -> str:
    """The tree in few letters; the same text for the same tree."""
    return json.dumps(_out(root), ensure_ascii=False, separators=(",", ":"))


def _out(node: Node) -> dict[str, Any]:
    if not node.group:
        kept = {part: node.given[part] for part in PARTS if node.given.get(part)}
        return {"w": node.what, "v": kept} | ({"n": 1} if node.negated else {})
    flags = {"n": node.negated, "any": node.join == ANY, "o": node.organisation}
    return {"g": [_out(child) for child in node.children]} | {key: 1 for key, on in flags.items() if on}


def _load(text: str) -> Node | None:
    if not text or len(text) > TEXT_LIMIT:
        return None
    try:
        return _in(json.loads(text), 0)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None  # not what we wrote: there is nothing to take back


def _in(said: dict[str, Any], depth: int) -> Node:
    negated = "n" in said
    if "g" not in said:
        given = {part: str(said["v"][part])[:VALUE_LIMIT] for part in PARTS if part in said["v"]}
        return Node(group=False, negated=negated, what=str(said["w"])[:VALUE_LIMIT], given=given)
    if depth > DEPTH_LIMIT:
        raise ValueError("too deep")
    children = [_in(child, depth + 1) for child in said["g"][:CHILD_LIMIT]]
    join = ANY if "any" in said else ALL
    return Node(group=True, negated=negated, join=join, organisation="o" in said, children=children)
