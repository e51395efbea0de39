"""Profiles: facts with their history."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from sqlalchemy.orm import Session

from campaign.contacts import profile
from campaign.errors import InvalidInput
from campaign.models import BirthCalendar, ContactKind
from tests.factories import make_account, make_contact, make_organisation


def test_a_new_profile_has_a_code_a_key_and_its_given_name(db: Session) -> None:
    contact = make_contact(db, full_name="  Đặng  Thị\tỄn ")
    assert contact.full_name == "Đặng Thị Ễn"
    assert contact.name_key == "dang thi en"
    assert contact.given_name == "Ễn"
    assert contact.code == f"KH{contact.id:06d}"


def test_a_code_that_another_has_is_refused_and_ours_steps_aside(db: Session) -> None:
    first = make_contact(db)
    taken = f"KH{first.id + 2:06d}"
    make_contact(db, code=taken)
    assert make_contact(db).code not in (first.code, taken)
    with pytest.raises(InvalidInput) as refused:
        make_contact(db, code=taken)
    assert refused.value.field == "code"


def test_each_changed_fact_is_recorded_once_with_source_and_person(db: Session, now: datetime) -> None:
    care = make_account(db)
    contact = make_contact(db, phone="0901 234 567", tags=["vip"])
    changed = profile.change(
        db, contact, {"phone": "0901 234 568", "province": "Hà Nội", "tags": ["vip", "trà xanh"]},
        source="form", now=now, account=care,
    )  # fmt: skip
    assert changed == ["phone", "tags"]
    newest = profile.history(db, contact)[:2]
    assert {(row.field, row.old, row.new) for row in newest} == {
        ("phone", "0901 234 567", "0901 234 568"),
        ("tags", "vip", "trà xanh, vip"),
    }
    assert {(row.source, row.account_id) for row in newest} == {("form", care.id)}
    assert contact.tags == ["trà xanh", "vip"]
    assert profile.change(db, contact, {"phone": "0901 234 568"}, source="form", now=now) == []


def test_texts_become_values(db: Session) -> None:
    contact = make_contact(
        db, birth_day="15", birth_month="8", birth_year="1970", birth_calendar="âm lịch", country="Việt Nam",
        kind="cá nhân", language="Tiếng Việt", founded_on="",
    )  # fmt: skip
    assert (contact.birth_day, contact.birth_month, contact.birth_year) == (15, 8, 1970)
    assert contact.birth_calendar is BirthCalendar.LUNAR
    assert (contact.country, contact.kind, contact.language) == ("VN", ContactKind.PERSON, "vi")
    assert make_organisation(db, founded_on="20/11/1999").founded_on == date(1999, 11, 20)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("full_name", " "), ("email", "không phải"), ("phone", "gọi sau"), ("country", "Atlantis"),
        ("language", "fr"), ("time_zone", "Hanoi"), ("birth_day", "0"), ("birth_month", "13"),
        ("birth_year", "1066"), ("founded_on", "31/02/2020"), ("street", "x" * 201), ("kind", "robot"),
        ("tags", ["x" * 61]), ("colour", "blue"), ("organisation_id", 999_999), ("custom", {"unknown": "x"}),
    ],
)  # fmt: skip
def test_a_fact_that_will_not_do_names_its_field(db: Session, field: str, value: object) -> None:
    with pytest.raises(InvalidInput) as refused:
        make_contact(db, **{field: value})
    assert (refused.value.field or "").split(".")[0] == field


@pytest.mark.parametrize(
    ("day", "month", "calendar", "fine"),
    [(29, 2, "solar", True), (30, 2, "solar", False), (30, 2, "lunar", True), (31, 1, "lunar", False),
     (31, 4, "solar", False), (5, None, "solar", False), (None, 5, "solar", False),
     (None, None, "lunar", True)],
)  # fmt: skip
def test_birthdays_of_both_calendars(
    db: Session, day: object, month: object, calendar: str, fine: bool
) -> None:
    facts = {"birth_day": day, "birth_month": month, "birth_calendar": calendar}
    if fine:
        make_contact(db, **facts)
    else:
        with pytest.raises(InvalidInput):
            make_contact(db, **facts)


def test_a_name_cannot_carry_a_line_break(db: Session) -> None:
    assert make_contact(db, full_name="Lan\r\nBcc: x@example.com").full_name == "Lan Bcc: x@example.com"


def test_when_the_organisation_moves_its_people_can_be_written_to_there(db: Session, now: datetime) -> None:
    hotel = make_organisation(db)
    person = make_contact(db, street="", province="", ward="", organisation_id=hotel.id)
    before = person.letter_key
    profile.change(db, hotel, {"street": "6 phố Tràng Tiền"}, source="form", now=now)
    assert person.letter_key != before
    assert "6 pho trang tien" in person.letter_key


def test_own_fields_are_texts_by_key(db: Session, now: datetime) -> None:
    profile.add_custom_field(db, "so_thich", "Sở thích")
    contact = make_contact(db, custom={"so_thich": "trà sen"})
    assert contact.custom == {"so_thich": "trà sen"}
    assert profile.change(db, contact, {"custom": {"so_thich": ""}}, source="form", now=now) == [
        "custom.so_thich"
    ]
    assert contact.custom == {}
    for key in ("Sở thích", "_x", "so_thich", "1a", "x" * 41):
        with pytest.raises(InvalidInput):
            profile.add_custom_field(db, key, "x")
