"""Counts per channel, and the sample."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from campaign.models import ConsentPurpose
from campaign.segments import EVERYBODY, Counts, count, sample
from tests.factories import make_consent, make_contact, make_organisation, make_sender


def test_people_are_counted_per_channel_and_addresses_once(db: Session, now: datetime) -> None:
    sender = make_sender(db)
    both, twin = make_contact(db, email="a@example.com"), make_contact(db, email="A@example.com", street="")
    for contact in (both, twin, make_contact(db, street="")):
        make_consent(db, contact, sender)
    make_contact(db, email="")
    make_organisation(db)
    erased = make_contact(db)
    erased.erased_at = now
    db.flush()
    found = count(db, EVERYBODY, sender_id=sender.id, purpose=ConsentPurpose.MARKETING, now=now)
    assert found == Counts(people=4, email=2, letter=2, both=1, organisations=1)


def test_the_sample_is_the_same_each_time_and_not_the_first_rows(db: Session, now: datetime) -> None:
    contacts = [make_contact(db) for _ in range(30)]
    first = sample(db, EVERYBODY, now=now, limit=5)
    assert first == sample(db, EVERYBODY, now=now, limit=5)
    assert first != contacts[:5]
