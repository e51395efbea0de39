"""From stored mail to its effect: each kind acts once, and what bears no token of ours changes nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaign.db import Database
from campaign.inbound import intake, process
from campaign.inbound.verdict import Verdict
from campaign.links import Addresses, Signer
from campaign.models import (
    Channel,
    Consent,
    ConsentAction,
    Event,
    EventKind,
    InboundMail,
    InboundState,
    Reply,
    Suppression,
    SuppressionReason,
)
from tests.conftest import NOW
from tests.factories import make_contact, make_delivery
from tests.inbound.letters import answer, bounce, complaint
from workers.inbound import read

SIGNER = Signer(b"a key for tests")
WHERE = Addresses(SIGNER, "https://mail.example.com", "reply.example.com")


def take(db: Session, raw: bytes, to: str, envelope_from: str = "") -> Verdict | None:
    mail = intake.store(db, raw, envelope_from, to, NOW)
    return process.process(db, SIGNER, mail.id, NOW)


def events(db: Session) -> list[tuple[int, EventKind]]:
    return [(one.delivery_id, one.kind) for one in db.scalars(select(Event).order_by(Event.id))]


def test_a_reply_to_the_signed_address(db: Session) -> None:
    delivery = make_delivery(db)
    text = "Tôi lấy 2 hộp.\n\nVào Th 2, 9 thg 3, 2026 Trà Việt <h@x.example> đã viết:\n> Giảm 20%"
    assert (
        take(db, answer(text, "other@example.net"), WHERE.reply(delivery.id), "other@example.net")
        is Verdict.REPLY
    )
    reply = db.scalars(select(Reply)).one()
    assert reply.text == "Tôi lấy 2 hộp."
    assert "Giảm 20%" in reply.full_text
    assert (reply.delivery_id, reply.contact_id) == (delivery.id, delivery.contact_id)
    assert reply.from_address == "other@example.net"
    assert events(db) == [(delivery.id, EventKind.REPLY)]


def test_a_reply_by_what_it_refers_to(db: Session) -> None:
    make_delivery(db)
    delivery = make_delivery(db)
    raw = answer("ok", "unknown@example.net", In_Reply_To=f"<{delivery.message_id_header}>")
    assert take(db, raw, "hello@house.example.com") is Verdict.REPLY
    assert db.scalars(select(Reply)).one().delivery_id == delivery.id


def test_a_reply_by_who_wrote_it(db: Session) -> None:
    contact = make_contact(db, email="An@example.com")
    old = make_delivery(db, contact=contact, settled_at=NOW - timedelta(days=90))
    take(db, answer("một"), "hello@house.example.com")
    new = make_delivery(db, contact=contact)
    take(db, answer("hai"), "hello@house.example.com")
    first, second = db.scalars(select(Reply).order_by(Reply.id))
    assert (first.delivery_id, first.contact_id) == (None, contact.id)
    assert second.delivery_id == new.id != old.id


def test_a_strangers_mail_is_kept_for_the_clerk(db: Session) -> None:
    assert take(db, answer("Xin chào"), "hello@house.example.com") is Verdict.REPLY
    reply = db.scalars(select(Reply)).one()
    assert (reply.delivery_id, reply.contact_id) == (None, None)
    assert events(db) == []


def test_a_hard_bounce_suppresses(db: Session) -> None:
    delivery = make_delivery(db)
    assert take(db, bounce(), WHERE.bounce(delivery.id)) is Verdict.BOUNCE_HARD
    assert events(db) == [(delivery.id, EventKind.BOUNCE)]
    entry = db.scalars(select(Suppression)).one()
    assert (entry.address_key, entry.reason) == (delivery.address_key, SuppressionReason.BOUNCED)


def test_a_soft_bounce_is_only_noted(db: Session) -> None:
    delivery = make_delivery(db)
    raw = bounce("5.2.2", "smtp; 552 mailbox full")
    assert take(db, raw, WHERE.bounce(delivery.id)) is Verdict.BOUNCE_SOFT
    assert events(db) == [(delivery.id, EventKind.BOUNCE)]
    assert db.scalar(select(func.count(Suppression.id))) == 0


def test_a_delay_is_nothing(db: Session) -> None:
    delivery = make_delivery(db)
    assert take(db, bounce("4.4.1", "timeout"), WHERE.bounce(delivery.id)) is Verdict.DELAYED
    assert events(db) == []


def test_a_forged_bounce_changes_nothing(db: Session) -> None:
    delivery = make_delivery(db)
    right = WHERE.bounce(delivery.id)
    wrong = [WHERE.reply(delivery.id), "bounce@reply.example.com", "hello@house.example.com"]
    local_part, _, domain = right.partition("@")
    for place in range(len("bounce+"), len(local_part)):
        other = "a" if local_part[place] != "a" else "b"
        wrong.append(f"{local_part[:place]}{other}{local_part[place + 1 :]}@{domain}")
    for address in wrong:
        assert take(db, bounce(), address) is Verdict.UNVERIFIED
    assert events(db) == []
    assert db.scalar(select(func.count(Suppression.id))) == 0


def test_a_complaint_suppresses(db: Session) -> None:
    first, second = make_delivery(db), make_delivery(db)
    assert take(db, complaint(WHERE.bounce(first.id)), "abuse@house.example.com") is Verdict.COMPLAINT
    header = f"List-Unsubscribe: <{WHERE.unsubscribe(second.id)}>"
    assert take(db, complaint("x@y.example", header), "abuse@house.example.com") is Verdict.COMPLAINT
    assert take(db, complaint("x@y.example"), "abuse@house.example.com") is Verdict.UNVERIFIED
    assert events(db) == [(first.id, EventKind.COMPLAINT), (second.id, EventKind.COMPLAINT)]
    assert {one.reason for one in db.scalars(select(Suppression))} == {SuppressionReason.COMPLAINED}


def test_an_automatic_answer_is_no_reply(db: Session) -> None:
    delivery = make_delivery(db)
    raw = answer("Tôi đi vắng", Auto_Submitted="auto-replied")
    for address in (WHERE.reply(delivery.id), WHERE.bounce(delivery.id)):
        assert take(db, raw, address) is Verdict.AUTO_REPLY
    assert db.scalar(select(func.count(Reply.id))) == 0
    assert events(db) == []


def test_mail_to_the_unsubscribe_address_is_carried_out(db: Session) -> None:
    delivery = make_delivery(db)
    for subject in ("unsubscribe", "unsubscribe again"):
        raw = answer("", Subject=subject)
        assert take(db, raw, WHERE.unsubscribe_mail(delivery.id)) is Verdict.UNSUBSCRIBE
    assert events(db) == [(delivery.id, EventKind.UNSUBSCRIBE)]
    assert {one.action for one in db.scalars(select(Consent))} == {ConsentAction.WITHDRAWN}
    assert db.scalars(select(Suppression)).one().channel is Channel.EMAIL


def test_a_wish_to_stop_is_a_reply_and_not_carried_out(db: Session) -> None:
    delivery = make_delivery(db)
    assert take(db, answer("Hủy đăng ký giúp tôi"), WHERE.reply(delivery.id)) is Verdict.REPLY
    assert db.scalar(select(func.count(Suppression.id))) == 0


def test_one_mail_acts_once(db: Session) -> None:
    delivery = make_delivery(db)
    for _ in range(3):
        take(db, bounce(), WHERE.bounce(delivery.id))
    assert events(db) == [(delivery.id, EventKind.BOUNCE)]
    assert db.scalar(select(func.count(InboundMail.id))) == 1


def stored(database: Database, raw: bytes) -> int:
    with database.write() as db:
        return intake.store(db, raw, "", "x@reply.example.com", NOW).id


def test_a_mail_that_cannot_be_read_goes_to_the_shelf(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail_id = stored(database, answer("x"))

    def broken(*_: object) -> None:
        raise RecursionError("too deep")

    with monkeypatch.context() as patched:
        patched.setattr(process, "parse", broken)
        for _ in range(5):
            read(database, SIGNER, mail_id)
    with database.write() as db:
        mail = db.get_one(InboundMail, mail_id)
        assert (mail.state, mail.attempts) == (InboundState.SHELVED, 3)
        assert mail.error == "RecursionError: too deep"
        process.retry(db, mail_id)
    read(database, SIGNER, mail_id)
    with database.read() as db:
        assert db.get_one(InboundMail, mail_id).state is InboundState.PARSED


def test_a_bomb_goes_to_the_shelf_at_once(database: Database) -> None:
    mail_id = stored(database, b"X: " + b"a" * 100_000 + b"\r\n\r\nhello")
    read(database, SIGNER, mail_id)
    with database.read() as db:
        mail = db.get_one(InboundMail, mail_id)
        assert (mail.state, mail.attempts) == (InboundState.SHELVED, 1)


def test_a_mail_that_killed_its_reader_three_times_is_shelved(database: Database) -> None:
    mail_id = stored(database, answer("x"))
    for _ in range(3):
        with database.write() as db:
            assert process.begin(db, mail_id)
    read(database, SIGNER, mail_id)
    with database.read() as db:
        assert db.get_one(InboundMail, mail_id).state is InboundState.SHELVED


def test_a_job_for_a_mail_that_is_not_there(database: Database) -> None:
    read(database, SIGNER, 4711)
