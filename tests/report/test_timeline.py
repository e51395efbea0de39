"""One contact's line of everything, the newest first, page by page."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session

from campaign.contacts import holds, notes, profile
from campaign.errors import InvalidInput
from campaign.models import (
    Channel,
    Consent,
    ConsentAction,
    ConsentPurpose,
    Contact,
    DeliveryState,
    Event,
    EventKind,
    HoldReason,
    Message,
    Reply,
)
from campaign.report import timeline
from campaign.report.timeline import Entry, Kind, Page, Place, Topic
from tests.conftest import NOW
from tests.factories import (
    make_contact,
    make_delivery,
    make_mailing,
    make_message,
    make_order,
    make_organisation,
)
from tests.report.test_numbers import make_campaign

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
LATER = NOW + timedelta(days=400)
FACTS = (Kind.CHANGED,)


def read(db: Session, contact: Contact, **asked: object) -> Page:
    return timeline.of_contact(db, contact.id, **({"now": LATER, "zone": ZONE} | asked))


def kinds(page: Page) -> list[Kind]:
    return [entry.kind for entry in page.entries]


def test_all_that_was_sent_and_received(db: Session) -> None:
    campaign, mailing = make_campaign(db)
    contact = make_contact(db, NOW - timedelta(days=10))
    mail = make_delivery(db, mailing, contact, settled_at=NOW - timedelta(hours=5))
    make_delivery(db, mailing, contact, channel=Channel.LETTER, state=DeliveryState.IN_PRINT, settled_at=None)
    make_delivery(db, mailing, make_contact(db))
    for minutes in (3, 2, 1):
        db.add(Event(delivery_id=mail.id, kind=EventKind.OPEN, at=NOW - timedelta(minutes=minutes)))
    db.add(Event(delivery_id=mail.id, kind=EventKind.CLICK, at=NOW - timedelta(hours=4), machine=True))
    reply = Reply(
        channel=Channel.EMAIL,
        delivery_id=mail.id,
        contact_id=contact.id,
        text="Cảm ơn",
        received_at=NOW + timedelta(minutes=1),
    )
    db.add(reply)
    for action, days in ((ConsentAction.GRANTED, 9), (ConsentAction.RETRACTED, 8)):
        db.add(
            Consent(
                contact_id=contact.id,
                sender_id=db.get_one(Message, campaign.message_id).sender_id,
                channel=Channel.EMAIL,
                purpose=ConsentPurpose.MARKETING,
                action=action,
                source="form",
                at=NOW - timedelta(days=days),
            )
        )
    db.flush()
    found = read(db, contact)
    assert kinds(found) == [
        Kind.REPLIED,
        Kind.IN_PRINT,
        Kind.OPENED,
        Kind.CLICKED_BY_MACHINE,
        Kind.SENT,
        Kind.CONSENT_RETRACTED,
        Kind.CONSENT_GRANTED,
        Kind.CHANGED,
    ]
    opened = found.entries[2]
    assert (opened.times, opened.at, opened.campaign_id) == (3, NOW - timedelta(minutes=3), campaign.id)
    assert found.entries[0].text == "Cảm ơn"
    assert found.older is None


def test_a_person_and_a_machine_opening_the_same_mail_stand_apart(db: Session) -> None:
    contact = make_contact(db)
    mail = make_delivery(db, contact=contact)
    for minutes, machine in ((1, True), (2, True), (30, False)):
        db.add(
            Event(
                delivery_id=mail.id, kind=EventKind.OPEN, at=NOW + timedelta(minutes=minutes), machine=machine
            )
        )
    db.flush()
    found = read(db, contact, topic=Topic.ANSWERS).entries
    assert [(entry.kind, entry.times) for entry in found] == [
        (Kind.OPENED, 1),
        (Kind.OPENED_BY_MACHINE, 2),
    ]


def test_orders_stand_at_the_beginning_of_their_day_in_the_houses_zone(db: Session) -> None:
    contact = make_contact(db)
    make_order(db, contact, ordered_on=date(2026, 3, 2), amount=-50_000)
    entry = read(db, contact, topic=Topic.ORDERS).entries[0]
    assert entry.kind is Kind.REFUNDED
    assert entry.at == datetime(2026, 3, 2, tzinfo=ZONE)


def test_what_was_written_in_one_go_is_one_line(db: Session) -> None:
    contact = make_contact(db, NOW)
    later = NOW + timedelta(hours=1)
    profile.change(db, contact, {"phone": "0901234567", "position": "Kế toán"}, source="form", now=later)
    profile.change(db, contact, {"occupation": "giáo viên"}, source="import:3", now=later)
    found = read(db, contact, topic=Topic.FACTS).entries
    assert [[change[0] for change in entry.detail["changes"]] for entry in found[:2]] == [
        ["occupation"],
        ["phone", "position"],
    ]
    assert found[1].times == 2


def test_holds_stand_where_they_begin_and_where_they_end(db: Session) -> None:
    contact = make_contact(db)
    holds.place(db, contact, HoldReason.PAUSE, now=NOW, until=NOW + timedelta(days=3), note="đi xa")
    found = read(db, contact, topic=Topic.RIGHTS, now=NOW + timedelta(days=2)).entries
    assert [(entry.kind, entry.text) for entry in found] == [(Kind.HELD, "đi xa")]
    found = read(db, contact, topic=Topic.RIGHTS, now=NOW + timedelta(days=4)).entries
    assert [entry.kind for entry in found] == [Kind.HOLD_ENDED, Kind.HELD]


def test_notes_are_for_those_who_may_read_them(db: Session) -> None:
    contact = make_contact(db, NOW)
    notes.add(db, contact, "Thích trà sen", now=NOW + timedelta(days=1))
    profile.change(db, contact, {"note": "bí mật"}, source="form", now=NOW + timedelta(days=2))
    assert kinds(read(db, contact)) == [Kind.CHANGED, Kind.NOTED, Kind.CHANGED]
    assert kinds(read(db, contact, with_notes=False)) == [Kind.CHANGED]


def test_an_organisation_shows_what_went_to_its_contact_persons(db: Session) -> None:
    house = make_organisation(db)
    person = make_contact(db, organisation_id=house.id)
    mail = make_delivery(db, contact=person)
    db.add(Event(delivery_id=mail.id, kind=EventKind.OPEN, at=NOW))
    notes.add(db, person, "riêng", now=NOW)
    db.flush()
    found = read(db, house, people=[person.id]).entries
    assert [(entry.kind, entry.contact_id) for entry in found if entry.kind is not Kind.CHANGED] == [
        (Kind.OPENED, person.id),
        (Kind.SENT, person.id),
    ]


@pytest.mark.parametrize("seed", range(3))
def test_pages_hold_everything_once_and_in_order(db: Session, seed: int) -> None:
    """Many things at the same moments: no page loses one or shows it twice, whatever its size."""
    chance = random.Random(seed)
    contact = make_contact(db, NOW - timedelta(days=30))
    moments = [NOW + timedelta(days=days) for days in range(6)]
    # midnights of the house too, where orders stand
    moments += [datetime(2026, 3, 10 + days, tzinfo=ZONE) for days in range(4)]
    sender_id = make_message(db).sender_id
    for number in range(90):
        _happen(db, contact, chance.choice(moments), chance, sender_id, number)
    db.flush()
    whole = read(db, contact, size=500)
    assert whole.older is None
    assert len(whole.entries) > 60
    assert [entry.place for entry in whole.entries] == sorted(
        (entry.place for entry in whole.entries), reverse=True
    )
    for size in (1, 7, 30):
        assert _walk(db, contact, size, None) == list(whole.entries)
    for topic in Topic:
        alone = _walk(db, contact, 4, topic)
        assert alone == list(read(db, contact, topic=topic, size=500).entries)
    assert sum(len(_walk(db, contact, 50, topic)) for topic in Topic) == len(whole.entries)


def _walk(db: Session, contact: Contact, size: int, topic: Topic | None) -> list[Entry]:
    found: list[Entry] = []
    before = None
    while True:
        page = read(db, contact, size=size, topic=topic, before=before)
        found += page.entries
        if page.older is None:
            return found
        before = Place.parse(str(page.older))


def _happen(
    db: Session, contact: Contact, at: datetime, chance: random.Random, sender_id: int, number: int
) -> None:
    match chance.randrange(7):
        case 0:
            make_order(db, contact, ordered_on=at.astimezone(ZONE).date())
        case 1:
            notes.add(db, contact, f"ghi {number}", now=at)
        case 2:
            profile.change(db, contact, {"occupation": f"nghề {number}"}, source=f"nguồn {number}", now=at)
        case 3:
            end = chance.choice([None, at, at + timedelta(days=1)])
            holds.place(db, contact, HoldReason.PAUSE, now=at, until=end)
        case 4:
            db.add(Reply(channel=Channel.EMAIL, contact_id=contact.id, text="a", received_at=at))
        case 5:
            mail = make_delivery(db, make_mailing(db), contact, settled_at=at)
            for kind in (EventKind.OPEN, EventKind.CLICK):
                db.add(Event(delivery_id=mail.id, kind=kind, at=at, machine=chance.random() < 0.5))
        case _:
            db.add(
                Consent(
                    contact_id=contact.id,
                    sender_id=sender_id,
                    channel=Channel.EMAIL,
                    source="x",
                    at=at,
                    purpose=ConsentPurpose.MARKETING,
                    action=chance.choice(list(ConsentAction)),
                )
            )


def test_a_stranger_has_no_history(db: Session) -> None:
    found = timeline.of_contact(db, 4711, now=NOW, zone=ZONE)
    assert (found.entries, found.older) == ((), None)


@pytest.mark.parametrize(
    "text", ["", "x", "20260309T020000.000000.6", "20261399T020000.000000.6.1", "2026.1.1", "９.1.1"]
)
def test_a_place_that_nobody_wrote_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        Place.parse(text)
