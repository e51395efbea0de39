"""A segment as a file: out and in again elsewhere; hostile files are refused with the place."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.models import Segment
from campaign.segments import parse
from campaign.segments.exchange import BYTES_LIMIT, BadFile, _loaded, read, text_of, write
from campaign.segments.rule import to_json
from tests.factories import make_account, make_segment, make_sender

VIP = {"type": "tag", "tag": "vip"}


def file(rule: Any = VIP, **more: Any) -> bytes:
    made = {"format": "campaign-segment", "version": 1, "name": "Khách quý", "rule": rule}
    return json.dumps(made | more).encode()


def test_numbers_are_those_of_the_house_that_reads(db: Session, now: datetime) -> None:
    old, _, account = make_sender(db, name="Cũ"), make_sender(db, name="Khác"), make_account(db)
    base = make_segment(db, name="Gốc", rule=VIP)
    rule = {"type": "and", "rules": [
        {"type": "reachable", "channel": "email", "purpose": "marketing", "sender_id": old.id},
        {"type": "not", "rule": {"type": "segment", "segment_id": base.id}},
        {"type": "attribute", "field": "owner", "op": "is", "values": [account.id]},
        {"type": "consent", "standing": "granted", "channel": "email", "purpose": "greeting", "sender_id": 0},
        {"type": "dated", "field": "created", "days": 0, "since": "2026-01-31"},
    ]}  # fmt: skip
    segment = make_segment(db, name="Khách quý", rule=rule)
    made = write(db, segment)
    assert made["names"] == {
        "senders": {str(old.id): "Cũ"}, "segments": {str(base.id): "Gốc"},
        "owners": {str(account.id): account.email},
    }  # fmt: skip
    assert read(db, text_of(made).encode()).rule == parse(rule)
    # the other house has the same sender under another number
    old.name = "Đã đổi"
    db.flush()
    other = make_sender(db, name="Cũ")
    again = to_json(read(db, text_of(made).encode()).rule)
    assert again["rules"][0]["sender_id"] == other.id
    other.name = "Lại đổi"
    db.flush()
    with pytest.raises(BadFile) as refused:
        read(db, text_of(made).encode())
    assert (refused.value.key, refused.value.place) == ("segjson-error-no-senders", "rule.rules[0].sender_id")


def nested(depth: int) -> bytes:
    return b'{"format":"campaign-segment","version":1,"rule":' + b'{"type":"not","rule":' * depth + b"1"


@pytest.mark.parametrize(
    ("raw", "key", "place"),
    [
        (b"", "segjson-error-syntax", "1:1"),
        (b'{"format":\n  oops}', "segjson-error-syntax", "2:3"),
        (b"\xff\xfe{", "segjson-error-encoding", ""),
        (b"[" * 200_000, "segjson-error-deep", ""),
        (nested(100_000), "segjson-error-deep", ""),
        (b" " * (BYTES_LIMIT + 1), "segjson-error-size", ""),
        (b"[]", "segjson-error-format", "format"),
        (b'{"format": "campaign-segment", "version": NaN}', "segjson-error-number", ""),
        (b'{"format": "campaign-segment", "version": ' + b"9" * 5000 + b"}", "segjson-error-number", ""),
        (b'{"format": "campaign-segment", "format": "x"}', "segjson-error-twice", "format"),
        (file(version=2), "segjson-error-version", "version"),
        (file(version=True), "segjson-error-version", "version"),
        (file(where="1=1"), "segjson-error-unknown", "where"),
        (file(name=7), "segjson-error-text", "name"),
        (file(name="x" * 121), "segjson-error-text", "name"),
        (file(names=[]), "segjson-error-names", "names"),
        (file(names={"tables": {}}), "segjson-error-unknown", "names.tables"),
        (file(names={"senders": {"1; DROP": "x"}}), "segjson-error-names", "names.senders.1; DROP"),
        (file(None), "segjson-error-rule", "rule.rule"),
        (file({"type": "sql", "where": "1=1"}), "segjson-error-rule", "rule.type"),
        (file({"type": "or", "rules": [VIP, {"type": "not", "rule": {"type": "tag", "tag": 7}}]}),
         "segjson-error-rule", "rule.rules[1].rule.tag"),
        (file({"type": "or", "rules": [{**VIP, "sql": "x"}]}), "segjson-error-rule", "rule.rules[0].sql"),
        (file({"type": "or", "rules": [VIP] * 10_000}), "segments-error-too-large", "rule"),
        (file({"type": "segment", "segment_id": 5}), "segjson-error-unnamed", "rule.segment_id"),
        (file({"type": "segment", "segment_id": 5}, names={"segments": {"5": "Không có"}}),
         "segjson-error-no-segments", "rule.segment_id"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place(db: Session, raw: bytes, key: str, place: str) -> None:
    with pytest.raises(BadFile) as refused:
        read(db, raw)
    assert (refused.value.key, refused.value.place) == (key, place)
    assert db.scalars(select(Segment)).all() == []


@given(st.binary() | st.text().map(str.encode))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    try:
        _loaded(raw)
    except BadFile:
        return
    json.loads(raw.decode("utf-8-sig"))
