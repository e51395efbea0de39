"""Vietnam's limit of three advertising e-mails in 24 hours: at the freeze and at claim, over all mailings."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from campaign.audience import daily
from campaign.audience.freeze import freeze
from campaign.audience.reach import Target
from campaign.db import Database
from campaign.dispatch.claim import Terms, claim
from campaign.models import (
    Audience,
    Channel,
    ConsentPurpose,
    Contact,
    Delivery,
    DeliveryState,
    Mailing,
    Sender,
)
from campaign.segments import EVERYBODY
from tests.factories import (
    make_consent,
    make_contact,
    make_delivery,
    make_mailing,
    make_message,
    make_sender,
)

MARKETING = {"purpose": "marketing"}
State = DeliveryState
HOUR = timedelta(hours=1)


def had(db: Session, sender: Sender, contact: Contact, *states: State, **facts: object) -> None:
    """One marketing mailing to the contact for each state."""
    for state in states:
        content = facts.get("content", MARKETING)
        mailing = make_mailing(db, make_message(db, sender=sender), content=content)
        at = facts.get("settled_at", mailing.created_at - HOUR)
        make_delivery(db, mailing, contact, state=state, settled_at=at)


def frozen(db: Session, sender: Sender, now: datetime) -> Audience:
    message = make_message(db, sender=sender)
    return freeze(
        db,
        message_id=message.id,
        rule=EVERYBODY,
        segment_name="Mọi người",
        field_names=[],
        variants={"vi": message.variants[0].id},
        channels=[Channel.EMAIL],
        purpose=ConsentPurpose.MARKETING,
        sender_id=sender.id,
        now=now,
    )


def reader(db: Session, sender: Sender, **facts: object) -> Contact:
    contact = make_contact(db, **facts)
    make_consent(db, contact, sender)
    return contact


def is_full(db: Session, sender: Sender, contact: Contact, now: datetime) -> bool:
    target = Target(contact.id, contact.email_key)
    return bool(daily.full(db, [target], Channel.EMAIL, ConsentPurpose.MARKETING, sender.id, now))


def test_who_had_three_is_left_out_of_the_audience(db: Session, now: datetime) -> None:
    sender = make_sender(db)
    busy, free = reader(db, sender), reader(db, sender)
    had(db, sender, busy, State.ACCEPTED, State.UNKNOWN, State.CLAIMED)
    had(db, sender, free, State.ACCEPTED, State.ACCEPTED)
    audience = frozen(db, sender, now)
    assert audience.counts["email"] == 1
    assert audience.counts["left_out"] == {"email": {"daily_limit": 1}}


@pytest.mark.parametrize("state", list(State))
def test_what_may_have_arrived_counts(db: Session, now: datetime, state: State) -> None:
    sender = make_sender(db)
    contact = reader(db, sender)
    had(db, sender, contact, State.ACCEPTED, State.ACCEPTED, state)
    counts = {State.ACCEPTED, State.UNKNOWN, State.CLAIMED}
    assert is_full(db, sender, contact, now) is (state in counts)


def test_only_advertising_of_the_last_24_hours_counts(db: Session, now: datetime) -> None:
    sender = make_sender(db)
    contact = reader(db, sender)
    had(db, sender, contact, State.ACCEPTED, State.ACCEPTED)
    had(db, sender, contact, State.ACCEPTED, content={"purpose": "greeting"})
    had(db, sender, contact, State.ACCEPTED, content={"purpose": None})
    had(db, sender, contact, State.ACCEPTED, settled_at=now - 24 * HOUR)
    assert not is_full(db, sender, contact, now)
    had(db, sender, contact, State.ACCEPTED, settled_at=now - 24 * HOUR + timedelta(seconds=1))
    assert is_full(db, sender, contact, now)


@pytest.mark.parametrize(
    ("home", "country", "full"),
    [("VN", "VN", True), ("VN", "DK", True), ("DK", "VN", True), ("DK", "DK", False)],
)
def test_the_law_follows_reader_and_sender(
    db: Session, now: datetime, home: str, country: str, full: bool
) -> None:
    sender = make_sender(db, country=home)
    contact = reader(db, sender, country=country)
    had(db, sender, contact, *[State.ACCEPTED] * 3)
    assert is_full(db, sender, contact, now) is full


def queued(db: Session, sender: Sender, contacts: list[Contact]) -> Mailing:
    mailing = make_mailing(db, make_message(db, sender=sender), content=MARKETING)
    for contact in contacts:
        make_delivery(db, mailing, contact, state=State.QUEUED, settled_at=None)
    return mailing


def terms(mailing: Mailing, sender: Sender) -> Terms:
    return Terms(mailing.id, Channel.EMAIL, ConsentPurpose.MARKETING, sender.id, mailing.deadline)


def test_a_claim_drops_whose_day_is_full_by_now(db: Session, now: datetime) -> None:
    sender = make_sender(db)
    busy, free = reader(db, sender), reader(db, sender)
    mailing = queued(db, sender, [busy, free])
    had(db, sender, busy, *[State.ACCEPTED] * 3)
    taken = claim(db, terms(mailing, sender), "lane", 10, now)
    assert [row.contact_id for row in taken] == [free.id]
    db.expire_all()
    dropped = db.query(Delivery).filter_by(mailing_id=mailing.id, contact_id=busy.id).one()
    assert (dropped.state, dropped.reason) == (State.SUPPRESSED, "daily_limit")
    assert dropped.settled_at == now
    assert dropped.smtp_code is None


def test_of_two_mailings_only_one_gets_the_last_place(database: Database, now: datetime) -> None:
    with database.write() as db:
        sender = make_sender(db)
        contact = reader(db, sender)
        had(db, sender, contact, State.ACCEPTED, State.ACCEPTED)
        mailings = [terms(queued(db, sender, [contact]), sender) for _ in range(2)]
    taken = []
    for number, one in enumerate(mailings):
        with database.write() as db:
            taken.append(len(claim(db, one, f"lane {number}", 10, now)))
    assert taken == [1, 0]


def test_the_second_claim_waits_for_the_first_to_commit(database: Database, now: datetime) -> None:
    """Two claims at once: PostgreSQL would show each a day with one place left."""
    with database.write() as db:
        sender = make_sender(db)
        contact = reader(db, sender)
        had(db, sender, contact, State.ACCEPTED, State.ACCEPTED)
        mailings = [terms(queued(db, sender, [contact]), sender) for _ in range(2)]
    taken: list[int] = []
    started = threading.Event()

    def second() -> None:
        started.set()
        with database.write() as db:
            taken.append(len(claim(db, mailings[1], "second", 10, now)))

    thread = threading.Thread(target=second)
    with database.write() as db:
        first = claim(db, mailings[0], "first", 10, now)
        thread.start()
        started.wait()
        thread.join(0.5)
        assert taken == []
    thread.join()
    assert (len(first), taken) == (1, [0])


def test_a_claim_again_does_not_count_itself(db: Session, now: datetime) -> None:
    sender = make_sender(db)
    contact = reader(db, sender)
    had(db, sender, contact, State.ACCEPTED, State.ACCEPTED)
    mailing = queued(db, sender, [contact])
    assert claim(db, terms(mailing, sender), "lane", 10, now)
    target = Target(contact.id, contact.email_key)
    marketing = (Channel.EMAIL, ConsentPurpose.MARKETING, sender.id, now)
    assert not daily.full(db, [target], *marketing, besides=mailing.id)
    assert daily.full(db, [target], *marketing)
