"""Measurable: the deciding fields of the rule, how many have them, and since when."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from campaign.contacts import profile
from campaign.models import Channel, ConsentPurpose, Contact, ContactFact, CustomField
from campaign.segments.exam.measurable import measurable
from campaign.segments.exam.verdict import Field, Verdict
from campaign.segments.exam.walking import deciding
from campaign.segments.rule import (
    And,
    Attribute,
    Birthday,
    ContactPersonOf,
    Custom,
    Measure,
    Not,
    Op,
    Or,
    Orders,
    Reachable,
    Tag,
)
from tests.conftest import NOW
from tests.factories import make_contact, make_organisation

OCCUPATION = Attribute("occupation", Op.IS, ("giáo viên",))
ALWAYS = (
    Tag("vip"),
    Orders(measure=Measure.COUNT, op=Op.AT_LEAST, value=1),
    Reachable(Channel.EMAIL, ConsentPurpose.MARKETING, 1),
    Attribute("kind", Op.IS, ("person",)),
    Attribute("email", Op.FILLED),
)


def test_deciding_fields_are_found_wherever_they_stand() -> None:
    rule = Or(
        (
            And((OCCUPATION, *ALWAYS)),
            Not(Custom("hang", Op.IS, ("vàng",))),
            ContactPersonOf(And((OCCUPATION, Birthday(7)))),
            OCCUPATION,
        )
    )
    assert deciding(rule) == (
        Field("occupation"),
        Field("custom.hang"),
        Field("occupation", of_organisation=True),
        Field("birthday", of_organisation=True),
    )


def test_what_is_always_known_passes(db: Session) -> None:
    make_contact(db)
    found = measurable(db, And(ALWAYS), NOW)
    assert found.verdict is Verdict.PASSES
    assert found.fields == ()
    assert [reason.key for reason in found.reasons] == ["exam-measurable-always"]


def test_shares_are_of_all_persons_on_file(db: Session) -> None:
    for number in range(10):
        make_contact(db, occupation="giáo viên" if number < 4 else "bác sĩ" if number < 9 else "")
    make_contact(db).erased_at = NOW
    make_organisation(db)
    db.flush()
    found = measurable(db, OCCUPATION, NOW)
    assert (found.fields[0].share.hits, found.fields[0].share.total) == (9, 10)
    assert found.verdict is Verdict.PASSES


def test_the_emptiest_field_decides(db: Session) -> None:
    db.add(CustomField(key="hang", label="Hạng"))
    db.flush()
    for number in range(10):
        make_contact(
            db,
            occupation="bác sĩ",
            birth_year="1980" if number < 6 else "",
            custom={"hang": "vàng"} if number < 4 else {},
        )
    year, hang = Attribute("birth_year", Op.AT_LEAST, (1970,)), Custom("hang", Op.IS, ("vàng",))
    assert measurable(db, OCCUPATION, NOW).verdict is Verdict.PASSES
    assert measurable(db, And((OCCUPATION, year)), NOW).verdict is Verdict.WEAK
    found = measurable(db, And((OCCUPATION, year, hang)), NOW)
    assert found.verdict is Verdict.FAILS
    assert [one.share.hits for one in found.fields] == [10, 6, 4]


def test_organisations_are_asked_for_their_fields(db: Session) -> None:
    make_contact(db)
    make_organisation(db, line_of_business="khách sạn")
    make_organisation(db)
    rule = ContactPersonOf(Attribute("line_of_business", Op.IS, ("khách sạn",)))
    share = measurable(db, rule, NOW).fields[0].share
    assert (share.hits, share.total) == (1, 2)


def test_age_is_that_of_the_fact_not_of_the_profile(db: Session) -> None:
    for age in (10, 800, 900):
        contact = make_contact(db, now=NOW - timedelta(days=age), occupation="bác sĩ")
        profile.change(db, contact, {"phone": "0903000111"}, source="test", now=NOW)
    found = measurable(db, OCCUPATION, NOW)
    assert (found.fields[0].median_days, found.fields[0].dated, found.fields[0].looked_at) == (800, 3, 3)
    assert found.verdict is Verdict.WEAK
    assert [reason.key for reason in found.reasons] == [
        "exam-measurable-passes", "exam-measurable-age-history", "exam-measurable-stale",
    ]  # fmt: skip


def test_without_a_date_of_its_own_the_last_change_of_the_profile_counts(db: Session) -> None:
    for _ in range(3):
        make_contact(db, now=NOW - timedelta(days=5), occupation="bác sĩ")
    db.execute(update(ContactFact).values(field="phone"))
    db.execute(update(Contact).values(updated_at=NOW - timedelta(days=3)))
    found = measurable(db, OCCUPATION, NOW)
    assert (found.fields[0].median_days, found.fields[0].dated) == (3, 0)
    assert found.reasons[1].key == "exam-measurable-age-change"


def test_two_fields_of_one_history_are_both_dated(db: Session) -> None:
    make_contact(db, now=NOW - timedelta(days=9), birth_month="3", birth_day="8")
    month = Attribute("birth_month", Op.IS, (3,))
    found = measurable(db, And((Birthday(7), month)), NOW)
    assert [(one.field.name, one.median_days, one.dated) for one in found.fields] == [
        ("birthday", 9, 1),
        ("birth_month", 9, 1),
    ]


def test_nobody_on_file_is_not_known(db: Session) -> None:
    assert measurable(db, OCCUPATION, NOW).verdict is Verdict.UNKNOWN


def test_a_trait_has_its_share_and_its_date(db: Session) -> None:
    long_ago = NOW - timedelta(days=900)
    for known in (True, True, True, False):
        make_contact(db, long_ago, traits={"income": "20–30 triệu"} if known else {})
    (one,) = measurable(db, Attribute("trait_income", Op.CONTAINS, ("20",)), NOW).fields
    assert (one.share.hits, one.share.total, one.median_days, one.dated) == (3, 4, 900, 3)
