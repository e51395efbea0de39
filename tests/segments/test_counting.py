"""Counts per channel, and the sample."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from campaign.contacts import spread
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


def test_of_many_the_sample_is_sought_among_some_and_among_all_where_these_do_not_suffice(
    db: Session, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    contacts = [make_contact(db) for _ in range(30)]
    monkeypatch.setattr(spread, "LOOKED_AT", 10)
    looked_at = contacts[:: (contacts[-1].id - contacts[0].id) // 10 + 1]
    found = sample(db, EVERYBODY, now=now, limit=5)
    assert found == sample(db, EVERYBODY, now=now, limit=5)
    assert {one.id for one in found} <= {one.id for one in looked_at}
    assert len(found) == 5
    others = [one for one in contacts if one not in looked_at]
    for one in others[3:]:
        one.erased_at = now
    for one in looked_at:
        one.erased_at = now
    db.flush()
    assert {one.id for one in sample(db, EVERYBODY, now=now, limit=5)} == {one.id for one in others[:3]}
