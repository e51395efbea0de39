"""Identifiable: the same people each time, nothing that is gone, reachable by channel."""

from __future__ import annotations

from sqlalchemy.orm import Session

from campaign.models import Channel, ConsentPurpose, CustomField, Sender
from campaign.segments.exam.identifiable import Identifiable, identifiable
from campaign.segments.exam.verdict import Verdict
from campaign.segments.rule import EVERYBODY, And, Attribute, Custom, Not, Op, Reachable, Rule, Tag
from tests.conftest import NOW
from tests.factories import make_account, make_consent, make_contact, make_organisation, make_sender


def examined(db: Session, rule: Rule, sender: Sender | None) -> Identifiable:
    db.flush()
    return identifiable(db, rule, sender=sender, purpose=ConsentPurpose.MARKETING, now=NOW)


def test_people_and_shares_by_channel(db: Session) -> None:
    sender = make_sender(db)
    for number in range(4):
        contact = make_contact(db, street="")
        if number < 1:
            make_consent(db, contact, sender)
    make_organisation(db)
    found = examined(db, EVERYBODY, sender)
    assert found.reproducible
    assert found.people == 4
    assert found.counts is not None
    assert found.counts.email == 1
    assert found.verdict is Verdict.WEAK  # 25 %
    assert [reason.key for reason in found.reasons] == ["exam-identifiable-same", "exam-identifiable-reach"]


def test_half_on_one_channel_is_enough_and_nobody_is_not(db: Session) -> None:
    sender = make_sender(db)
    for number in range(4):
        contact = make_contact(db, street="", tags=["vip"])
        if number < 2:
            make_consent(db, contact, sender)
    assert examined(db, EVERYBODY, sender).verdict is Verdict.PASSES
    none = examined(db, Not(Tag("vip")), sender)
    assert (none.people, none.verdict) == (0, Verdict.FAILS)


def test_without_a_sender_reach_is_not_known(db: Session) -> None:
    make_contact(db)
    found = examined(db, EVERYBODY, None)
    assert (found.verdict, found.counts) == (Verdict.UNKNOWN, None)


def test_what_the_rule_names_must_be_there(db: Session) -> None:
    sender, gone = make_sender(db), make_sender(db, active=False)
    here, left = make_account(db), make_account(db, active=False)
    db.add(CustomField(key="hang", label="Hạng"))
    make_contact(db, tags=["vip"])
    sound = And(
        (
            Not(Custom("hang", Op.EMPTY)),
            Not(Tag("vip")),
            Not(Reachable(Channel.EMAIL, ConsentPurpose.MARKETING, sender.id)),
            Not(Attribute("owner", Op.IS, (here.id,))),
        )
    )
    assert examined(db, sound, sender).missing == ()
    broken = And(
        (
            sound,
            Custom("mau", Op.FILLED),
            Tag("vpi"),
            Reachable(Channel.EMAIL, ConsentPurpose.MARKETING, gone.id),
            Attribute("owner", Op.IS, (left.id,)),
        )
    )
    found = examined(db, broken, sender)
    assert found.missing == (
        ("field", "mau"), ("tag", "vpi"), ("sender", f"№ {gone.id}"), ("owner", f"№ {left.id}"),
    )  # fmt: skip
    assert found.verdict is Verdict.FAILS
