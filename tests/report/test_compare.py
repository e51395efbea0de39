"""Arms of a test and people held out, beside each other: who counts, and what is said."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.audience.terms import SendingTerms, TrialTerms
from campaign.contacts import consent
from campaign.models import (
    AudienceMember,
    Channel,
    ConsentPurpose,
    Contact,
    Delivery,
    DeliveryState,
    MemberPart,
    Reply,
)
from campaign.report import compare
from campaign.stats import Comparison, Share
from tests.campaigns.test_trials import answer, office_with, started
from tests.factories import make_order

DAY = timedelta(days=1)


def people_of(db: Session, held: bool) -> list[int]:
    part = AudienceMember.part
    wanted = part == MemberPart.HELD_OUT if held else part != MemberPart.HELD_OUT
    return list(db.scalars(select(AudienceMember.contact_id).where(wanted).order_by(AudienceMember.id)))


def test_who_got_it_against_who_did_not(db: Session, now: datetime) -> None:
    office = office_with(db, now, people=60)
    started(office, SendingTerms(holdout=40), now)
    sent, held = people_of(db, held=False), people_of(db, held=True)
    rows = db.scalars(select(Delivery)).all()
    for row in rows:
        row.state = DeliveryState.ACCEPTED
    rows[0].state = DeliveryState.REJECTED  # it was to get it, and counts
    rows[1].state = DeliveryState.QUEUED  # still waits: in neither group
    for contact_id in sent[2:12]:
        make_order(db, db.get_one(Contact, contact_id), ordered_on=now.date())
    make_order(db, db.get_one(Contact, held[0]), ordered_on=(now + DAY).date())
    # before it, and long after it
    make_order(db, db.get_one(Contact, held[1]), ordered_on=(now - DAY).date())
    make_order(db, db.get_one(Contact, held[2]), ordered_on=(now + 31 * DAY).date())
    db.add(Reply(channel=Channel.EMAIL, contact_id=sent[3], received_at=now + DAY))
    contact = db.get_one(Contact, sent[4])
    consent.withdraw(
        db, contact, office.sender.id, Channel.EMAIL, ConsentPurpose.MARKETING, source="test", now=now + DAY
    )
    db.flush()
    found = compare.held_out(db, office.made.id)
    assert found is not None
    assert (found.sent, found.held) == (len(sent) - 1, len(held))
    counts = {name: (one.one.hits, one.other.hits) for name, one in found.measures.items()}
    assert counts == {"orders": (10, 1), "replies": (1, 0), "unsubscribes": (1, 0)}
    facts = found.to_json()
    assert facts["orders"]["sent"] == 10
    assert facts["replies"]["says"] == "few"


def test_nobody_held_out_is_nothing_to_compare(db: Session, now: datetime) -> None:
    office = office_with(db, now, people=5)
    started(office, SendingTerms(), now)
    assert compare.held_out(db, office.made.id) is None
    assert compare.arms_of(db, office.made.id) is None


def test_the_arms_with_their_subjects(db: Session, now: datetime) -> None:
    office = office_with(db, now, people=120)
    started(office, SendingTerms(trial=TrialTerms(share=50)), now)
    answer(db, now, {"a": 2, "b": 60})
    found = compare.arms_of(db, office.made.id)
    assert found is not None
    assert set(found.subjects) == {"a", "b"}
    assert found.subjects["a"] != found.subjects["b"]
    facts = found.to_json()
    assert facts["arms"]["a"]["hits"] == 2
    assert (facts["best"], facts["verdict"], facts["winner"]) == ("b", "clear", None)


def test_what_is_said() -> None:
    assert compare.says(Comparison(Share(80, 400), Share(20, 200))) == "more"
    assert compare.says(Comparison(Share(20, 400), Share(40, 200))) == "fewer"
    assert compare.says(Comparison(Share(41, 400), Share(20, 200))) == "unclear"
    assert compare.says(Comparison(Share(3, 40), Share(0, 20))) == "few"
    assert date(2026, 3, 9) + compare.WITHIN == date(2026, 4, 8)
