"""The pages of the reply desk, from the list to the answer."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from campaign.care import answer as answering
from campaign.db import Database
from campaign.inbound import intake, process
from campaign.models import (
    Channel,
    Delivery,
    Event,
    EventKind,
    InboundMail,
    InboundState,
    Mailing,
    MessageKind,
    Reply,
    ReplyState,
    Role,
    Suppression,
)
from tests.care.test_inbox import make_reply
from tests.conftest import NOW
from tests.factories import make_account, make_contact, make_delivery
from tests.web.conftest import SignedIn


@pytest.fixture
def reply_id(database: Database) -> int:
    with database.write() as db:
        return make_reply(db, "Tôi lấy <b>2 hộp</b>").id


def test_the_list_and_the_page(signed_in: SignedIn, reply_id: int) -> None:
    browser = signed_in(Role.CARE)
    listed = browser.get("/replies").text
    assert "Tôi lấy &lt;b&gt;2 hộp" in listed
    page = browser.get(f"/replies/{reply_id}").text
    assert "Tôi lấy &lt;b&gt;2 hộp" in page
    assert "<b>2 hộp" not in page
    assert "an@example.com" in page


def test_the_message_it_answers_stands_beside_it(signed_in: SignedIn, database: Database) -> None:
    """Here the answered message is itself one that was sent: an answer of ours to an earlier reply."""
    with database.write() as db:
        clerk = make_account(db, Role.CARE)
        first = make_reply(db)
        mailing = answering.answer(db, first, "Xin gửi chị báo giá.", clerk, NOW)
        second = Reply(channel=Channel.EMAIL, contact_id=first.contact_id, text="Cảm ơn", received_at=NOW)
        second.delivery_id = db.scalars(select(Delivery.id).where(Delivery.mailing_id == mailing.id)).one()
        db.add(second)
        db.flush()
        second_id = second.id
    browser = signed_in(Role.CARE)
    assert f"/replies/{second_id}/message" in browser.get(f"/replies/{second_id}").text
    shown = browser.get(f"/replies/{second_id}/message")
    assert "Xin gửi chị báo giá." in shown.text
    assert "sandbox" in shown.headers["Content-Security-Policy"]


def test_answer(signed_in: SignedIn, database: Database, reply_id: int) -> None:
    browser = signed_in(Role.CARE)
    done = browser.post(f"/replies/{reply_id}/answer", data={"text": "Dạ vâng ạ."})
    assert (done.status_code, done.location) == (303, f"/replies/{reply_id}")
    with database.read() as db:
        assert db.get_one(Reply, reply_id).state is ReplyState.ANSWERED
        assert db.scalars(select(Mailing.kind).order_by(Mailing.id.desc())).first() is MessageKind.REPLY


def test_a_refused_answer_keeps_its_words(signed_in: SignedIn, database: Database, reply_id: int) -> None:
    browser = signed_in(Role.CARE)
    done = browser.post(f"/replies/{reply_id}/answer", data={"text": "Giá {{ x }} nhé"})
    assert done.status_code == 422
    assert "Giá {{ x }} nhé" in done.text
    assert "ngoặc nhọn" in done.text
    with database.read() as db:
        assert db.get_one(Reply, reply_id).state is ReplyState.OPEN


def test_take_close_reopen(signed_in: SignedIn, database: Database, reply_id: int) -> None:
    browser = signed_in(Role.CARE)
    assert browser.post(f"/replies/{reply_id}/take").status_code == 303
    assert "Tôi lấy" in browser.get("/replies?show=mine").text
    assert browser.post(f"/replies/{reply_id}/close").status_code == 303
    assert "Tôi lấy" not in browser.get("/replies").text
    assert browser.post(f"/replies/{reply_id}/reopen").status_code == 303
    assert "Tôi lấy" in browser.get("/replies").text
    assert browser.post(f"/replies/{reply_id}/assign", data={"to": ""}).status_code == 303
    with database.read() as db:
        assert db.get_one(Reply, reply_id).assigned_to is None


def test_a_wish_to_stop_waits_for_the_clerk(signed_in: SignedIn, database: Database) -> None:
    with database.write() as db:
        reply_id = make_reply(db, "Hủy đăng ký giúp tôi").id
    browser = signed_in(Role.CARE)
    assert f"/replies/{reply_id}/unsubscribe" in browser.get(f"/replies/{reply_id}").text
    assert browser.post(f"/replies/{reply_id}/unsubscribe").status_code == 303
    with database.read() as db:
        assert db.scalars(select(Suppression.address_key)).all() == ["an@example.com"]
    assert f"/replies/{reply_id}/unsubscribe" not in browser.get(f"/replies/{reply_id}").text


def test_a_postal_reply_and_a_returned_letter(signed_in: SignedIn, database: Database) -> None:
    with database.write() as db:
        make_delivery(
            db, contact=make_contact(db, full_name="Lê Ổn"), channel=Channel.LETTER, reply_code="7K3MQ2"
        )
    browser = signed_in(Role.CARE)
    given = {"code": "7k3-mq2", "what": "reply", "text": "Tôi đặt 3 hộp"}
    done = browser.post("/replies/post", data=given, follow_redirects=True)
    assert "Tôi đặt 3 hộp" in done.text
    done = browser.post("/replies/post", data={"code": "7K3MQ2", "what": "returned"}, follow_redirects=True)
    assert "Lê Ổn" in done.text
    with database.read() as db:
        kinds = list(db.scalars(select(Event.kind).order_by(Event.id)))
    assert kinds == [EventKind.REPLY, EventKind.RETURNED]


def test_an_unknown_code_keeps_what_was_typed(signed_in: SignedIn) -> None:
    done = signed_in(Role.CARE).post("/replies/post", data={"code": "NOPE", "text": "Xin chào"})
    assert done.status_code == 422
    assert "NOPE" in done.text
    assert "Xin chào" in done.text


def test_the_shelf(signed_in: SignedIn, database: Database) -> None:
    with database.write() as db:
        mail = intake.store(db, b"x", "", "x@reply.example.com", NOW)
        for _ in range(3):
            process.begin(db, mail.id)
        process.fail(db, mail.id, RecursionError("too deep"))
        mail_id = mail.id
    browser = signed_in(Role.CARE)
    assert "too deep" in browser.get("/replies/shelf").text
    assert browser.post(f"/replies/shelf/{mail_id}/retry").status_code == 303
    with database.read() as db:
        assert db.get_one(InboundMail, mail_id).state is InboundState.NEW


@pytest.mark.parametrize("path", ["/replies", "/replies/post", "/replies/shelf"])
def test_only_for_care(signed_in: SignedIn, path: str) -> None:
    assert signed_in(Role.MARKETER).get(path).status_code == 403
    assert signed_in(Role.CARE).get(path).status_code == 200


def test_what_is_not_there(signed_in: SignedIn) -> None:
    browser = signed_in(Role.CARE)
    assert browser.get("/replies/4711").status_code == 404
    assert browser.get("/replies?show=x").status_code == 404
