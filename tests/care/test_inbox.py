"""Replies are taken, given, answered and closed; an answer goes down the same road as everything."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.care import answer, inbox
from campaign.compose import document as documents
from campaign.compose.document import Part
from campaign.errors import InvalidInput, NotFound, Refused
from campaign.inbound import intake, process
from campaign.links import Addresses, Signer
from campaign.models import (
    Account,
    AuditEntry,
    Channel,
    Delivery,
    DeliveryState,
    Mailing,
    MailingState,
    Message,
    MessageKind,
    Reply,
    ReplyState,
    Role,
    Submission,
)
from campaign.track import view
from tests.conftest import NOW
from tests.factories import make_account, make_contact, make_delivery
from tests.inbound.letters import answer as mail_of

SIGNER = Signer(b"a key for tests")
WHERE = Addresses(SIGNER, "https://mail.example.com", "reply.example.com")


def make_reply(db: Session, text: str = "Tôi lấy 2 hộp", language: str = "vi") -> Reply:
    """A customer's e-mail, taken in as it would be."""
    delivery = make_delivery(db, contact=make_contact(db, language=language, email="an@example.com"))
    raw = mail_of(text, Message_ID="<their.id@example.com>")
    mail = intake.store(db, raw, "an@example.com", WHERE.reply(delivery.id), NOW)
    process.process(db, SIGNER, mail.id, NOW)
    return db.scalars(select(Reply).where(Reply.inbound_mail_id == mail.id)).one()


@pytest.fixture
def clerk(db: Session) -> Account:
    return make_account(db, Role.CARE, name="Trần Thị Bình")


def test_an_answer_is_a_mailing_of_one(db: Session, clerk: Account) -> None:
    reply = make_reply(db)
    mailing = answer.answer(db, reply, "Dạ vâng, em gửi chị hai hộp.\r\n\r\nMai giao ạ.", clerk, NOW)
    assert (mailing.kind, mailing.state) == (MessageKind.REPLY, MailingState.RUNNING)
    delivery = db.scalars(select(Delivery).where(Delivery.mailing_id == mailing.id)).one()
    assert (delivery.address, delivery.channel, delivery.state) == (
        "an@example.com",
        Channel.EMAIL,
        DeliveryState.QUEUED,
    )
    assert (reply.state, reply.answered_at, reply.assigned_to) == (ReplyState.ANSWERED, NOW, clerk.id)
    assert reply.answer_mailing_id == mailing.id
    submission = db.get_one(Submission, mailing.submission_id)
    assert submission.content["settings"]["in_reply_to"] == "their.id@example.com"
    assert submission.content_hash == mailing.content_hash


def test_what_is_sent_is_what_was_written(db: Session, clerk: Account) -> None:
    mailing = answer.answer(db, make_reply(db), "Dạ vâng <b>ạ</b>.", clerk, NOW)
    message = db.get_one(Message, mailing.message_id)
    document = documents.from_json(message.variants[0].document)
    assert document.text(Part.SUBJECT) == "Re: Trà xuân"
    assert document.text(Part.SALUTATION).startswith("Kính chào Chị ")
    delivery = db.scalars(select(Delivery).where(Delivery.mailing_id == mailing.id)).one()
    parts = view.for_staff(db, delivery)
    assert parts is not None
    assert "Dạ vâng &lt;b&gt;ạ&lt;/b&gt;." in parts.html
    assert "Trần Thị Bình" in parts.text


def test_the_customers_language(db: Session, clerk: Account) -> None:
    mailing = answer.answer(db, make_reply(db, language="en"), "Of course.", clerk, NOW)
    document = documents.from_json(db.get_one(Message, mailing.message_id).variants[0].document)
    assert document.text(Part.SALUTATION).startswith("Dear ")


@pytest.mark.parametrize("text", ["", " ", "x" * 10_001, "{{ contact.x }}", "{{ ''.__class__ }}", "{% for"])
def test_what_is_no_answer_is_refused(db: Session, clerk: Account, text: str) -> None:
    reply = make_reply(db)
    with pytest.raises(InvalidInput):
        answer.answer(db, reply, text, clerk, NOW)
    assert db.scalars(select(Mailing).where(Mailing.kind == MessageKind.REPLY)).all() == []


def test_nothing_is_answered_twice(db: Session, clerk: Account) -> None:
    reply = make_reply(db)
    answer.answer(db, reply, "Dạ vâng.", clerk, NOW)
    with pytest.raises(Refused):
        answer.answer(db, reply, "Dạ vâng.", clerk, NOW)


def test_a_strangers_reply_needs_a_profile_first(db: Session, clerk: Account) -> None:
    reply = Reply(channel=Channel.EMAIL, from_address="x@example.net", text="Hi", received_at=NOW)
    db.add(reply)
    db.flush()
    with pytest.raises(Refused) as refused:
        answer.answer(db, reply, "Hello", clerk, NOW)
    assert refused.value.key == "replies-error-answer-no-contact"


def test_the_pile(db: Session, clerk: Account) -> None:
    first, second = make_reply(db, "một"), make_reply(db, "hai")
    assert list(db.scalars(inbox.waiting())) == [first, second]
    inbox.assign(db, first, clerk, clerk, NOW)
    assert list(db.scalars(inbox.mine(clerk))) == [first]
    assert (inbox.count_waiting(db), inbox.count_waiting(db, clerk)) == (2, 1)
    inbox.close(db, second, clerk, NOW)
    assert list(db.scalars(inbox.waiting())) == [first]
    with pytest.raises(Refused):
        inbox.close(db, second, clerk, NOW)
    inbox.reopen(db, second, clerk, NOW)
    assert list(db.scalars(inbox.waiting())) == [first, second]
    done = set(db.scalars(select(AuditEntry.action).where(AuditEntry.noun == "reply")))
    assert done == {"assign_reply", "close_reply", "reopen_reply"}


def test_only_care_people_are_given_replies(db: Session, clerk: Account) -> None:
    reply = make_reply(db)
    with pytest.raises(NotFound):
        inbox.assign(db, reply, make_account(db, Role.MARKETER), clerk, NOW)
    assert inbox.clerks(db) == [clerk]
