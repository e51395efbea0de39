"""The typed document: what is read, what is refused, what changed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.compose import difference, document
from campaign.compose.document import Block, Document, Offer, Part
from campaign.errors import InvalidInput
from campaign.i18n import has


def _with(*blocks: dict[str, Any]) -> dict[str, Any]:
    return {"schema": 1, "blocks": list(blocks)}


def test_the_empty_document_has_every_part_once_and_survives_json() -> None:
    made = document.empty()
    assert [block.part for block in made.blocks] == list(Part)
    assert document.from_json(json.loads(json.dumps(document.to_json(made)))) == made
    assert made.in_reading_order() == ()


def test_text_is_cleaned_as_it_comes_from_pasting() -> None:
    body = {"id": "b1", "part": "body", "text": "Kính\r\nchào\x00 e\u0302\u0301\x0bhết"}
    subject = {"id": "s", "part": "subject", "text": "Ưu đãi\r\nBcc: x@example.com"}
    read = document.from_json(_with(body, subject))
    assert read.text(Part.BODY) == "Kính\nchào ế\nhết"
    assert read.text(Part.SUBJECT) == "Ưu đãi Bcc: x@example.com"


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (None, "compose-error-schema"),
        ({"schema": 2, "blocks": []}, "compose-error-schema"),
        ({"schema": 1, "blocks": [], "extra": 1}, "compose-error-schema"),
        ({"schema": 1, "blocks": {}}, "compose-error-blocks"),
        (_with(*[{"id": f"b{n}", "part": "body"} for n in range(61)]), "compose-error-blocks"),
        (_with({"id": "b1", "part": "footer", "text": ""}), "compose-error-part"),
        (_with({"id": "b1", "part": "body", "url": "https://example.com"}), "compose-error-part"),
        (_with({"id": "b1", "part": ["body"]}), "compose-error-part"),
        (_with({"id": "b 1", "part": "body"}), "compose-error-id"),
        (_with({"id": "", "part": "body"}), "compose-error-id"),
        (_with({"id": "b1", "part": "body", "text": 7}), "compose-error-text"),
        (_with({"id": "b1", "part": "subject", "text": "x" * 251}), "compose-error-too-long"),
        (_with({"id": "b1", "part": "offer", "facts": {"colour": "red"}}), "compose-error-part"),
        (_with({"id": "b1", "part": "body"}, {"id": "b1", "part": "hook"}), "compose-error-duplicate-id"),
        (_with({"id": "b1", "part": "hook"}, {"id": "b2", "part": "hook"}), "compose-error-duplicate-part"),
    ],
)
def test_what_is_not_a_document_is_refused_with_a_sentence(data: object, key: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        document.from_json(data)
    assert caught.value.key == key
    assert has("vi", key)
    assert has("en", key)


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
_blocks = st.lists(
    st.fixed_dictionaries(
        {"id": st.text("ab1-", max_size=3), "part": st.sampled_from([*Part, "x"])},
        optional={"text": st.text(max_size=30) | _json, "url": _json, "facts": _json, "keep_breaks": _json},
    ),
    max_size=4,
)


@given(_blocks)
def test_whatever_comes_is_read_or_refused_and_reading_settles(blocks: list[dict[str, Any]]) -> None:
    try:
        read = document.from_json({"schema": 1, "blocks": blocks})
    except InvalidInput:
        return
    assert document.from_json(document.to_json(read)) == read
    json.dumps(document.to_json(read)).encode()


def test_an_offer_counts_as_written_when_it_has_a_fact() -> None:
    blank, filled = Block("o", Part.OFFER), Block("o", Part.OFFER, facts=Offer(price="190.000đ"))
    assert Document((blank,)).first(Part.OFFER) is None
    assert Document((filled,)).first(Part.OFFER) == filled


def test_changed_parts_and_words() -> None:
    old = Document((Block("s", Part.SUBJECT, "Giảm 10% trà sen"), Block("b", Part.BODY, "Một")))
    new = Document(
        (Block("s", Part.SUBJECT, "Giảm 15% trà sen"), Block("b", Part.BODY, "Một"), Block("c", Part.CLOSING))
    )
    assert difference.changed_parts(old, new) == [Part.SUBJECT]
    changes = difference.words("Giảm 10% trà sen", "Giảm 15% trà sen")
    assert [(c.old, c.new) for c in changes if c.old != c.new] == [("10%", "15%")]
    assert "".join(c.new for c in changes) == "Giảm 15% trà sen"
    assert [block_id for block_id, _, _ in difference.blocks(old, new)] == ["s", "c"]
