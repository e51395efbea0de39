"""Whom to greet: both calendars, founding days, holidays, and who must not be greeted."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from campaign.care import plan
from campaign.care.plan import Key
from campaign.care.reach import Reach
from campaign.contacts import holds, suppression
from campaign.errors import NotFound
from campaign.models import Channel, Greeting, HoldReason, Role, SuppressionReason
from tests.conftest import NOW
from tests.factories import (
    make_account,
    make_consent,
    make_contact,
    make_mailing,
    make_organisation,
    make_sender,
)

TODAY = date(2026, 3, 9)  # the 21st day of the first lunar month


def _plan(db: Session, days: int = 7, today: date = TODAY, **facts: int) -> dict[Key, plan.Occurrence]:
    return {found.key: found for found in plan.upcoming(db, today, days, now=NOW, **facts)}


def test_birthdays_of_both_calendars_in_order(db: Session) -> None:
    make_sender(db)
    make_contact(db, full_name="Trần Dương", birth_day=12, birth_month=3, birth_year=1976)
    make_contact(db, full_name="Lê Âm", birth_day=23, birth_month=1, birth_calendar="lunar", birth_year=1980)
    make_contact(db, full_name="Phạm Muộn", birth_day=17, birth_month=3)
    make_contact(db, full_name="Vũ Không")
    found = _plan(db)
    assert list(found) == [Key("birthday", date(2026, 3, 11)), Key("birthday", date(2026, 3, 12))]
    (lunar,), (solar,) = (each.people for each in found.values())
    assert (lunar.full_name, lunar.lunar, lunar.years) == ("Lê Âm", True, 46)
    assert (solar.full_name, solar.lunar, solar.years) == ("Trần Dương", False, 50)


def test_a_leapling_is_greeted_on_the_28th(db: Session) -> None:
    make_contact(db, full_name="Trần Nhuận", birth_day=29, birth_month=2)
    assert list(_plan(db, today=date(2026, 2, 26))) == [Key("birthday", date(2026, 2, 28))]


def test_an_organisation_is_greeted_through_its_contact_persons(db: Session) -> None:
    house = make_organisation(db, full_name="Khách sạn Sen", founded_on=date(2001, 3, 10))
    make_contact(db, full_name="Đỗ Giám Đốc", organisation_id=house.id)
    (found,) = _plan(db).values()
    assert found.key == Key("founding", date(2026, 3, 10))
    assert [(each.full_name, each.about, each.years) for each in found.people] == [
        ("Đỗ Giám Đốc", "Khách sạn Sen", 25)
    ]


def test_holidays_are_for_those_whom_they_concern(db: Session) -> None:
    make_contact(db, full_name="Chị Lan", form_of_address="Chị")
    make_contact(db, full_name="Anh Minh", form_of_address="Anh")
    make_contact(db, full_name="Bạn Nữ", form_of_address="", sex="nữ")
    make_contact(db, full_name="Mrs Smith", form_of_address="Mrs", country="GB")
    make_contact(db, full_name="Thầy Đức", form_of_address="Anh", occupation="Giảng viên đại học")
    make_contact(db, full_name="Ông Chủ", form_of_address="Ông", position="Tổng Giám đốc")
    women = _plan(db, today=date(2026, 3, 6))[Key("women-8-3", date(2026, 3, 8))]
    assert (women.total, women.people) == (2, ())
    whole = plan.occurrence(db, women.key, now=NOW)
    assert {person.full_name for person in whole.people} == {"Chị Lan", "Bạn Nữ"}
    few = plan.occurrence(db, women.key, now=NOW, limit=1)
    assert (len(few.people), few.total) == (1, 2)
    teachers = plan.occurrence(db, Key("teachers", date(2026, 11, 20)), now=NOW)
    assert [person.full_name for person in teachers.people] == ["Thầy Đức"]
    bosses = plan.occurrence(db, Key("entrepreneurs", date(2026, 10, 13)), now=NOW)
    assert [person.full_name for person in bosses.people] == ["Ông Chủ"]


@pytest.mark.parametrize("key", [Key("carnival", TODAY), Key("tet", TODAY)])
def test_what_is_not_kept_is_not_found(db: Session, key: Key) -> None:
    with pytest.raises(NotFound):
        plan.occurrence(db, key, now=NOW)


def test_reasons_against_each_channel(db: Session) -> None:
    sender = make_sender(db)
    born = {"birth_day": 10, "birth_month": 3}
    open_ = make_contact(db, full_name="A Mở", **born)
    make_consent(db, open_, sender)
    held = make_contact(db, full_name="B Tang", **born)
    holds.place(db, held, HoldReason.BEREAVEMENT, now=NOW)
    make_contact(db, full_name="C Xa", street="", province="", email="", **born)
    bounced = make_contact(db, full_name="D Dội", **born)
    make_consent(db, bounced, sender)
    suppression.suppress(db, Channel.EMAIL, bounced.email_key, SuppressionReason.BOUNCED, source="x", now=NOW)
    (found,) = _plan(db).values()
    reach = [(person.reach[Channel.EMAIL], person.reach[Channel.LETTER]) for person in found.people]
    assert reach == [
        (Reach.OPEN, Reach.OPEN),
        (Reach.HELD, Reach.HELD),
        (Reach.NO_ADDRESS, Reach.NO_ADDRESS),
        (Reach.SUPPRESSED, Reach.OPEN),
    ]
    assert found.open_to(Channel.LETTER) == 2


def test_who_was_greeted_is_marked(db: Session) -> None:
    contact = make_contact(db, birth_day=10, birth_month=3)
    make_contact(db, birth_day=10, birth_month=3)
    mailing = make_mailing(db)
    on = date(2026, 3, 10)
    for day in (on, date(2025, 3, 10)):
        db.add(
            Greeting(
                contact_id=contact.id,
                occasion="birthday",
                occurs_on=day,
                channel=Channel.LETTER,
                mailing_id=mailing.id,
                created_at=NOW,
            )
        )
    db.flush()
    found = _plan(db)[Key("birthday", on)]
    assert found.greeted == 1
    (person,) = [person for person in found.people if person.is_greeted]
    assert person.greeted == {Channel.LETTER: mailing.id}
    assert not person.may_greet(Channel.EMAIL)


def test_only_my_customers(db: Session) -> None:
    lan = make_account(db, Role.CARE, name="Lan")
    make_contact(db, birth_day=10, birth_month=3, owner_id=lan.id)
    make_contact(db, birth_day=10, birth_month=3)
    (all_,) = _plan(db).values()
    (mine,) = _plan(db, owner_id=lan.id).values()
    assert (all_.total, mine.total) == (2, 1)
    assert mine.people[0].owner == "Lan"


def test_a_plan_costs_the_same_for_more_people(db: Session) -> None:
    counted: list[str] = []
    event.listen(db.get_bind(), "before_cursor_execute", lambda *args: counted.append(args[2]))
    make_sender(db)

    def cost() -> int:
        db.expire_all()
        counted.clear()
        plan.upcoming(db, TODAY, 7, now=NOW)
        return len(counted)

    house = make_organisation(db, founded_on=date(2001, 3, 11))
    make_contact(db, birth_day=10, birth_month=3, organisation_id=house.id, street="", province="")
    few = cost()
    for _ in range(12):
        make_contact(db, birth_day=10, birth_month=3, organisation_id=house.id, street="", province="")
    assert cost() == few <= 16
