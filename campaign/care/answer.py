"""A clerk's answer to one reply: a message of kind `reply` to an audience of one, down the same road.

It needs no second person's signature: it goes to one customer who asked, and its writer answers for it by
name in the log. It is linted as everything is, and a blocking finding keeps it here.
"""

from __future__ import annotations

import email
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign import audit
from campaign.audience import fields, freeze
from campaign.compose import document as documents
from campaign.compose.check import check_document
from campaign.compose.document import Block, Document, Part
from campaign.contacts.called import called
from campaign.dispatch import control, plan
from campaign.errors import InvalidInput, Refused
from campaign.i18n import LANGUAGES, translate
from campaign.inbound.parse import headers_of
from campaign.lint import Finding, blocking, house, lint_copy
from campaign.models import (
    Account,
    Audience,
    AudienceMember,
    Channel,
    Contact,
    Delivery,
    InboundMail,
    Mailing,
    Message,
    MessageKind,
    MessageVariant,
    Reply,
    ReplyState,
    Sender,
    Submission,
    SubmissionState,
)
from campaign.render import content as contents
from campaign.render.content import MessageContent, keep_layouts
from campaign.render.headers import is_message_id

LAYOUT = "letterhead"
MAX_TEXT = 10_000
MAX_SUBJECT = 200


class Blocked(Refused):
    """The linter keeps the answer here; `findings` say why."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        super().__init__("replies-blocked", finding=findings[0].message)


def answer(db: Session, reply: Reply, text: str, account: Account, now: datetime) -> Mailing:
    """Send `text` to who wrote; the caller rings the e-mail lane of the mailing once it is committed."""
    contact, sender, address = _whom(db, reply)
    text = _checked(reply, text)
    message = _message(db, reply, text, contact, sender, account, now)
    audience = _audience_of_one(db, message, contact, address, now)
    content = contents.from_message(
        message,
        channels=Channel.EMAIL.value,
        audience={"id": audience.id, "sha256": audience.sha256, "segment_id": None, "rule": {}},
        standing=None,
        in_reply_to=_message_id(db, reply),
    )
    findings = lint_copy(content, message.variants[0].id, config=house.config(db))
    if blocking(findings):
        raise Blocked(blocking(findings))
    submission = _submission(db, content, audience, findings, account, now)
    mailing = plan.new_mailing(
        db, submission=submission, audience_id=audience.id, created_by=account, now=now
    )
    control.start(db, mailing, now, account)
    reply.state, reply.answered_at, reply.answer_mailing_id = ReplyState.ANSWERED, now, mailing.id
    reply.assigned_to = reply.assigned_to or account.id
    db.flush()
    audit.record(db, account, "answer_reply", "reply", reply.id, now, mailing=mailing.id)
    return mailing


def address_for(db: Session, reply: Reply) -> str:
    """Where an answer would go: where the reply came from, else the contact's address; empty for nowhere."""
    if "@" in reply.from_address:
        return reply.from_address
    contact = db.get(Contact, reply.contact_id) if reply.contact_id else None
    return contact.email if contact else ""


def sent_text(db: Session, reply: Reply) -> str:
    """What was answered, as it was written; empty when nothing was."""
    if reply.answer_mailing_id is None:
        return ""
    mailing = db.get_one(Mailing, reply.answer_mailing_id)
    message = db.get_one(Message, mailing.message_id)
    return documents.from_json(message.variants[0].document).text(Part.BODY)


def _checked(reply: Reply, text: str) -> str:
    if reply.state is not ReplyState.OPEN:
        raise Refused("replies-error-not-open")
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise InvalidInput("replies-error-answer-empty", field="text")
    if len(text) > MAX_TEXT:
        raise InvalidInput("replies-error-answer-long", field="text", limit=MAX_TEXT)
    return text


def _whom(db: Session, reply: Reply) -> tuple[Contact, Sender, str]:
    contact = db.get(Contact, reply.contact_id) if reply.contact_id else None
    if contact is None:
        raise Refused("replies-error-answer-no-contact")
    if contact.deceased_at is not None:
        raise Refused("replies-error-answer-deceased")
    address = address_for(db, reply)
    if not address:
        raise Refused("replies-error-answer-no-address")
    return contact, _sender(db, reply), address


def _sender(db: Session, reply: Reply) -> Sender:
    """Whoever wrote what is answered; without that, the house's first active sender."""
    if reply.delivery_id is not None:
        delivery = db.get_one(Delivery, reply.delivery_id)
        mailing = db.get_one(Mailing, delivery.mailing_id)
        return db.get_one(Message, mailing.message_id).sender
    sender = db.scalar(select(Sender).where(Sender.active).order_by(Sender.id).limit(1))
    if sender is None:
        raise Refused("replies-error-answer-no-sender")
    return sender


def _message(
    db: Session,
    reply: Reply,
    text: str,
    contact: Contact,
    sender: Sender,
    account: Account,
    now: datetime,
) -> Message:
    language = contact.language if contact.language in LANGUAGES else "en"
    subject = _subject(reply, language)
    document = _document(subject, text, contact, sender, account, language)
    problems = check_document(document, fields.known_fields(()))
    if problems:
        raise InvalidInput("replies-error-answer-braces", field="text")
    message = Message(
        kind=MessageKind.REPLY,
        name=subject,
        sender_id=sender.id,
        email_layout=LAYOUT,
        account_id=account.id,
        created_at=now,
        updated_at=now,
    )
    message.variants = [MessageVariant(language=language, document=documents.to_json(document))]
    db.add(message)
    db.flush()
    db.refresh(message, ["sender"])
    return message


def _subject(reply: Reply, language: str) -> str:
    subject = reply.subject.strip()
    if not subject:
        return translate(language, "replies-subject-letter")
    if subject.lower().startswith("re:"):
        return subject[:MAX_SUBJECT]
    return translate(language, "replies-subject", subject=subject[:MAX_SUBJECT])


def _document(
    subject: str, text: str, contact: Contact, sender: Sender, account: Account, language: str
) -> Document:
    salutation = translate(language, "replies-answer-salutation", name=called(contact))
    closing = translate(language, "replies-answer-closing")
    return Document(
        (
            Block("subject", Part.SUBJECT, subject),
            Block("salutation", Part.SALUTATION, salutation),
            Block("body", Part.BODY, text),
            Block("closing", Part.CLOSING, f"{closing}\n{account.name}\n{sender.from_name}"),
        )
    )


def _audience_of_one(
    db: Session, message: Message, contact: Contact, address: str, now: datetime
) -> Audience:
    audience = Audience(
        message_id=message.id, rule={}, counts={"people": 1, "email": 1}, sha256="", frozen_at=now
    )
    db.add(audience)
    db.flush()
    member = AudienceMember(
        audience_id=audience.id,
        contact_id=contact.id,
        channel=Channel.EMAIL,
        variant_id=message.variants[0].id,
        address=address,
        address_key=address.lower(),
        values={"contact": {}},
    )
    db.add(member)
    db.flush()
    audience.sha256 = freeze.sha256_of(db, audience.id)
    return audience


def _submission(
    db: Session,
    content: MessageContent,
    audience: Audience,
    findings: list[Finding],
    account: Account,
    now: datetime,
) -> Submission:
    """What was sent, kept as a sign-off is kept; its writer stands for it."""
    keep_layouts(db, content, now)
    found: list[Any] = [finding.to_json() for finding in findings]
    submission = Submission(
        message_id=content.message_id,
        audience_id=audience.id,
        content=content.to_json(),
        content_hash=content.sha256,
        findings=found,
        state=SubmissionState.APPROVED,
        submitted_by=account.id,
        submitted_at=now,
        decided_by=account.id,
        decided_at=now,
    )
    db.add(submission)
    db.flush()
    return submission


def _message_id(db: Session, reply: Reply) -> str:
    """The Message-ID of the mail that is answered, so that mail programs show both as one thread."""
    if reply.inbound_mail_id is None:
        return ""
    raw = db.get_one(InboundMail, reply.inbound_mail_id).raw
    header = headers_of(email.message_from_bytes(raw[:65536])).get("message-id", "")
    message_id = header.strip().removeprefix("<").removesuffix(">")
    return message_id if is_message_id(message_id) else ""
