"""The ledger: newest entry holds, in Python and in SQL alike."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from campaign.contacts import consent
from campaign.models import Channel, Consent, ConsentAction, ConsentPurpose, Contact
from tests.factories import make_consent, make_contact, make_sender

EMAIL, LETTER = Channel.EMAIL, Channel.LETTER
MARKETING, GREETING = ConsentPurpose.MARKETING, ConsentPurpose.GREETING


def test_email_needs_a_consent_and_a_letter_does_not(db: Session) -> None:
    sender = make_sender(db)
    lan = make_contact(db)
    assert not consent.may_write(db, lan, EMAIL, MARKETING, sender.id)
    assert not consent.may_write(db, lan, EMAIL, GREETING, sender.id)
    assert consent.may_write(db, lan, LETTER, MARKETING, sender.id)


def test_consent_to_marketing_covers_greetings_until_those_are_withdrawn(db: Session, now: datetime) -> None:
    sender = make_sender(db)
    lan = make_contact(db)
    make_consent(db, lan, sender, MARKETING)
    assert consent.may_write(db, lan, EMAIL, GREETING, sender.id)
    consent.withdraw(db, lan, sender.id, EMAIL, GREETING, source="phone", now=now)
    assert not consent.may_write(db, lan, EMAIL, GREETING, sender.id)
    assert consent.may_write(db, lan, EMAIL, MARKETING, sender.id)


def test_a_consent_is_for_one_sender(db: Session) -> None:
    ours, theirs = make_sender(db), make_sender(db)
    lan = make_contact(db)
    make_consent(db, lan, ours)
    assert not consent.may_write(db, lan, EMAIL, MARKETING, theirs.id)


def test_of_two_entries_at_one_moment_the_later_written_holds(db: Session, now: datetime) -> None:
    sender = make_sender(db)
    lan = make_contact(db)
    make_consent(db, lan, sender, now=now)
    consent.withdraw(db, lan, sender.id, EMAIL, MARKETING, source="page", now=now)
    assert not consent.may_write(db, lan, EMAIL, MARKETING, sender.id)
    assert _allowed(db, EMAIL, MARKETING, sender.id) == set()


def test_the_ledger_is_never_changed(db: Session) -> None:
    sender = make_sender(db)
    entry = make_consent(db, make_contact(db), sender)
    db.commit()
    entry.action = ConsentAction.WITHDRAWN
    with pytest.raises(DBAPIError):
        db.flush()


@pytest.mark.parametrize("seed", range(5))
def test_sql_and_python_agree_on_random_ledgers(db: Session, now: datetime, seed: int) -> None:
    chance = random.Random(seed)
    senders = [make_sender(db), make_sender(db)]
    contacts = [make_contact(db) for _ in range(25)]
    for _ in range(150):
        db.add(
            Consent(
                contact_id=chance.choice(contacts).id,
                sender_id=chance.choice(senders).id,
                channel=chance.choice(list(Channel)),
                purpose=chance.choice(list(ConsentPurpose)),
                action=chance.choice(list(ConsentAction)),
                source="test",
                at=now + timedelta(days=chance.randrange(4)),
            )
        )
    db.flush()
    for channel in Channel:
        for purpose in ConsentPurpose:
            expected = {c.id for c in contacts if consent.may_write(db, c, channel, purpose, senders[0].id)}
            assert _allowed(db, channel, purpose, senders[0].id) == expected
            some = [contact.id for contact in contacts[:7]]
            condition = consent.allowed(channel, purpose, senders[0].id, among=some)
            assert set(
                db.scalars(select(Contact.id).where(condition, Contact.id.in_(some)))
            ) == expected & set(some)


def _allowed(db: Session, channel: Channel, purpose: ConsentPurpose, sender_id: int) -> set[int]:
    return set(db.scalars(select(Contact.id).where(consent.allowed(channel, purpose, sender_id))))
