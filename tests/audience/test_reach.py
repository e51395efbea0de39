"""What is re-read at claim: the reasons in Python and the condition in SQL say the same."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.audience.reach import Skip, Target, closed_homes, skips
from campaign.audience.reach import against as refused_because
from campaign.contacts import consent, holds, suppression
from campaign.contacts.reachable import reachable
from campaign.models import (
    AudienceMember,
    Channel,
    ConsentPurpose,
    Contact,
    Delivery,
    HoldReason,
    Message,
    Sender,
    SuppressionReason,
)
from tests.factories import make_consent, make_contact, make_mailing, make_message, make_sender

PURPOSES = (ConsentPurpose.MARKETING, ConsentPurpose.GREETING, None)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("channel", list(Channel))
def test_reasons_and_conditions_agree(db: Session, now: datetime, channel: Channel, seed: int) -> None:
    chance = random.Random(seed)
    sender = make_sender(db)
    contacts = [make_contact(db) for _ in range(30)]
    for contact in contacts:
        _live(db, contact, sender, now, chance)
    deliveries = _deliveries(db, contacts, sender, channel)
    for purpose in PURPOSES:
        against = skips(
            db,
            [Target(row.contact_id, row.address_key) for row in deliveries],
            channel,
            purpose,
            sender.id,
            now,
        )
        expected = {row.contact_id for row in deliveries} - {target.contact_id for target in against}
        at_claim = (
            select(Delivery.contact_id)
            .join(Contact, Contact.id == Delivery.contact_id)
            .where(refused_because(channel, purpose, sender.id, now).is_(None))
        )
        assert set(db.scalars(at_claim)) == expected
        counted = select(Contact.id).where(reachable(channel, purpose, sender.id, now))
        assert set(db.scalars(counted)) == expected


def test_each_reason_has_its_word(db: Session, now: datetime) -> None:
    sender = make_sender(db)
    lan, hoa, mai, cuc = (make_contact(db) for _ in range(4))
    for contact in (lan, hoa, mai):
        make_consent(db, contact, sender)
    lan.erased_at = now
    suppression.suppress(
        db, Channel.EMAIL, hoa.email_key, SuppressionReason.REQUESTED, source="phone", now=now
    )
    holds.place(db, mai, HoldReason.BEREAVEMENT, now=now, until=now + timedelta(days=30))
    targets = [Target(contact.id, contact.email_key) for contact in (lan, hoa, mai, cuc)]
    found = skips(db, targets, Channel.EMAIL, ConsentPurpose.MARKETING, sender.id, now)
    assert [found[target] for target in targets] == [
        Skip.ERASED, Skip.SUPPRESSED, Skip.HELD, Skip.NO_CONSENT,
    ]  # fmt: skip
    later = now + timedelta(days=31)
    assert targets[2] not in skips(db, targets, Channel.EMAIL, ConsentPurpose.MARKETING, sender.id, later)


def test_an_answer_goes_out_unless_the_address_is_dead(db: Session, now: datetime) -> None:
    sender = make_sender(db)
    asked, dead = make_contact(db), make_contact(db)
    suppression.suppress(
        db, Channel.EMAIL, asked.email_key, SuppressionReason.UNSUBSCRIBED, source="x", now=now
    )
    suppression.suppress(db, Channel.EMAIL, dead.email_key, SuppressionReason.BOUNCED, source="x", now=now)
    holds.place(db, asked, HoldReason.COMPLAINT, now=now)
    targets = [Target(contact.id, contact.email_key) for contact in (asked, dead)]
    assert skips(db, targets, Channel.EMAIL, None, sender.id, now) == {targets[1]: Skip.SUPPRESSED}


def test_a_frozen_row_is_asked_about_by_its_own_home(db: Session, now: datetime) -> None:
    asked, dead, free = homes = [f"lê lan|{number} le loi|p 5|hue|49000|vn" for number in (1, 2, 3)]
    for home, reason in ((asked, SuppressionReason.REQUESTED), (dead, SuppressionReason.RETURNED)):
        suppression.suppress(db, Channel.LETTER, home, reason, source="x", now=now)
    suppression.suppress(db, Channel.EMAIL, free, SuppressionReason.BOUNCED, source="x", now=now)
    assert closed_homes(db, homes, ConsentPurpose.MARKETING) == {asked, dead}
    assert closed_homes(db, homes, None) == {dead}


def _live(db: Session, contact: Contact, sender: Sender, now: datetime, chance: random.Random) -> None:
    """Something of what happens to a contact."""
    for channel in Channel:
        for purpose in ConsentPurpose:
            if chance.random() < 0.6:
                make_consent(db, contact, sender, purpose, channel, now - timedelta(days=chance.randrange(9)))
            if chance.random() < 0.2:
                consent.withdraw(
                    db,
                    contact,
                    sender.id,
                    channel,
                    purpose,
                    source="x",
                    now=now - timedelta(days=chance.randrange(9)),
                )
        if chance.random() < 0.2:
            key = contact.email_key if channel is Channel.EMAIL else contact.letter_key
            reason = chance.choice(list(SuppressionReason))
            suppression.suppress(db, channel, key, reason, source="x", now=now)
    if chance.random() < 0.2:
        until = chance.choice([None, now + timedelta(days=1), now - timedelta(days=1)])
        holds.place(db, contact, HoldReason.PAUSE, now=now - timedelta(days=3), until=until)
    if chance.random() < 0.1:
        contact.erased_at = now
    if chance.random() < 0.1:
        contact.deceased_at = now


def _deliveries(db: Session, contacts: list[Contact], sender: Sender, channel: Channel) -> list[Delivery]:
    mailing = make_mailing(db, make_message(db, sender=sender))
    message_variant = db.get_one(Message, mailing.message_id).variants[0]
    made = []
    for contact in contacts:
        key = contact.email_key if channel is Channel.EMAIL else contact.letter_key
        facts = {
            "contact_id": contact.id, "channel": channel, "variant_id": message_variant.id,
            "address": "x", "address_key": key,
        }  # fmt: skip
        member = AudienceMember(audience_id=mailing.audience_id, values={}, **facts)
        db.add(member)
        db.flush()
        made.append(Delivery(mailing_id=mailing.id, audience_member_id=member.id, **facts))
    db.add_all(made)
    db.flush()
    return made
