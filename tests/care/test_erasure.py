"""A person is erased: nothing tells who they were, nothing more leaves, and every count stays."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Text, cast, select
from sqlalchemy.orm import Session

from campaign import audit
from campaign.care import erasure
from campaign.clock import utc_now
from campaign.contacts import profile
from campaign.db import Database
from campaign.dispatch import claim, control, moves, retry, send, sweep, tally
from campaign.errors import InvalidInput, Refused
from campaign.inbound import intake, process
from campaign.inbound.verdict import Verdict
from campaign.links import Addresses, Purpose, Signer
from campaign.models import (
    AudienceMember,
    AuditEntry,
    Base,
    Channel,
    Contact,
    ContactFact,
    Delivery,
    DeliveryState,
    Event,
    EventKind,
    Hold,
    InboundMail,
    Mailing,
    Reply,
    Suppression,
)
from campaign.track import unsubscribes, view
from tests.dispatch.making import (
    keeping_sink,
    make_mailing,
    rows_of,
    settings_for,
    start_company,
    states,
    terms_of,
)
from tests.factories import make_contact, make_delivery
from tests.inbound.letters import answer, bounce

WORD = "asked in writing"
SIGNER = Signer(b"a key for tests")
WHERE = Addresses(SIGNER, "https://mail.example.com", "reply.example.com")


def forget(db: Session, contact_id: int) -> int:
    contact = db.get_one(Contact, contact_id)
    count = erasure.erase(db, contact, WHERE, reason=WORD, actor=None, now=utc_now())
    db.commit()
    return count


def everything(db: Session) -> str:
    """All text of all tables but the log of the mail that comes in raw."""
    found = []
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            found += [str(value) for value in db.scalars(select(cast(column, Text))) if value]
    db.commit()
    return "\n".join(found)


def test_no_table_tells_any_more_who_it_was(db: Session) -> None:
    contact = make_contact(
        db, full_name="Đỗ Thị Quỳnh Ễn", email="quynh.en@example.net", phone="0912345987", street="7 Hàng Bè",
        note="Thích trà sen Tây Hồ", tags=["khách quý"], birth_day=3, birth_month=9,
    )  # fmt: skip
    profile.change(db, contact, {"full_name": "Đỗ Thị Quỳnh Én"}, source="form", now=utc_now())
    db.add(Hold(contact_id=contact.id, reason="pause", note="bà Quỳnh ốm", starts_at=utc_now()))
    delivery = make_delivery(
        db, contact=contact, address=contact.email, address_key=contact.email_key,
        smtp_reply="250 <quynh.en@example.net> ok", state=DeliveryState.ACCEPTED, settled_at=utc_now(),
    )  # fmt: skip
    member = db.get_one(AudienceMember, delivery.audience_member_id)
    member.values = {"contact": {"full_name": contact.full_name}}
    db.commit()
    for raw, to in (
        (answer("Quỳnh đây, tôi lấy 2 hộp.", "quynh.en@example.net"), WHERE.reply(delivery.id)),
        (bounce("5.1.1", "smtp; 550 <quynh.en@example.net> unknown"), WHERE.bounce(delivery.id)),
    ):
        mail = intake.store(db, raw, "quynh.en@example.net", to, utc_now())
        process.process(db, SIGNER, mail.id, utc_now())
    db.commit()
    words = ["Quỳnh", "quynh", "0912345987", "Hàng Bè", "sen Tây Hồ", "khách quý"]
    before = everything(db)
    assert all(word in before for word in words)
    verdicts = db.scalars(select(InboundMail.verdict)).all()
    assert set(verdicts) == {Verdict.REPLY, Verdict.BOUNCE_HARD}
    assert forget(db, contact.id) == 1
    assert db.scalars(select(InboundMail.raw)).all() == [b"", b""]
    # nor the list of addresses that are never written to: a hash keeps the bounced one out
    assert db.scalars(select(Suppression.address_key)).all() == []
    after = everything(db)
    assert [word for word in words if word in after] == []
    assert db.get_one(Contact, contact.id).code == contact.code != ""


def test_what_waits_is_never_sent(database: Database, db: Session, tmp_path: Path) -> None:
    with keeping_sink() as sink:
        mailing = start_company(db, 6)
        queued, deferred, unknown = rows_of(db, mailing)[:3]
        deferred.state, deferred.next_attempt_at = DeliveryState.DEFERRED, utc_now() - timedelta(minutes=1)
        unknown.state, unknown.settled_at = DeliveryState.UNKNOWN, utc_now()
        db.commit()
        addresses = {row.address for row in (queued, deferred, unknown)}
        for row in (queued, deferred, unknown):
            assert forget(db, row.contact_id) == 1
        assert states(db, mailing) == {
            DeliveryState.SUPPRESSED: 2, DeliveryState.UNKNOWN: 1, DeliveryState.QUEUED: 3,
        }  # fmt: skip
        assert moves.send_again(db, unknown.id)
        db.commit()
        send.run_email_lane(database, settings_for(tmp_path, sink), mailing.id, clock=utc_now)
        assert states(db, mailing) == {DeliveryState.SUPPRESSED: 3, DeliveryState.ACCEPTED: 3}
        assert not addresses & {taken.recipient for taken in sink.accepted}
        assert len(sink.accepted) == 3
    assert {row.reason for row in rows_of(db, mailing)[:3]} == {"erased"}
    assert retry.retry(db, mailing.id) == 0
    db.commit()


def test_a_claim_of_the_erased_goes_nowhere_and_is_emptied(db: Session) -> None:
    """Planned while the erasure was under way: the claim refuses it, and leaves no address behind."""
    now = utc_now()
    mailing = make_mailing(db, now, 3)
    control.start(db, mailing, now)
    first = rows_of(db, mailing)[0]
    address = first.address
    forget(db, first.contact_id)
    db.execute(
        Delivery.__table__.update()
        .where(Delivery.id == first.id)
        .values(state=DeliveryState.QUEUED, address=address, address_key=address, reason="")
    )
    db.commit()
    taken = claim.claim(db, terms_of(mailing), "lane", 10, now)
    db.commit()
    assert address not in {row.address for row in taken}
    assert len(taken) == 2
    row = rows_of(db, mailing)[0]
    assert (row.state, row.reason, row.address) == (DeliveryState.SUPPRESSED, "erased", "")
    assert row.address_key == f"erased:{row.contact_id}"


def test_one_erased_while_rows_are_planned_gets_a_row_that_says_so(db: Session) -> None:
    now = utc_now()
    mailing = make_mailing(db, now, 3)
    first = db.scalars(select(Contact.id).order_by(Contact.id)).first()
    assert first is not None
    assert forget(db, first) == 0
    control.start(db, db.get_one(Mailing, mailing.id), now)
    db.commit()
    assert len(rows_of(db, mailing)) == 3
    assert len(claim.claim(db, terms_of(mailing), "lane", 10, now)) == 2
    db.commit()
    assert states(db, mailing) == {DeliveryState.SUPPRESSED: 1, DeliveryState.CLAIMED: 2}


def test_a_lane_that_holds_it_may_still_say_how_it_ended(db: Session) -> None:
    now = utc_now()
    mailing = make_mailing(db, now, 1)
    control.start(db, mailing, now)
    (row_id,) = moves.claim(db, mailing.id, Channel.EMAIL, "lane", 10, now)
    db.commit()
    forget(db, rows_of(db, mailing)[0].contact_id)
    assert claim.unwritable(db, terms_of(mailing), [row_id], now) == {row_id: "erased"}
    outcome = moves.Outcome(row_id, 1, "accept", now, body_sha256="a" * 64)
    assert moves.settle(db, [outcome]) == 1
    sweep.sweep(db, now)
    db.commit()
    (row,) = rows_of(db, mailing)
    assert (row.state, row.address, row.body_sha256) == (DeliveryState.ACCEPTED, "", "a" * 64)


def test_tokens_in_mails_that_were_sent_still_work_and_numbers_stay(
    database: Database, db: Session, tmp_path: Path
) -> None:
    with keeping_sink() as sink:
        mailing = start_company(db, 3)
        settings = settings_for(tmp_path, sink)
        send.run_email_lane(database, settings, mailing.id, clock=utc_now)
    row = rows_of(db, mailing)[0]
    counts = tally.of_mailing(db, mailing.id)
    forget(db, row.contact_id)
    assert tally.of_mailing(db, mailing.id) == counts
    row = rows_of(db, mailing)[0]
    signer = Signer(settings.secret_key)
    where = Addresses(signer, settings.base_url, settings.inbound_domain)
    assert view.html_of(db, row, settings) is None
    assert view.for_staff(db, row) is None
    token = where.unsubscribe(row.id).rpartition("/")[2]
    assert signer.read_link(Purpose.UNSUBSCRIBE, token) == (row.id,)
    assert unsubscribes.unsubscribe(db, row.id, unsubscribes.Method.PAGE, utc_now()) is not None
    mail = intake.store(db, bounce(), "", where.bounce(row.id), utc_now())
    assert process.process(db, signer, mail.id, utc_now()) is Verdict.BOUNCE_HARD
    db.commit()
    event = db.scalars(select(Event).where(Event.kind == EventKind.BOUNCE)).one()
    assert set(event.detail) == {"hard", "status"}
    assert db.scalars(select(Suppression)).all() == [], "there is no address to write it down for"
    assert states(db, mailing) == {DeliveryState.ACCEPTED: 3}
    assert tally.of_mailing(db, mailing.id).bounced == counts.bounced + 1
    db.commit()


def test_it_is_done_once_with_a_reason_and_logged_without_the_name(db: Session) -> None:
    contact = make_contact(db, full_name="Lê Thị Ngãi")
    with pytest.raises(InvalidInput, match="contacts-erase-error-reason"):
        erasure.erase(db, contact, WHERE, reason=" ", actor=None, now=utc_now())
    assert contact.erased_at is None
    forget(db, contact.id)
    with pytest.raises(Refused, match="contacts-error-erased"):
        forget(db, contact.id)
    db.rollback()
    entry = db.scalars(select(AuditEntry).where(AuditEntry.action == "contact.erased")).one()
    assert entry.detail == {"reason": WORD, "deliveries": 0}
    assert "Ngãi" not in json.dumps(entry.detail)
    assert audit.verify(db) is None
    assert {word for row in db.execute(select(ContactFact.old, ContactFact.new)) for word in row} <= {""}
    assert db.scalars(select(Reply)).all() == []
    db.commit()
