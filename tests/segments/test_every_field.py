"""A rule may ask about everything that a profile holds; what it may not is listed here with the reason."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.contacts.traits import TRAITS
from campaign.db import Database
from campaign.errors import InvalidInput
from campaign.models import Contact
from campaign.segments.columns import COLUMNS
from campaign.segments.compile import where
from campaign.segments.exchange import read, text_of, write
from campaign.segments.profile_sql import DAYS
from campaign.segments.rule import Attribute, Op, Rule, parse
from campaign.segments.wording import describe
from tests.conftest import NOW
from tests.factories import make_contact, make_segment

# other conditions ask about these
OTHERWISE = {
    "created_at": "dated", "updated_at": "dated", "custom": "custom", "province_key": "region",
}  # fmt: skip
# and these say nothing that a rule of today's customers could ask
NEVER = {
    "id": "a number of ours", "erased_at": "nobody erased is in a segment",
    "deceased_at": "nobody dead is in an audience", "died_on": "nobody dead is in an audience",
    "search_words": "names, codes and addresses again", "place_key": "name and address again",
    "satisfaction_said": "the same answer on the scale of who asked; scales do not compare",
}  # fmt: skip
# columns that a derived one stands for
STANDS_FOR = {"full_name": "name_key", "email": "email_key", "phone": "phone_key"}


def test_every_column_of_a_profile_can_be_asked_about() -> None:
    asked = {column.attribute for column in COLUMNS.values()} | set(DAYS.values())
    asked |= {name for name, derived in STANDS_FOR.items() if derived in asked}
    columns = {column.name for column in Contact.__table__.c}
    assert columns - asked - set(OTHERWISE) - set(NEVER) == set()
    assert {column.trait for column in COLUMNS.values() if column.trait} == set(TRAITS)


@pytest.mark.parametrize(
    "written", ["0912345678", "0912 345 678", "+84 912.345.678", "0084912345678", "912345678"]
)
def test_a_phone_number_is_found_in_any_writing(database: Database, written: str) -> None:
    with database.write() as db:
        make_contact(db, phone="+84 (912) 345-678")
        make_contact(db, phone="0912345679")
        assert _found(db, Attribute("phone", Op.IS, (written,))) == 1


def test_a_part_of_a_phone_number(database: Database) -> None:
    with database.write() as db:
        make_contact(db, phone="+84 (912) 345-678")
        assert _found(db, Attribute("phone", Op.CONTAINS, ("0912",))) == 1
        assert _found(db, Attribute("phone", Op.CONTAINS, ("5-678",))) == 1
        assert _found(db, Attribute("phone", Op.CONTAINS, ("none",))) == 0
        assert _found(db, Attribute("phone", Op.IS_NOT, ("none",))) == 1


def test_traits_as_a_marketer_asks_for_them(database: Database) -> None:
    with database.write() as db:
        known = {"household_size": "4", "interests": "trà đạo, cây cảnh", "values": "' OR 1=1"}
        make_contact(db, traits=known)
        make_contact(db, traits={"household_size": "khoảng 12"})
        make_contact(db)
        for rule, people in (
            ({"field": "trait_household_size", "op": "at_least", "values": [3]}, 1),
            ({"field": "trait_household_size", "op": "at_most", "values": [99]}, 1),
            ({"field": "trait_household_size", "op": "filled", "values": []}, 2),
            ({"field": "trait_interests", "op": "contains", "values": ["cây cảnh"]}, 1),
            ({"field": "trait_values", "op": "is", "values": ["' OR 1=1"]}, 1),
            ({"field": "trait_values", "op": "is_not", "values": ["' OR 1=1"]}, 2),
            ({"field": "trait_income", "op": "empty", "values": []}, 3),
        ):
            assert _found(db, parse({"type": "attribute", **rule})) == people, rule


def _found(db: Session, rule: Rule) -> int:
    return len(list(db.scalars(select(Contact.id).where(where(rule, NOW)))))


def test_a_trait_goes_into_a_file_and_comes_back(db: Session) -> None:
    rule = {"type": "and", "rules": [
        {"type": "attribute", "field": "trait_income", "op": "contains", "values": ["20–30"]},
        {"type": "attribute", "field": "trait_household_size", "op": "at_least", "values": [4]},
        {"type": "dated", "field": "left", "days": 90},
    ]}  # fmt: skip
    made = write(db, make_segment(db, name="Nhà đông", rule=rule))
    assert read(db, text_of(made).encode()).rule == parse(rule)
    assert describe(parse(rule), "vi") == (
        "Khách hàng có thu nhập chứa “20–30”, có số người trong nhà từ 4 trở lên"
        " và ngừng mua trong 90 ngày qua."
    )
    assert describe(parse(rule), "en") == (
        "Customers who have “20–30” in their income, have a number of people in the household of 4 or more"
        " and stopped buying in the last 90 days."
    )


@pytest.mark.parametrize(
    "given",
    [
        {"field": "traits", "op": "filled", "values": []},
        {"field": "trait_", "op": "filled", "values": []},
        {"field": "trait_shoe_size", "op": "filled", "values": []},
        {"field": "trait.income", "op": "filled", "values": []},
        {"field": "trait_household_size", "op": "contains", "values": ["4"]},
        {"field": "trait_household_size", "op": "is", "values": ["4"]},
        {"field": "trait_income", "op": "at_least", "values": [4]},
    ],
)
def test_what_is_no_trait_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        parse({"type": "attribute", **given})
