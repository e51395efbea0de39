"""Identifiable: the same people each time, nothing that is gone, reachable by channel."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from campaign.models import Channel, ConsentPurpose, CustomField, Segment, Sender
from campaign.segments import bind, house_tiers
from campaign.segments.exam import kept
from campaign.segments.exam.identifiable import Identifiable, identifiable
from campaign.segments.exam.verdict import Verdict
from campaign.segments.house_tiers import DEFAULTS, By, Cuts, Scheme
from campaign.segments.rule import (
    EVERYBODY,
    And,
    Attribute,
    Custom,
    Not,
    Op,
    Reachable,
    Rule,
    Tag,
    parse,
    to_json,
)
from tests.conftest import NOW
from tests.factories import (
    make_account,
    make_consent,
    make_contact,
    make_organisation,
    make_segment,
    make_sender,
)


def examined(db: Session, rule: Rule, sender: Sender | None, segment: Segment | None = None) -> Identifiable:
    db.flush()
    segment = segment or make_segment(db, rule=to_json(rule))
    return identifiable(db, segment, rule, sender=sender, purpose=ConsentPurpose.MARKETING, now=NOW)


def test_people_and_shares_by_channel(db: Session) -> None:
    sender = make_sender(db)
    for number in range(4):
        contact = make_contact(db, street="")
        if number < 1:
            make_consent(db, contact, sender)
    make_organisation(db)
    found = examined(db, EVERYBODY, sender)
    assert found.is_reproducible
    assert found.people == 4
    assert found.counts is not None
    assert found.counts.email == 1
    assert found.verdict is Verdict.WEAK  # 25 %
    assert [reason.key for reason in found.reasons] == [
        "exam-identifiable-own-facts",
        "exam-identifiable-reach",
    ]


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
    assert not found.is_reproducible


VIP = {"type": "tag", "tag": "vip"}
MAIN = {"type": "house_tier", "tier": "main"}
LATELY = {"type": "orders", "measure": "count", "op": "at_least", "value": 1, "days": 30}
LATER = NOW + timedelta(days=3)


@pytest.mark.parametrize(
    ("rule", "grounds"),
    [
        (VIP, []),
        (LATELY, ["today"]),
        (LATELY | {"days": 0, "since": "2026-01-01"}, []),
        ({"type": "birthday", "days": 7}, ["today"]),
        ({"type": "stage", "stage": "new"}, ["today"]),
        ({"type": "not", "rule": {"type": "rfm_group", "group": "loyal"}}, ["others"]),
        ({"type": "contact_person_of", "rule": {"type": "tier", "tier": "a"}}, ["others"]),
        (MAIN, ["today", "others", "tiers"]),
    ],
)
def test_what_a_rule_rests_on(db: Session, rule: dict[str, Any], grounds: list[str]) -> None:
    make_contact(db, tags=["vip"])
    found = examined(db, bind(db, parse(rule)), None)
    assert [one.ground.value for one in found.rests_on] == grounds
    assert found.is_reproducible
    said = [reason.key for reason in found.reasons[: max(1, len(grounds))]]
    assert said == ([f"exam-identifiable-by-{one}" for one in grounds] or ["exam-identifiable-own-facts"])


def test_a_segment_that_was_changed_since_is_named(db: Session) -> None:
    sender = make_sender(db)
    for _ in range(2):
        make_consent(db, make_contact(db, tags=["vip"]), sender)
    inner = make_segment(db, name="Gốc", rule=VIP)
    middle = make_segment(db, name="Giữa", rule={"type": "segment", "segment_id": inner.id})
    segment = make_segment(db, rule={"type": "or", "rules": [{"type": "segment", "segment_id": middle.id}]})
    rule = bind(db, parse(segment.rule))
    found = examined(db, rule, sender, segment)
    assert [(one.name, one.changed_on) for one in found.rests_on] == [("Giữa", None), ("Gốc", None)]
    assert found.verdict is Verdict.PASSES
    inner.updated_at = LATER  # through the middle one, too
    found = examined(db, rule, sender, segment)
    assert [(one.name, one.changed_on) for one in found.rests_on] == [("Giữa", None), ("Gốc", LATER.date())]
    assert (found.verdict, found.is_reproducible) == (Verdict.WEAK, False)
    assert found.reasons[1].key == "exam-identifiable-changed-segment"
    mark = kept.fingerprint(db, segment, NOW)
    segment.updated_at = LATER  # somebody looked, and saved it again
    assert examined(db, rule, sender, segment).is_reproducible
    assert kept.fingerprint(db, segment, NOW) != mark, "the page must not keep what was said before"


def test_tiers_that_were_set_anew_are_named(db: Session) -> None:
    make_contact(db)
    segment = make_segment(db, rule=MAIN)
    house_tiers.keep(db, DEFAULTS, None, NOW - timedelta(days=1))
    assert examined(db, bind(db, parse(MAIN)), None, segment).is_reproducible
    house_tiers.keep(db, DEFAULTS | {Scheme.PYRAMID: Cuts(By.SALES, (3, 2, 1))}, None, LATER)
    found = examined(db, bind(db, parse(MAIN)), None, segment)
    assert not found.is_reproducible
    assert found.reasons[2].key == "exam-identifiable-changed-tiers"
    assert found.figures()["rests_on"][2] == {"on": "tiers", "name": "", "changed_since": "2026-03-12"}
