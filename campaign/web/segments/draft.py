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
from campaign.segments.columns import COLUMNS, Kind
from campaign.segments.places import InRegion, ProvinceToday
from campaign.segments.rule import Op, Rule

ROOT = "r"
# what a group asks of its conditions
ALL, ANY = "and", "or"
CHILD_LIMIT = 30
PARTS = ("op", "value", "days", "product", "channel", "purpose", "sender", "r", "f", "m", "currency")
# conditions that are one choice from a list: the name of its part in the rule
ONE_CHOICE = {
    "rfm_group": "group", "tier": "tier", "stage": "stage", "province_today": "province", "region": "region",
}  # fmt: skip

WITH_CURRENCY = frozenset({"rfm_group", "rfm", "tier"})


@dataclass
class Node:
    """A group (`children`) or a condition (`what` it is about, and the texts of its fields)."""

    group: bool
    negated: bool = False
    join: str = ALL
    organisation: bool = False
    """The group is about the organisation whose contact person somebody is."""
    children: list[Node] = field(default_factory=list)
    what: str = "attribute:province"
    """`attribute:COLUMN`, `custom:KEY`, `orders:MEASURE`, `tag`, `birthday` or `reachable`."""
    given: dict[str, str] = field(default_factory=dict)
    error: bool = False


def blank() -> Node:
    """What a new segment begins with."""
    return Node(group=True, children=[Node(group=False)])


def read(form: Mapping[str, str], path: str = ROOT, depth: int = 0) -> Node:
    """The tree in the form."""
    negated = form.get(f"{path}-negated") == "1"
    if form.get(f"{path}-group") != "1" or depth > rules.DEPTH_LIMIT:
        what = form.get(f"{path}-what", "attribute:province")
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
        inner = _leaf_json(node)
    return {"type": "not", "rule": inner} if node.negated else inner


def _leaf_json(node: Node) -> dict[str, Any]:
    kind, _, name = node.what.partition(":")
    given = node.given
    match kind:
        case "attribute" | "custom":
            return _comparison(kind, name, given)
        case "tag":
            return {"type": "tag", "tag": given.get("value", "")}
        case "birthday":
            return {"type": "birthday", "days": number(given.get("days", ""))}
        case "reachable":
            sender = number(given.get("sender", ""))
            return {
                "type": kind,
                "channel": given["channel"],
                "purpose": given["purpose"],
                "sender_id": sender,
            }
        case "orders":
            return {
                "type": kind, "measure": name, "op": given.get("op"), "value": number(given.get("value", "")),
                "days": number(given.get("days", "") or "0"), "product": given.get("product", ""),
                "channel": given.get("channel", ""),
            }  # fmt: skip
    return {"type": kind, **_value_json(kind, given)}


def _value_json(kind: str, given: Mapping[str, str]) -> dict[str, Any]:
    """RFM scores, group, tier or stage; the editor asks for no currency, and keeps the one of the rule."""
    made: dict[str, Any] = {}
    if kind in ONE_CHOICE:
        made[ONE_CHOICE[kind]] = given.get("value", "")
    elif kind == "rfm":
        made = {letter: [number(end) for end in (given.get(letter) or "1-5").split("-")] for letter in "rfm"}
    if made and kind in WITH_CURRENCY and given.get("currency"):
        made["currency"] = given["currency"]
    return made


def _comparison(kind: str, name: str, given: Mapping[str, str]) -> dict[str, Any]:
    op = given.get("op", "")
    made: dict[str, Any] = {
        "type": kind,
        "key" if kind == "custom" else "field": name,
        "op": op,
        "values": [],
    }
    if op in rules.WITHOUT_VALUE:
        return made
    texts = [text.strip() for text in given.get("value", "").split(";") if text.strip()]
    numeric = kind == "attribute" and name in COLUMNS and COLUMNS[name].kind is Kind.NUMBER
    made["values"] = [number(text) for text in texts] if numeric else texts
    return made


def number(text: str) -> int | str:
    """A number as people write it (`1.000.000`), or the text, which the rule then refuses."""
    digits = text.replace(".", "").replace(",", "").replace(" ", "").replace("₫", "")
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 19 else text


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
    return Node(group=False, what=_what(rule), given=_texts(rule))


def _what(rule: Rule) -> str:
    match rule:
        case rules.Attribute(name):
            return f"attribute:{name}"
        case rules.Custom(key):
            return f"custom:{key}"
        case rules.Orders(measure):
            return f"orders:{measure.value}"
    return rules.type_of(rule)


def _texts(rule: Rule) -> dict[str, str]:
    facts = {name: value for name, value in vars(rule).items() if name not in ("field", "key", "measure")}
    texts = {name: str(getattr(value, "value", value)) for name, value in facts.items()}
    match rule:
        case rules.Attribute() | rules.Custom():
            texts["value"] = "; ".join(str(value) for value in rule.values)
        case rules.Tag(tag):
            texts["value"] = tag
        case rules.RfmGroup() | rules.SalesTier() | rules.LifeStage() | ProvinceToday() | InRegion():
            texts["value"] = str(facts[ONE_CHOICE[rules.type_of(rule)]])
        case rules.Rfm():
            texts |= {letter: "-".join(map(str, facts[letter])) for letter in "rfm"}
        case rules.Reachable():
            texts["sender"] = str(rule.sender_id)
        case rules.Orders():
            texts["days"] = str(rule.days or "")
    return texts


def ops_of(what: str) -> tuple[str, ...]:
    """The comparisons that a condition offers, in the order of the list."""
    kind, _, name = what.partition(":")
    if kind == "orders":
        return (Op.AT_LEAST.value, Op.AT_MOST.value)
    if kind == "custom":
        allowed = rules.TEXT_OPS
    elif kind == "attribute" and name in COLUMNS:
        allowed = rules.OPS[COLUMNS[name].kind]
    else:
        return ()
    return tuple(op.value for op in Op if op in allowed)
