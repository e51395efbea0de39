"""Reading a rule: what fits, and that nothing else does."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.errors import InvalidInput
from campaign.segments.rule import And, Attribute, Not, Op, Orders, Tag, parse, to_json
from tests.segments.rules import rules


def test_a_rule_is_read_into_its_tree() -> None:
    assert parse(
        {
            "type": "and",
            "rules": [
                {"type": "attribute", "field": "province", "op": "is", "values": ["Hà Nội"]},
                {"type": "not", "rule": {"type": "tag", "tag": "vip"}},
            ],
        }
    ) == And((Attribute("province", Op.IS, ("Hà Nội",)), Not(Tag("vip"))))


def test_what_is_left_out_has_its_default() -> None:
    found = parse({"type": "orders", "measure": "count", "op": "at_least", "value": 2})
    assert isinstance(found, Orders)
    assert (found.days, found.product, found.channel, found.currency) == (0, "", "", "VND")


@pytest.mark.parametrize(
    "bad",
    [
        None, [], "and", 7, {}, {"type": "or"}, {"type": "and", "rules": "x"},
        {"type": "sql", "where": "1=1"},
        {"type": ["and"]}, {"type": "not", "rule": None}, {"type": "tag", "tag": ""},
        {"type": "tag", "tag": "x", "extra": 1}, {"type": "tag", "tag": "x" * 201},
        {"type": "attribute", "field": "note; DROP TABLE contact", "op": "is", "values": ["x"]},
        {"type": "attribute", "field": "password_hash", "op": "is", "values": ["x"]},
        {"type": "attribute", "field": "province", "op": "is", "values": []},
        {"type": "attribute", "field": "province", "op": "is", "values": ["x"] * 51},
        {"type": "attribute", "field": "province", "op": "empty", "values": ["x"]},
        {"type": "attribute", "field": "province", "op": "at_least", "values": ["x"]},
        {"type": "attribute", "field": "birth_year", "op": "is", "values": ["1990"]},
        {"type": "attribute", "field": "birth_year", "op": "at_least", "values": [1, 2]},
        {"type": "attribute", "field": "birth_year", "op": "at_least", "values": [2**31]},
        {"type": "attribute", "field": "kind", "op": "is", "values": ["robot"]},
        {"type": "custom", "key": "a') OR 1=1 --", "op": "is", "values": ["x"]},
        {"type": "orders", "measure": "sum", "op": "at_least", "value": 10**16},
        {"type": "orders", "measure": "sum", "op": "at_least", "value": True},
        {"type": "orders", "measure": "sum", "op": "at_least", "value": 1, "currency": "đồng"},
        {"type": "birthday", "days": 61}, {"type": "birthday", "days": -1}, {"type": "birthday", "days": 1.5},
        {"type": "rfm", "r": [0, 5]}, {"type": "rfm", "r": [4, 3]}, {"type": "rfm", "f": [1]},
        {"type": "rfm", "m": "1-5"}, {"type": "rfm", "m": [1, True]}, {"type": "rfm", "currency": "đ"},
        {"type": "rfm_group", "group": "vip"}, {"type": "tier", "tier": "A"}, {"type": "stage", "stage": ""},
        {"type": "stage", "stage": "new", "currency": "VND"},
        {"type": "reachable", "channel": "fax", "purpose": "marketing", "sender_id": 1},
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(bad: Any) -> None:
    with pytest.raises(InvalidInput):
        parse(bad)


def test_too_deep_and_too_many_are_refused() -> None:
    deep: dict[str, Any] = {"type": "tag", "tag": "x"}
    for _ in range(2000):
        deep = {"type": "not", "rule": deep}
    for large in (deep, {"type": "or", "rules": [{"type": "tag", "tag": "x"}] * 200}):
        with pytest.raises(InvalidInput) as refused:
            parse(large)
        assert refused.value.key == "segments-error-too-large"


@given(rules())
def test_a_rule_survives_its_json(rule: Any) -> None:
    assert parse(to_json(rule)) == rule


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_any_json_is_read_or_refused(given_json: Any) -> None:
    try:
        parse(given_json)
    except InvalidInput:
        return
    raise AssertionError("read a rule out of noise")
