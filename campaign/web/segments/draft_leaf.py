"""One condition of the editor: the texts of its fields, and the JSON that they say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from campaign.contacts.dates import parse_date
from campaign.errors import InvalidInput
from campaign.segments import rule as rules
from campaign.segments.columns import COLUMNS, Kind
from campaign.segments.house_tiers import Scheme, scheme_of
from campaign.segments.period import Timed
from campaign.segments.rule import Op, Rule

PARTS = (
    "op", "value", "days", "product", "channel", "purpose", "sender", "r", "f", "m", "currency", "when",
    "older", "since", "until", "campaign", "standing", "created",
)  # fmt: skip
# conditions that are one choice from a list: the name of its part in the rule
ONE_CHOICE = {
    "rfm_group": "group", "tier": "tier", "stage": "stage", "house_tier": "tier",
    "province_today": "province", "region": "region",
}  # fmt: skip
WITH_CURRENCY = frozenset({"rfm_group", "rfm", "tier"})
Given = Mapping[str, str]


def leaf_json(what: str, given: Given) -> dict[str, Any]:
    """What the rule is read from; what is missing or wrong in it, the rule refuses."""
    kind, _, name = what.partition(":")
    if kind in ONE_CHOICE or kind == "rfm":
        return {"type": kind, **_value_json(kind, given)}
    if kind not in _MAKERS:
        return {"type": kind}
    return _MAKERS[kind](name, given)


# what these are about is one of a few words
_NAMES: dict[str, frozenset[str]] = {
    "orders": frozenset(rules.Measure), "order_day": frozenset(rules.Which), "mail": frozenset(rules.Act),
    "dated": frozenset(rules.DatedField), "house_tier": frozenset(Scheme),
}  # fmt: skip


def is_known(what: str) -> bool:
    """Whether the editor has a condition of that name; a form may say anything."""
    kind, _, name = what.partition(":")
    return name in _NAMES[kind] if kind in _NAMES else True


def _value_json(kind: str, given: Given) -> dict[str, Any]:
    """RFM scores, group, tier or stage; the editor asks for no currency, and keeps the one of the rule."""
    if kind in ONE_CHOICE:
        made: dict[str, Any] = {ONE_CHOICE[kind]: given.get("value", "")}
    else:
        made = {letter: [number(end) for end in (given.get(letter) or "1-5").split("-")] for letter in "rfm"}
    if kind in WITH_CURRENCY and given.get("currency"):
        made["currency"] = given["currency"]
    return made


def _comparison(kind: str, name: str, given: Given) -> dict[str, Any]:
    op = given.get("op", "")
    key = "key" if kind == "custom" else "field"
    made: dict[str, Any] = {"type": kind, key: name, "op": op, "values": []}
    if op in rules.WITHOUT_VALUE:
        return made
    texts = [text.strip() for text in given.get("value", "").split(";") if text.strip()]
    numeric = kind == "attribute" and name in COLUMNS and COLUMNS[name].kind is Kind.NUMBER
    made["values"] = [number(text) for text in texts] if numeric else texts
    return made


def _orders(name: str, given: Given) -> dict[str, Any]:
    return {
        "type": "orders", "measure": name, "op": given.get("op"), "value": number(given.get("value", "")),
        "product": given.get("product", ""), "channel": given.get("channel", ""),
        "currency": given.get("currency") or "VND", **_period(given),
    }  # fmt: skip


def _order_day(name: str, given: Given) -> dict[str, Any]:
    named = {part: given.get(part, "") for part in ("product", "channel")}
    return {"type": "order_day", "which": name, **named, **_period(given)}


def _mail(name: str, given: Given) -> dict[str, Any]:
    return {
        "type": "engagement", "act": name, "channel": given.get("channel", ""),
        "campaign_id": number(given.get("campaign") or "0"), **_period(given),
    }  # fmt: skip


def _consent(_name: str, given: Given) -> dict[str, Any]:
    return {
        "type": "consent", "standing": given.get("standing"), "channel": given.get("channel"),
        "purpose": given.get("purpose"), "sender_id": number(given.get("sender") or "0"),
    }  # fmt: skip


def _reachable(_name: str, given: Given) -> dict[str, Any]:
    return {
        "type": "reachable", "channel": given.get("channel"), "purpose": given.get("purpose"),
        "sender_id": number(given.get("sender", "")),
    }  # fmt: skip


def _imported(_name: str, given: Given) -> dict[str, Any]:
    return {
        "type": "imported", "import_id": number(given.get("value") or "0"),
        "created": given.get("created") == "1",
    }  # fmt: skip


_MAKERS: dict[str, Callable[[str, Given], dict[str, Any]]] = {
    "attribute": lambda name, given: _comparison("attribute", name, given),
    "custom": lambda name, given: _comparison("custom", name, given),
    "tag": lambda _, given: {"type": "tag", "tag": given.get("value", "")},
    "birthday": lambda _, given: {"type": "birthday", "days": number(given.get("days", ""))},
    "segment": lambda _, given: {"type": "segment", "segment_id": number(given.get("value", ""))},
    "dated": lambda name, given: {"type": "dated", "field": name, **_period(given)},
    "reachable": _reachable, "consent": _consent, "imported": _imported,
    "orders": _orders, "order_day": _order_day, "mail": _mail,
}  # fmt: skip


def _period(given: Given) -> dict[str, Any]:
    """The parts of a period that `when` chose."""
    days, older = number(given.get("days") or "0"), number(given.get("older") or "0")
    match given.get("when") or "last":
        case "ever":
            return {}
        case "last":
            return {"days": days}
        case "older":
            # nothing typed is not finished, where "the last days" without a number means ever
            return {"older_than": older or ""}
        case "between":
            return {"days": days or "", "older_than": older or ""}
        case _:
            return {name: _day(given.get(name, "")) for name in ("since", "until") if given.get(name)}


def _day(text: str) -> str:
    """As the rule reads it; a text that is no day is left, and refused there."""
    try:
        return parse_date("day", text).isoformat()
    except InvalidInput:
        return text


def number(text: str) -> int | str:
    """A number as people write it (`1.000.000`), or the text, which the rule then refuses."""
    digits = text.replace(".", "").replace(",", "").replace(" ", "").replace("₫", "")
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 19 else text


def what_of(rule: Rule) -> str:
    """What the condition is about, as the list of the editor names it."""
    match rule:
        case rules.Attribute(name):
            return f"attribute:{name}"
        case rules.Custom(key):
            return f"custom:{key}"
        case rules.Orders():
            return f"orders:{rule.measure}"
        case rules.OrderDay():
            return f"order_day:{rule.which}"
        case rules.Engagement():
            return f"mail:{rule.act}"
        case rules.Dated():
            return f"dated:{rule.field}"
        case rules.HouseTier(tier):
            return f"house_tier:{scheme_of(tier)}"
    return rules.type_of(rule)


def texts_of(rule: Rule) -> dict[str, str]:
    """The texts of its fields."""
    facts = rules.to_json(rule)
    texts = {name: str(value) for name, value in facts.items() if name in PARTS and isinstance(value, str)}
    if isinstance(rule, Timed):
        texts |= _period_texts(rule)
    return texts | _own_texts(rule, facts)


def _own_texts(rule: Rule, facts: Mapping[str, Any]) -> dict[str, str]:
    match rule:
        case rules.Attribute() | rules.Custom():
            return {"value": "; ".join(str(value) for value in rule.values)}
        case rules.Birthday(days):
            return {"days": str(days)}
        case rules.Rfm():
            return {letter: "-".join(map(str, facts[letter])) for letter in "rfm"}
        case rules.Reachable() | rules.Consented():
            return {"sender": str(rule.sender_id or "")}
        case rules.Engagement():
            return {"campaign": str(rule.campaign_id or "")}
        case rules.Imported(import_id, created):
            return {"value": str(import_id or ""), "created": "1" if created else ""}
    kind = rules.type_of(rule)
    part = {**ONE_CHOICE, "tag": "tag", "orders": "value", "segment": "segment_id"}.get(kind)
    return {"value": str(facts[part])} if part else {}


def _period_texts(rule: Timed) -> dict[str, str]:
    texts = {"days": str(rule.days or ""), "older": str(rule.older_than or "")}
    texts |= {"since": _shown(rule.since), "until": _shown(rule.until)}
    if rule.since or rule.until:
        texts["when"] = "dates"
    elif rule.older_than:
        texts["when"] = "between" if rule.days else "older"
    else:
        texts["when"] = "last" if rule.days else "ever"
    return texts


def _shown(day: date | None) -> str:
    return day.strftime("%d/%m/%Y") if day else ""


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
