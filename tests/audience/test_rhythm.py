"""How often somebody wants to hear from a sender, when an audience is frozen and at claim."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from campaign.audience import rhythm
from campaign.audience.freeze import freeze
from campaign.audience.reach import Target
from campaign.dispatch import claim
from campaign.models import (
    Channel,
    ConsentPurpose,
    Contact,
    Delivery,
    DeliveryState,
    Mailing,
    MailRhythm,
    Message,
    Rhythm,
    Sender,
)
from campaign.segments import EVERYBODY
from tests.factories import make_consent, make_contact, make_delivery, make_mailing, make_message, make_sender

EMAIL, MARKETING = Channel.EMAIL, ConsentPurpose.MARKETING
ADVERTISING = {"purpose": MARKETING.value}


def wish(db: Session, contact: Contact, sender: Sender, choice: Rhythm, now: datetime) -> None:
    db.add(MailRhythm(contact_id=contact.id, sender_id=sender.id, rhythm=choice, changed_at=now))
    db.flush()


def mailing_of(db: Session, sender: Sender, **facts: Any) -> Mailing:
    return make_mailing(db, make_message(db, sender=sender), content=ADVERTISING, **facts)


def full(db: Session, contact: Contact, sender: Sender, now: datetime, **facts: Any) -> bool:
    given = {"channel": EMAIL, "purpose": MARKETING} | facts
    target = Target(contact.id, contact.email_key)
    return target in rhythm.full(db, [target], given["channel"], given["purpose"], sender.id, now)


@pytest.mark.parametrize(
    ("choice", "days", "expected"),
    [
        (Rhythm.ALL, 0, False), (Rhythm.WEEKLY, 1, True), (Rhythm.WEEKLY, 6, True),
        (Rhythm.WEEKLY, 8, False), (Rhythm.MONTHLY, 8, True), (Rhythm.MONTHLY, 31, False),
        (Rhythm.IMPORTANT, 300, True),
    ],
)  # fmt: skip
def test_one_in_a_while(db: Session, now: datetime, choice: Rhythm, days: int, expected: bool) -> None:
    sender, contact = make_sender(db), make_contact(db)
    wish(db, contact, sender, choice, now)
    sent = now - timedelta(days=days)
    make_delivery(db, mailing_of(db, sender, deadline=sent + timedelta(days=2)), contact, settled_at=sent)
    assert full(db, contact, sender, now) is expected


def test_the_wish_is_for_one_sender_and_for_advertising_by_mail(db: Session, now: datetime) -> None:
    sender, other, contact = make_sender(db), make_sender(db), make_contact(db)
    wish(db, contact, sender, Rhythm.WEEKLY, now)
    make_delivery(db, mailing_of(db, other), contact)
    assert not full(db, contact, sender, now), "what others sent does not count"
    make_delivery(db, make_mailing(db, make_message(db, sender=sender)), contact)
    assert not full(db, contact, sender, now), "nor what was no advertising"
    make_delivery(db, mailing_of(db, sender), contact)
    assert full(db, contact, sender, now)
    assert not full(db, contact, other, now)
    assert not full(db, contact, sender, now, purpose=ConsentPurpose.GREETING)
    assert not full(db, contact, sender, now, purpose=None)
    assert not full(db, contact, sender, now, channel=Channel.LETTER)


def test_a_frozen_audience_leaves_them_out_and_says_why(db: Session, now: datetime) -> None:
    sender = make_sender(db)
    rare, all_of_it = make_contact(db), make_contact(db)
    for contact in (rare, all_of_it):
        make_consent(db, contact, sender)
    wish(db, rare, sender, Rhythm.IMPORTANT, now)
    message = make_message(db, sender=sender)
    audience = freeze(
        db, message_id=message.id, rule=EVERYBODY, segment_name="x", field_names=[],
        variants={"vi": message.variants[0].id}, channels=[EMAIL], purpose=MARKETING,
        sender_id=sender.id, now=now,
    )  # fmt: skip
    assert audience.counts["email"] == 1
    assert audience.counts["left_out"] == {"email": {"rhythm": 1}}


def test_at_claim_the_second_of_two_mailings_waits(db: Session, now: datetime) -> None:
    """Both were frozen before either went out."""
    sender, contact = make_sender(db), make_contact(db)
    make_consent(db, contact, sender)
    wish(db, contact, sender, Rhythm.WEEKLY, now)
    first, second = (mailing_of(db, sender) for _ in range(2))
    rows = {
        mailing.id: make_delivery(db, mailing, contact, state=DeliveryState.QUEUED, settled_at=None)
        for mailing in (first, second)
    }
    db.commit()

    def claimed(mailing: Mailing) -> list[claim.Claimed]:
        terms = claim.Terms(mailing.id, EMAIL, MARKETING, sender.id, mailing.deadline)
        return claim.claim(db, terms, "a lane", 10, now)

    assert len(claimed(first)) == 1
    assert claimed(second) == []
    late = db.get_one(Delivery, rows[second.id].id, populate_existing=True)
    assert (late.state, late.reason) == (DeliveryState.SUPPRESSED, "rhythm")
    assert db.get_one(Message, first.message_id).sender_id == sender.id
