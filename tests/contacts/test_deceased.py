"""Who died is written to no more: not at freeze, not at claim, not by care; and kin rest for a while."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.audience import freeze
from campaign.audience.reach import Skip, Target, skips
from campaign.care import plan
from campaign.clock import utc_now
from campaign.contacts import deceased, history
from campaign.contacts.reachable import reachable
from campaign.dispatch import claim, control
from campaign.errors import InvalidInput
from campaign.models import (
    AudienceMember,
    AuditEntry,
    Channel,
    ConsentPurpose,
    Contact,
    Delivery,
    DeliveryState,
    Hold,
    HoldReason,
)
from campaign.segments.rule import EVERYBODY
from tests.dispatch.making import make_mailing, rows_of, terms_of
from tests.factories import make_consent, make_contact, make_message, make_organisation, make_sender

PURPOSES = (ConsentPurpose.MARKETING, ConsentPurpose.GREETING, None)


def died(db: Session, contact: Contact, now: datetime, **facts: object) -> list[Hold]:
    return deceased.record(db, contact, died_on=None, source="con gái gọi", now=now, **facts)


@pytest.mark.parametrize("channel", list(Channel))
def test_nothing_reaches_them_not_even_an_answer(db: Session, now: datetime, channel: Channel) -> None:
    sender, contact = make_sender(db), make_contact(db)
    for purpose in ConsentPurpose:
        make_consent(db, contact, sender, purpose, channel)
    key = contact.email_key if channel is Channel.EMAIL else contact.letter_key
    target = Target(contact.id, key)
    for purpose in PURPOSES:
        assert skips(db, [target], channel, purpose, sender.id, now) == {}
    died(db, contact, now)
    for purpose in PURPOSES:
        assert skips(db, [target], channel, purpose, sender.id, now) == {target: Skip.DECEASED}
        found = select(Contact.id).where(reachable(channel, purpose, sender.id, now))
        assert db.scalars(found).all() == []
    # consent that comes in later, of an old form, revives nobody
    make_consent(db, contact, sender, ConsentPurpose.MARKETING, channel, now + timedelta(days=1))
    assert skips(db, [target], channel, ConsentPurpose.MARKETING, sender.id, now + timedelta(days=2))


def test_no_audience_has_them(db: Session, now: datetime) -> None:
    sender = make_sender(db)
    living, dead = make_contact(db), make_contact(db)
    for contact in (living, dead):
        make_consent(db, contact, sender)
    died(db, dead, now)
    message = make_message(db, sender=sender)
    audience = freeze.freeze(
        db, message_id=message.id, rule=EVERYBODY, segment_name="", field_names=(),
        variants={"vi": message.variants[0].id}, channels=list(Channel),
        purpose=ConsentPurpose.MARKETING, sender_id=sender.id, now=now,
    )  # fmt: skip
    members = select(AudienceMember.contact_id).where(AudienceMember.audience_id == audience.id)
    assert set(db.scalars(members)) == {living.id}
    assert audience.counts["left_out"]["email"] == {"deceased": 1}


def test_what_was_frozen_before_is_refused_at_claim(db: Session) -> None:
    now = utc_now()
    mailing = make_mailing(db, now, 3)
    control.start(db, mailing, now)
    row = rows_of(db, mailing)[0]
    died(db, db.get_one(Contact, row.contact_id), now)
    db.commit()
    taken = claim.claim(db, terms_of(mailing), "lane", 10, now)
    db.commit()
    assert row.id not in {claimed.row_id for claimed in taken}
    assert len(taken) == 2
    refused = db.get_one(Delivery, row.id, populate_existing=True)
    assert (refused.state, refused.reason) == (DeliveryState.SUPPRESSED, "deceased")


def test_greetings_stop(db: Session, now: datetime) -> None:
    today = date(2026, 3, 9)
    house = make_organisation(db, founded_on=date(1999, 3, 10))
    dead = make_contact(db, birth_day=10, birth_month=3, organisation_id=house.id)
    assert {one.key.occasion for one in plan.upcoming(db, today, 2, now=now) if one.is_personal} == {
        "birthday",
        "founding",
    }
    died(db, dead, now)
    assert [one for one in plan.upcoming(db, today, 2, now=now) if one.is_personal] == []
    womens_day = plan.upcoming(db, date(2026, 3, 7), 2, now=now)
    assert all(dead.id not in {person.contact_id for person in one.people} for one in womens_day)
    assert sum(one.total for one in womens_day if one.key.on == date(2026, 3, 8)) == 0


def test_kin_are_found_and_rest_when_they_are_chosen(db: Session, now: datetime) -> None:
    place = {"street": "7 Hàng Bè", "ward": "Phường Hoàn Kiếm", "province": "Hà Nội"}
    dead = make_contact(db, full_name="Lê Văn Sơn", email="nha@example.com", phone="0912 345 987", **place)
    by_mail = make_contact(db, full_name="B", email="NHA@example.com", street="x", phone="")
    by_phone = make_contact(db, full_name="C", phone="0912.345.987", street="y")
    by_house = make_contact(db, full_name="D", **place)
    make_contact(db, full_name="E", street="8 Hàng Bè")
    earlier = make_contact(db, full_name="F", **place)
    died(db, earlier, now)
    make_organisation(db, phone="0912 345 987")
    assert [one.id for one in deceased.kin(db, dead)] == [by_mail.id, by_phone.id, by_house.id]
    stranger = make_contact(db)
    made = died(db, dead, now, resting=(by_mail.id, by_house.id, stranger.id))
    assert {hold.contact_id for hold in made} == {by_mail.id, by_house.id}
    assert {(hold.reason, hold.ends_at) for hold in made} == {
        (HoldReason.BEREAVEMENT, now + timedelta(days=100))
    }


def test_of_nobody_known_by_name_alone_everybody_would_be_kin(db: Session, now: datetime) -> None:
    dead = make_contact(db, email="", phone="", street="", ward="", province="")
    make_contact(db, email="", phone="", street="", ward="", province="")
    assert deceased.kin(db, dead) == []


def test_a_mistake_is_taken_back_with_a_reason_and_both_are_kept(db: Session, now: datetime) -> None:
    sender, contact = make_sender(db), make_contact(db)
    make_consent(db, contact, sender)
    deceased.record(db, contact, died_on=date(2026, 3, 1), source="báo", now=now)
    with pytest.raises(InvalidInput):
        deceased.take_back(db, contact, reason=" ", now=now)
    deceased.take_back(db, contact, reason="khách gọi điện", now=now + timedelta(days=1))
    assert (contact.deceased_at, contact.died_on) == (None, None)
    target = Target(contact.id, contact.email_key)
    assert skips(db, [target], Channel.EMAIL, ConsentPurpose.MARKETING, sender.id, now) == {}
    kept = history.of_contact(db, contact)
    assert [(fact.old, fact.new, fact.source) for fact in kept["died_on"]] == [
        ("2026-03-01", "", "khách gọi điện"),
        ("", "2026-03-01", "báo"),
    ]
    actions = select(AuditEntry.action).order_by(AuditEntry.id)
    assert [act for act in db.scalars(actions) if act.startswith("contact.")] == [
        "contact.deceased",
        "contact.alive",
    ]


def test_what_cannot_be_is_refused(db: Session, now: datetime) -> None:
    contact = make_contact(db)
    with pytest.raises(InvalidInput, match="deceased-kind"):
        died(db, make_organisation(db), now)
    with pytest.raises(InvalidInput, match="no-source"):
        deceased.record(db, contact, died_on=None, source="", now=now)
    with pytest.raises(InvalidInput, match="future"):
        deceased.record(db, contact, died_on=now.date() + timedelta(days=2), source="x", now=now)
    with pytest.raises(InvalidInput, match="not-deceased"):
        deceased.take_back(db, contact, reason="x", now=now)
    died(db, contact, now)
    with pytest.raises(InvalidInput, match="deceased-twice"):
        died(db, contact, now)
