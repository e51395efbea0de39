"""A company with many customers and a signed message, made quickly: what a bench sends."""

from __future__ import annotations

from datetime import datetime
from random import Random

from sqlalchemy import insert
from sqlalchemy.orm import Session

from campaign.audience import freeze
from campaign.compose import document as documents
from campaign.compose.fields import fields_used
from campaign.contacts.names import search_key
from campaign.dispatch import plan
from campaign.lab.bench_message import DOCUMENT, LAYOUT, person
from campaign.models import (
    Account,
    AccountRole,
    Channel,
    Consent,
    ConsentAction,
    ConsentPurpose,
    Contact,
    Mailing,
    Message,
    MessageKind,
    MessageVariant,
    Role,
    Sender,
    Submission,
    SubmissionState,
)
from campaign.render import content as contents
from campaign.segments import parse

EVERYBODY = {"type": "and", "rules": []}
# rows an INSERT carries at once
CHUNK = 2000


def make_company(db: Session, recipients: int, now: datetime) -> Mailing:
    """A sender, `recipients` consenting customers and a mailing to all of them, ready to start."""
    return make_mailing(db, make_message(db, recipients, now), now)


def make_message(db: Session, recipients: int, now: datetime, first: int = 1) -> Message:
    """A sender, `recipients` consenting customers with the numbers from `first` on, and a message that nobody
    has signed yet."""
    account = Account(
        name="Bench",
        email="bench@example.com",
        password_hash="",
        created_at=now,
        role_rows=[AccountRole(role=Role.MARKETER)],
    )
    sender = Sender(
        name="Trà Mộc An", from_name="Trà Mộc An", from_email="thu@example.com", created_at=now,
        organisation="Công ty TNHH Trà Mộc An", street="12 Hàng Gai", locality="Hoàn Kiếm, Hà Nội",
        country="VN", brand={"colour": "#2f5d3a"},
    )  # fmt: skip
    db.add_all([account, sender])
    db.flush()
    _people(db, sender.id, range(first, first + recipients), now)
    return _message(db, account, sender, now)


def make_mailing(db: Session, message: Message, now: datetime) -> Mailing:
    """Everybody frozen, the message signed, the mailing there; its rows are not planned yet."""
    submission = _signed(db, message, now)
    assert submission.audience_id is not None
    mailing = plan.new_mailing(
        db, submission=submission, audience_id=submission.audience_id, created_by=message.account_id, now=now
    )
    db.flush()
    return mailing


def _people(db: Session, sender_id: int, everybody: range, now: datetime) -> None:
    random = Random(len(everybody))
    for start in range(0, len(everybody), CHUNK):
        numbers = everybody[start : start + CHUNK]
        db.execute(insert(Contact), [_contact(number, random, now) for number in numbers])
        db.execute(
            insert(Consent),
            [
                {
                    "contact_id": number, "sender_id": sender_id, "channel": Channel.EMAIL,
                    "purpose": ConsentPurpose.MARKETING, "action": ConsentAction.GRANTED,
                    "source": "bench", "at": now,
                }
                for number in numbers
            ],
        )  # fmt: skip


def _contact(number: int, random: Random, now: datetime) -> dict[str, object]:
    facts = person(number, random)
    key = search_key(str(facts["full_name"]))
    return {"id": number, "name_key": key, "created_at": now, "updated_at": now} | facts


def _message(db: Session, account: Account, sender: Sender, now: datetime) -> Message:
    message = Message(
        kind=MessageKind.MARKETING, name="Bench", sender=sender, email_layout=LAYOUT,
        account_id=account.id, created_at=now, updated_at=now,
        variants=[
            MessageVariant(language="vi", document=DOCUMENT),
        ],
    )  # fmt: skip
    db.add(message)
    db.flush()
    return message


def _signed(db: Session, message: Message, now: datetime) -> Submission:
    """The audience frozen and the content signed as it stands."""
    variant = message.variants[0]
    audience = freeze.freeze(
        db,
        message_id=message.id,
        rule=parse(EVERYBODY),
        segment_name="",
        field_names=fields_used(documents.from_json(variant.document)),
        variants={"vi": variant.id},
        channels=[Channel.EMAIL],
        purpose=ConsentPurpose.MARKETING,
        sender_id=message.sender_id,
        now=now,
    )
    content = contents.from_message(message, audience={"id": audience.id, "sha256": audience.sha256})
    contents.keep_layouts(db, content, now)
    reviewer = Account(name="Reviewer", email="reviewer@example.com", password_hash="", created_at=now)
    db.add(reviewer)
    db.flush()
    submission = Submission(
        message_id=message.id, audience_id=audience.id, content=content.to_json(),
        content_hash=content.sha256, state=SubmissionState.APPROVED, submitted_by=message.account_id,
        submitted_at=now, decided_by=reviewer.id, decided_at=now,
    )  # fmt: skip
    db.add(submission)
    db.flush()
    return submission
