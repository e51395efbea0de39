"""Proposals: read from profiles, written only when somebody takes them, undone as a whole."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaign import audit
from campaign.contacts import answers, erasure, profile, proposals, suppression
from campaign.contacts.proposals import FORM, PROVINCE, Group, Proposed
from campaign.db import Database
from campaign.errors import Refused
from campaign.models import (
    AuditEntry,
    Channel,
    Contact,
    ContactFact,
    ProposalAnswer,
    ProposalBatch,
    SuppressionReason,
)
from tests.factories import make_contact, make_organisation
from tests.people import make_account

TODAY = date(2026, 11, 26)
NOW = datetime(2026, 11, 26, 2, tzinfo=UTC)


def woman(db: Session, **facts: object) -> Contact:
    return make_contact(db, NOW - timedelta(days=9), **({"form_of_address": "", "sex": "nữ"} | facts))


def group(db: Session, field: str, value: str) -> Group:
    return next(one for one in proposals.groups(db, field, TODAY).groups if one.value == value)


def all_of(db: Session, field: str, value: str) -> list[Proposed]:
    found = proposals.groups(db, field, TODAY)
    key = next(one.key for one in found.groups if one.value == value)
    return proposals.in_group(db, key, found.until, TODAY)


def take(db: Session, theirs: list[Proposed]) -> ProposalBatch:
    return answers.take(db, theirs, theirs[0].because, account=None, now=NOW)


def test_looking_writes_nothing(database: Database) -> None:
    with database.write() as db:
        lan = woman(db, birth_year=1961, province="Bình Dương")
        before = db.scalar(select(func.count()).select_from(ContactFact))
        proposals.groups(db, FORM, TODAY)
        proposals.groups(db, PROVINCE, TODAY)
        assert {one.value for one in proposals.of_contact(db, lan, TODAY)} == {"Bà", "Thành phố Hồ Chí Minh"}
        assert (lan.form_of_address, lan.province) == ("", "Bình Dương")
        assert db.scalar(select(func.count()).select_from(ContactFact)) == before


def test_groups_are_of_one_reason_the_largest_first(database: Database) -> None:
    with database.write() as db:
        for year in (1950, 1961, 1970):
            woman(db, birth_year=year)
        woman(db, birth_year=1995)
        woman(db, full_name="Chị Lan", sex="")
        woman(db, sex="")  # nothing is known
        make_contact(db)  # has a form of address
        found = proposals.groups(db, FORM, TODAY)
        assert [(one.value, one.because.kind, one.people) for one in found.groups] == [
            ("Bà", "elder", 3), ("Chị", "title", 1), ("Chị", "younger", 1),
        ]  # fmt: skip
        assert found.groups[0].because.group == {"sex": "female", "year": "1976"}
        assert [sample[0].evidence["born"] for sample in found.groups[0].samples] == ["1950", "1961", "1970"]
        assert not found.more


def test_what_is_taken_is_a_dated_fact_with_its_source_and_evidence(database: Database) -> None:
    with database.write() as db:
        account = make_account(db)
        lan, hoa = woman(db, birth_year=1961), woman(db, birth_year=1950)
        theirs = all_of(db, FORM, "Bà")
        batch = answers.take(db, theirs, theirs[0].because, account=account, now=NOW)
        assert (lan.form_of_address, hoa.form_of_address) == ("Bà", "Bà")
        fact = profile.history(db, lan)[0]
        assert (fact.field, fact.old, fact.new, fact.source) == (FORM, "", "Bà", f"proposal:{batch.id}")
        assert (fact.account_id, fact.at) == (account.id, NOW)
        answer = proposals.standing(db, batch.id, lan.id)
        assert answer is not None
        assert answer.evidence == {"kind": "elder", "sex": "nữ", "born": "1961", "age": "65"}
        assert proposals.groups(db, FORM, TODAY).groups == []
        logged = db.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
        assert logged is not None
        assert (logged.action, logged.detail["people"]) == ("proposals.taken", 2)
        assert audit.verify(db) is None


def test_a_title_leaves_the_name_and_comes_back_when_undone(database: Database) -> None:
    with database.write() as db:
        lan = woman(db, full_name="Chị Lan", sex="")
        batch = take(db, all_of(db, FORM, "Chị"))
        assert (lan.form_of_address, lan.full_name, lan.name_key) == ("Chị", "Lan", "lan")
        assert answers.undo(db, batch, account=None, now=NOW + timedelta(hours=1)) == 1
        assert (lan.form_of_address, lan.full_name, lan.name_key) == ("", "Chị Lan", "chi lan")
        assert profile.history(db, lan)[0].source == f"undo proposal:{batch.id}"
        with pytest.raises(Refused):
            answers.undo(db, batch, account=None, now=NOW)


def test_undoing_leaves_what_somebody_changed_since(database: Database) -> None:
    with database.write() as db:
        lan, hoa = woman(db, birth_year=1961), woman(db, birth_year=1950)
        batch = take(db, all_of(db, FORM, "Bà"))
        profile.change(db, lan, {FORM: "Cô"}, source="form", now=NOW)
        assert answers.undo(db, batch, account=None, now=NOW) == 1
        assert (lan.form_of_address, hoa.form_of_address) == ("Cô", "")


def test_a_no_holds_until_the_profile_says_something_else(database: Database) -> None:
    with database.write() as db:
        lan = woman(db)  # no year of birth: the formal word
        theirs = proposals.of_contact(db, lan, TODAY)
        batch = answers.refuse(db, theirs, theirs[0].because, account=None, now=NOW)
        assert (batch.value, lan.form_of_address) == ("Bà", "")
        assert proposals.groups(db, FORM, TODAY).groups == []
        assert proposals.of_contact(db, lan, TODAY) == []
        later = NOW + timedelta(days=1)
        profile.change(db, lan, {"note": "thích trà sen"}, source="form", now=later)
        assert (
            proposals.groups(db, FORM, TODAY).groups == []
        )  # the same word again would be the same question
        profile.change(db, lan, {"birth_year": "1990"}, source="form", now=later)
        assert [one.value for one in proposals.of_contact(db, lan, TODAY)] == ["Chị"]
        assert group(db, FORM, "Chị").people == 1
        profile.change(db, lan, {"birth_year": ""}, source="form", now=later)
        answers.undo(db, batch, account=None, now=later)
        assert [one.value for one in proposals.of_contact(db, lan, TODAY)] == ["Bà"]


def test_only_those_whom_somebody_could_see_are_taken(database: Database) -> None:
    with database.write() as db:
        lan = woman(db, birth_year=1961)
        found = proposals.groups(db, FORM, TODAY)
        late = woman(db, birth_year=1950)  # an import meanwhile
        take(db, proposals.in_group(db, found.groups[0].key, found.until, TODAY))
        assert (lan.form_of_address, late.form_of_address) == ("Bà", "")
        for key in ("", "x", "form_of_address:elder:Bà:sex=male", "full_name:title:x:"):
            assert proposals.in_group(db, key, found.until, TODAY) == []
        with pytest.raises(Refused):
            answers.take(db, [], found.groups[0].because, account=None, now=NOW)


def test_a_province_is_renamed_and_nothing_else(database: Database) -> None:
    with database.write() as db:
        facts = {"street": "5 Yersin", "ward": "Phường Phú Cường", "postal_code": "75109"}
        lan = woman(db, province="Tỉnh Bình Dương", district="TP. Thủ Dầu Một", **facts)
        batch = take(db, all_of(db, PROVINCE, "Thành phố Hồ Chí Minh"))
        assert (lan.province, lan.province_key) == ("Thành phố Hồ Chí Minh", "ho-chi-minh")
        assert {name: getattr(lan, name) for name in facts} == facts
        assert lan.district == "TP. Thủ Dầu Một"
        assert proposals.groups(db, PROVINCE, TODAY).groups == []
        answers.undo(db, batch, account=None, now=NOW)
        assert (lan.province, lan.province_key) == ("Tỉnh Bình Dương", "binh-duong")


def test_a_no_to_letters_holds_at_the_address_in_its_new_writing(database: Database) -> None:
    """The person and the place stay the same; so does their no, there and back."""
    with database.write() as db:
        lan, minh = woman(db, province="Bình Dương"), woman(db, province="Bình Dương")
        for one, reason in ((lan, SuppressionReason.REQUESTED), (minh, SuppressionReason.RETURNED)):
            suppression.suppress(db, Channel.LETTER, one.letter_key, reason, source="x", now=NOW)
        batch = take(db, all_of(db, PROVINCE, "Thành phố Hồ Chí Minh"))
        assert suppression.of_contact(db, lan)[Channel.LETTER].reason is SuppressionReason.REQUESTED
        assert suppression.of_contact(db, minh)[Channel.LETTER].reason is SuppressionReason.RETURNED
        answers.undo(db, batch, account=None, now=NOW)
        assert Channel.LETTER in suppression.of_contact(db, lan)


def test_a_no_of_somebody_reached_at_an_organisation_holds_there_too(database: Database) -> None:
    with database.write() as db:
        house = make_organisation(db, province="Hải Dương")
        lan = woman(db, organisation_id=house.id, street="", province="", form_of_address="Chị")
        reason = SuppressionReason.REQUESTED
        suppression.suppress(db, Channel.LETTER, lan.letter_key, reason, source="x", now=NOW)
        take(db, all_of(db, PROVINCE, "Hải Phòng"))
        assert "hai phong" in lan.letter_key
        assert Channel.LETTER in suppression.of_contact(db, lan)


def test_an_erased_person_has_neither_proposals_nor_answers(database: Database) -> None:
    with database.write() as db:
        lan = woman(db, birth_year=1961, province="Bình Dương")
        batch = take(db, all_of(db, FORM, "Bà"))
        erasure.empty(db, lan, NOW)
        assert proposals.of_contact(db, lan, TODAY) == []
        assert proposals.groups(db, PROVINCE, TODAY).groups == []
        kept = db.scalars(select(ProposalAnswer).where(ProposalAnswer.contact_id == lan.id)).all()
        assert [(one.evidence, one.before, one.after) for one in kept] == [({}, {}, {})]
        assert answers.undo(db, batch, account=None, now=NOW) == 0
        assert lan.form_of_address == ""


def test_of_the_dead_nothing_is_proposed(database: Database) -> None:
    with database.write() as db:
        lan = woman(db, birth_year=1961, province="Bình Dương")
        lan.deceased_at = NOW
        db.flush()
        assert proposals.of_contact(db, lan, TODAY) == []
        assert proposals.groups(db, FORM, TODAY).groups == proposals.groups(db, PROVINCE, TODAY).groups == []


def test_one_look_and_one_answer_are_bounded(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proposals, "AT_ONCE", 2)
    with database.write() as db:
        ids = [woman(db, birth_year=1950).id for _ in range(3)]
        first = proposals.groups(db, FORM, TODAY)
        assert (first.groups[0].people, first.more, first.until) == (2, True, ids[1])
        take(db, proposals.in_group(db, first.groups[0].key, first.until, TODAY))
        rest = proposals.groups(db, FORM, TODAY)
        assert (rest.groups[0].people, rest.more, rest.until) == (1, False, ids[2])
