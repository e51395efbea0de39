"""Rules as sentences."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from campaign.segments.rule import parse
from campaign.segments.wording import Names, describe
from tests.segments.rules import rules

HANOI = {"type": "attribute", "field": "province", "op": "is", "values": ["Hà Nội", "Huế"]}
VIP = {"type": "tag", "tag": "vip"}
IDLE = {"type": "orders", "measure": "count", "op": "at_most", "value": 0, "days": 90}
WEEK = {"type": "birthday", "days": 7}
SPENT = {"type": "orders", "measure": "sum", "op": "at_least", "value": 1_000_000, "product": "sen"}


@pytest.mark.parametrize(
    ("rule", "vietnamese", "english"),
    [
        (
            {"type": "and", "rules": [HANOI, VIP, IDLE]},
            "Khách hàng có tỉnh, thành phố là “Hà Nội” hoặc “Huế”, mang thẻ “vip” và chưa mua đơn nào"
            " trong 90 ngày qua.",
            "Customers who have “Hà Nội” or “Huế” as province or city, bear the tag “vip” and have bought"
            " nothing in the last 90 days.",
        ),
        (
            {"type": "or", "rules": [{"type": "and", "rules": [VIP, SPENT]}, WEEK]},
            "Khách hàng (mang thẻ “vip” và đã mua tổng cộng từ 1.000.000\xa0₫ trở lên"
            " sản phẩm có tên chứa “sen”)"
            " hoặc có sinh nhật trong 7 ngày tới.",
            "Customers who (bear the tag “vip” and have bought for ₫1,000,000 or more"
            " of products named like “sen”)"
            " or have their birthday within 7 days.",
        ),
        (
            {"type": "and", "rules": [
                {"type": "rfm", "r": [4, 5], "f": [5, 5]},
                {"type": "not", "rule": {"type": "rfm_group", "group": "cannot_lose", "currency": "USD"}},
            ]},
            "Khách hàng có điểm R từ 4 đến 5 và có điểm F là 5 và không thuộc số thuộc nhóm RFM"
            " “không thể để mất” (tính theo đơn bằng USD).",
            "Customers who have an R score from 4 to 5 and have F score 5 and are not among those who are in"
            " the RFM group “cannot lose” (by orders in USD).",
        ),
        (
            {"type": "and", "rules": [{"type": "tier", "tier": "a"}, {"type": "stage", "stage": "lapsing"}]},
            "Khách hàng thuộc hạng A (những người mua nhiều nhất, làm nên 80% doanh số)"
            " và sắp rời đi (mua lần cuối cách đây từ 181 đến 365 ngày).",
            "Customers who are in tier A (who buy most and make 80% of sales)"
            " and are about to lapse (last order 181 to 365 days ago).",
        ),
        ({"type": "and", "rules": []}, "Khách hàng bất kỳ.", "Customers who are in the book at all."),
        (
            {"type": "reachable", "channel": "letter", "purpose": "greeting", "sender_id": 3},
            "Khách hàng nhận được thư bưu điện chúc mừng của Trà Sen.",
            "Customers who can get greeting letters from Trà Sen.",
        ),
    ],
)  # fmt: skip
def test_sentences(rule: dict[str, Any], vietnamese: str, english: str) -> None:
    names = Names(senders={3: "Trà Sen"})
    assert describe(parse(rule), "vi", names) == vietnamese
    assert describe(parse(rule), "en", names) == english


@given(rules())
def test_every_rule_has_a_sentence_in_each_language(rule: Any) -> None:
    for language in ("vi", "en"):
        assert describe(rule, language).endswith(".")
