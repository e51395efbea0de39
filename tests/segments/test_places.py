"""Segments by the map of today: addresses of both kinds are found, and none is rewritten."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.db import Database
from campaign.errors import InvalidInput
from campaign.models import Contact
from campaign.segments import parse, to_json, where
from campaign.segments.exam.walking import deciding
from campaign.segments.wording import describe
from campaign.web.segments import draft
from tests.factories import make_contact

NOW = datetime(2026, 11, 26, tzinfo=UTC)


def people(db: Session, **rule: Any) -> set[str]:
    return set(db.scalars(select(Contact.province).where(where(parse(rule), NOW))))


def test_old_and_new_writings_of_one_province_are_found_together(database: Database) -> None:
    with database.write() as db:
        for province in ("Bình Dương", "TP. Hồ Chí Minh", "BRVT", "Hà Nội", "Bien Hoa", "Đắk Nông", "Cà Mau"):
            make_contact(
                db, province=province, district="TP. Thủ Dầu Một" if province == "Bình Dương" else ""
            )
        make_contact(db, province="Hà Nội", country="DE")  # a restaurant's name in Berlin, or a mistake
        city = {"Bình Dương", "TP. Hồ Chí Minh", "BRVT"}
        assert people(db, type="province_today", province="ho-chi-minh") == city
        assert people(db, type="region", region="southeast") == city
        assert people(db, type="region", region="south") == {*city, "Cà Mau"}
        assert people(db, type="region", region="centre") == {"Đắk Nông"}
        assert people(db, type="province_today", province="ha-noi") == {"Hà Nội"}
        in_germany = select(Contact.id).where(Contact.country == "DE", Contact.province_key != "")
        assert db.scalars(in_germany).all() == []
        # everybody else, those whose province nobody knows among them
        rest = people(db, type="not", rule={"type": "region", "region": "south"})
        assert rest == {"Hà Nội", "Bien Hoa", "Đắk Nông"}


@pytest.mark.parametrize(
    "rule",
    [
        {"type": "province_today", "province": "binh-duong"},  # gone: nothing of today is called that
        {"type": "province_today", "province": ""},
        {"type": "province_today"},
        {"type": "province_today", "province": "ha-noi", "x": 1},
        {"type": "region", "region": "' OR 1=1 --"},
        {"type": "region", "region": ["north"]},
    ],
)
def test_only_places_of_today_are_taken(rule: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        parse(rule)


def test_sentences() -> None:
    rule = parse({"type": "and", "rules": [
        {"type": "province_today", "province": "ho-chi-minh"}, {"type": "region", "region": "mekong-delta"},
    ]})  # fmt: skip
    assert describe(rule, "vi") == (
        "Khách hàng ở Thành phố Hồ Chí Minh theo địa giới từ tháng 7/2025 và ở đồng bằng sông Cửu Long."
    )
    assert describe(rule, "en") == (
        "Customers who live in Thành phố Hồ Chí Minh as its borders are since July 2025 and live in the"
        " Mekong Delta."
    )


@pytest.mark.parametrize(
    "leaf", [{"type": "province_today", "province": "hue"}, {"type": "region", "region": "north"}]
)
def test_the_editor_and_json_keep_them(leaf: dict[str, Any]) -> None:
    rule = parse({"type": "and", "rules": [leaf]})
    assert parse(to_json(rule)) == rule
    assert draft.to_rule(draft.of_rule(rule)) == rule


def test_the_exam_knows_what_decides() -> None:
    assert [field.name for field in deciding(parse({"type": "region", "region": "north"}))] == ["province"]
