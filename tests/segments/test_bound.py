"""Segments that ask others: cycles, what is gone, what is too much, and what is in use."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from campaign.errors import InvalidInput, Refused
from campaign.models import Account, Segment
from campaign.segments import bind, count, parse, rule_of, saved
from campaign.segments.exam.digest import rule_hash
from campaign.segments.house_tiers import By, Cuts, Scheme, checked, keep, read
from campaign.segments.rule import InSegment, to_json
from tests.factories import make_account, make_contact, make_order, make_segment, make_sender

VIP = {"type": "tag", "tag": "vip"}


def asks(segment: Segment) -> dict[str, Any]:
    return {"type": "segment", "segment_id": segment.id}


def save(
    db: Session, segment: Segment | None, account: Account, rule: dict[str, Any], now: datetime
) -> Segment:
    name = segment.name if segment else "Mới"
    return saved.save(db, segment, name=name, description="", rule=parse(rule), account=account, now=now)


def test_a_segment_asks_another_as_it_is_now(db: Session, now: datetime) -> None:
    sender = make_sender(db)
    make_contact(db, tags=["vip"])
    make_contact(db)
    vip = make_segment(db, rule=VIP)
    other = make_segment(db, rule={"type": "not", "rule": asks(vip)})
    counted = count(db, rule_of(db, other), sender_id=sender.id, purpose=None, now=now)
    assert counted.people == 1
    before = rule_hash(rule_of(db, other))
    vip.rule = {"type": "and", "rules": []}
    db.flush()
    assert count(db, rule_of(db, other), sender_id=sender.id, purpose=None, now=now).people == 0
    assert rule_hash(rule_of(db, other)) != before
    assert to_json(rule_of(db, other)) == other.rule  # what is filled in is no part of it


def test_no_segment_is_in_itself_by_whatever_detour(db: Session, now: datetime) -> None:
    account = make_account(db)
    first = make_segment(db, name="Một", rule=VIP)
    second = make_segment(db, name="Hai", rule={"type": "not", "rule": asks(first)})
    third = make_segment(db, name="Ba", rule={"type": "contact_person_of", "rule": asks(second)})
    for segment in (first, second, third):
        with pytest.raises(InvalidInput) as refused:
            save(db, first, account, asks(segment), now)
        assert refused.value.key == "segments-error-cycle"
    assert refused.value.values["road"] == "“Một” → “Ba” → “Hai” → “Một”"
    first.rule = asks(third)  # whoever writes into the table
    db.flush()
    with pytest.raises(InvalidInput) as refused:
        rule_of(db, second)
    assert refused.value.key == "segments-error-cycle"
    with pytest.raises(InvalidInput):
        bind(db, InSegment(second.id))  # of a rule that is not saved yet


def test_a_segment_that_others_ask_stays(db: Session, now: datetime) -> None:
    account = make_account(db)
    vip = make_segment(db, rule=VIP)
    user = make_segment(db, name="Dùng", rule={"type": "or", "rules": [VIP, asks(vip)]})
    with pytest.raises(Refused) as refused:
        saved.remove(db, vip, account=account, now=now)
    assert refused.value.values == {"segments": 1, "names": "“Dùng”"}
    number = vip.id
    saved.remove(db, user, account=account, now=now)
    saved.remove(db, vip, account=account, now=now)
    with pytest.raises(InvalidInput) as gone:
        save(db, None, account, {"type": "segment", "segment_id": number}, now)
    assert gone.value.key == "segments-error-gone"


def test_all_that_is_asked_together_has_an_end(db: Session) -> None:
    """Each asks the one before ten times: ten to the power of five conditions."""
    last = make_segment(db, rule=VIP)
    for _ in range(5):
        last = make_segment(db, rule={"type": "or", "rules": [asks(last)] * 10})
    with pytest.raises(InvalidInput) as refused:
        rule_of(db, last)
    assert refused.value.key == "segments-error-bound-too-large"


def test_own_tiers_are_what_the_house_set(db: Session, now: datetime) -> None:
    sender = make_sender(db)
    for amount in (900_000, 500_000, 10_000):
        make_order(db, make_contact(db), amount=amount)

    def people(tier: str) -> int:
        rule = bind(db, parse({"type": "house_tier", "tier": tier}))
        return count(db, rule, sender_id=sender.id, purpose=None, now=now).people

    assert people("platinum") == 1
    cuts = {**read(db), Scheme.METALS: Cuts(By.SALES, (500_000, 20_000, 10_000))}
    keep(db, cuts, None, now)
    assert read(db) == cuts
    assert [people(tier) for tier in ("platinum", "gold", "iron", "lead")] == [2, 0, 1, 0]


@pytest.mark.parametrize(
    ("by", "ends"),
    [
        (By.SALES, (1, 2, 3)), (By.SALES, (3, 2, 0)), (By.SALES, (10**16, 2, 1)),
        (By.SHARE_OF_SALES, (50, 50, 95)), (By.SHARE_OF_CUSTOMERS, (1, 5, 100)),
        (By.SHARE_OF_SALES, (0, 5, 9)),
    ],
)  # fmt: skip
def test_ends_out_of_order_are_refused(by: By, ends: tuple[int, int, int]) -> None:
    with pytest.raises(InvalidInput):
        checked(Scheme.METALS, by, ends)
