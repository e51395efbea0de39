"""The facts of the card: satisfaction, level, leaving, charge, traits, notes; none of them is ever lost."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.contacts import erasure as profiles
from campaign.contacts import history, in_charge, notes, profile, relationship, satisfaction, traits
from campaign.contacts.satisfaction import Answer
from campaign.errors import InvalidInput
from campaign.models import ContactKind, ContactNote, LeavingReason, RelationshipLevel, Role
from tests.factories import make_account, make_contact


def test_an_answer_keeps_the_scale_of_who_asked(db: Session, now: datetime) -> None:
    contact, clerk = make_contact(db), make_account(db, Role.CARE)
    said = satisfaction.read("4", "1-5")
    satisfaction.record(
        db, contact, said, asked_on=date(2026, 3, 1), source="phiếu hỏi", now=now, account=clerk
    )
    assert (contact.satisfaction_said, contact.satisfaction, contact.satisfaction_on) == (
        "4/1-5", 75, date(2026, 3, 1),
    )  # fmt: skip
    later = now + timedelta(days=1)
    satisfaction.record(
        db, contact, Answer(9, 0, 10), asked_on=date(2026, 3, 9), source="gọi điện", now=later
    )
    assert (contact.satisfaction_said, contact.satisfaction) == ("9/0-10", 90)
    found = history.of_contact(db, contact)["satisfaction"]
    assert [(fact.old, fact.new, fact.source) for fact in found] == [
        ("4/1-5", "9/0-10", "gọi điện"),
        ("", "4/1-5", "phiếu hỏi"),
    ]
    assert found[1].account_id == clerk.id


@pytest.mark.parametrize(
    ("score", "scale"),
    [("6", "1-5"), ("0", "1-5"), ("", "1-5"), ("4,5", "1-5"), ("-1", "0-10"), ("３", "1-5"), ("3", "1-6")],
)
def test_a_score_outside_its_scale_is_refused(score: str, scale: str) -> None:
    with pytest.raises(InvalidInput):
        satisfaction.read(score, scale)


def test_an_older_answer_does_not_take_the_newer_ones_place(db: Session, now: datetime) -> None:
    contact = make_contact(db)
    satisfaction.record(db, contact, Answer(2, 1, 5), asked_on=date(2026, 3, 5), source="a", now=now)
    with pytest.raises(InvalidInput, match="older-answer"):
        satisfaction.record(db, contact, Answer(5, 1, 5), asked_on=date(2026, 3, 4), source="b", now=now)
    with pytest.raises(InvalidInput, match="no-source"):
        satisfaction.record(db, contact, Answer(5, 1, 5), asked_on=date(2026, 3, 6), source="  ", now=now)
    assert contact.satisfaction_said == "2/1-5"


def test_every_percentage_lies_between_none_and_all() -> None:
    for low, high in satisfaction.SCALES:
        answers = [Answer(score, low, high) for score in range(low, high + 1)]
        assert [answers[0].percent, answers[-1].percent] == [0, 100]
        assert [satisfaction.of_text(answer.said) for answer in answers] == answers
    assert satisfaction.of_text("") is None


def test_who_left_may_come_back_and_the_reason_stays_in_the_history(db: Session, now: datetime) -> None:
    contact = make_contact(db)
    relationship.left(
        db, contact, LeavingReason.MOVED, note="Chuyển vào Huế", on=date(2026, 1, 2), source="form", now=now
    )
    assert (contact.leaving_reason, contact.leaving_note) == (LeavingReason.MOVED, "Chuyển vào Huế")
    relationship.came_back(db, contact, source="form", now=now + timedelta(days=3))
    assert (contact.leaving_reason, contact.leaving_note, contact.left_on) == (
        LeavingReason.UNKNOWN,
        "",
        None,
    )
    kept = history.of_contact(db, contact)
    assert (kept["leaving_reason"][0].old, kept["leaving_note"][0].old) == ("moved", "Chuyển vào Huế")
    assert kept["left_on"][0].old == "2026-01-02"


def test_a_level_is_one_of_kotlers_five(db: Session, now: datetime) -> None:
    contact = make_contact(db)
    assert relationship.set_level(db, contact, RelationshipLevel.PROACTIVE, source="form", now=now)
    assert not relationship.set_level(db, contact, RelationshipLevel.PROACTIVE, source="form", now=now)
    assert profile.change(db, contact, {"relationship_level": "Đối tác"}, source="form", now=now) == [
        "relationship_level"
    ]
    assert contact.relationship_level is RelationshipLevel.PARTNERSHIP
    with pytest.raises(InvalidInput):
        profile.change(db, contact, {"relationship_level": "bạn thân"}, source="form", now=now)
    assert len([level for level in RelationshipLevel if level]) == 5


def test_the_person_in_charge_and_who_it_was_before(db: Session, now: datetime) -> None:
    contact = make_contact(db)
    first, second, gone = (make_account(db, Role.CARE, name=name) for name in ("Hà", "Hùng", "An"))
    gone.active = False
    in_charge.hand_over(db, contact, first, source="form", now=now)
    in_charge.hand_over(db, contact, second, source="form", now=now + timedelta(days=5), account=first)
    assert not in_charge.hand_over(db, contact, second, source="form", now=now)
    with pytest.raises(InvalidInput):
        in_charge.hand_over(db, contact, gone, source="form", now=now)
    names = {first.id: "Hà", second.id: "Hùng"}
    terms = in_charge.terms(history.of_contact(db, contact)["owner_id"], names)
    assert [(term.name, term.since) for term in terms] == [("Hùng", now + timedelta(days=5)), ("Hà", now)]


def test_traits_are_kept_with_their_history(db: Session, now: datetime) -> None:
    contact = make_contact(db, traits={"interests": " trà  đạo "})
    assert contact.traits == {"interests": "trà đạo"}
    profile.change(db, contact, {"traits": {"interests": "", "hopes": "mở lớp trà"}}, source="form", now=now)
    assert contact.traits == {"hopes": "mở lớp trà"}
    assert history.of_contact(db, contact)["trait.interests"][0].old == "trà đạo"
    for given in ({"colour": "đỏ"}, {"hopes": "x" * 501}):
        with pytest.raises(InvalidInput):
            profile.change(db, contact, {"traits": given}, source="form", now=now)
    assert contact.traits == {"hopes": "mở lớp trà"}
    assert set(traits.of_kind(ContactKind.ORGANISATION)) != set(traits.of_kind(ContactKind.PERSON))


def test_a_note_is_dated_signed_and_not_empty(db: Session, now: datetime) -> None:
    contact, clerk = make_contact(db), make_account(db, Role.CARE)
    notes.add(db, contact, " Thích trà sen.\r\nGọi sau 17 giờ. ", now=now, account=clerk)
    note = db.scalars(select(ContactNote)).one()
    assert (note.text, note.at, note.account_id) == ("Thích trà sen.\nGọi sau 17 giờ.", now, clerk.id)
    for text in ("", " \n ", "x" * 5001):
        with pytest.raises(InvalidInput):
            notes.add(db, contact, text, now=now)


def test_an_erased_profile_takes_nothing_and_says_nothing(db: Session, now: datetime) -> None:
    contact = make_contact(db, traits={"income": "cao"})
    notes.add(db, contact, "Con gái tên Quỳnh", now=now)
    relationship.left(db, contact, LeavingReason.PRICE, note="đắt quá", on=None, source="form", now=now)
    satisfaction.record(db, contact, Answer(1, 1, 5), asked_on=date(2026, 3, 1), source="phiếu", now=now)
    profiles.empty(db, contact, now)
    assert db.scalars(select(ContactNote.text)).all() == [""]
    assert (contact.traits, contact.leaving_note, contact.satisfaction, contact.satisfaction_said) == (
        {}, "", None, "",
    )  # fmt: skip
    assert contact.leaving_reason is LeavingReason.UNKNOWN
    assert not any(
        fact.old or fact.new for facts in history.of_contact(db, contact).values() for fact in facts
    )
    with pytest.raises(InvalidInput):
        notes.add(db, contact, "x", now=now)
    with pytest.raises(InvalidInput):
        satisfaction.record(db, contact, Answer(1, 1, 5), asked_on=date(2026, 3, 2), source="x", now=now)
