"""Rows for tests, by plain functions: each makes the least that is valid; `facts` say what matters."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from campaign.contacts import consent, profile
from campaign.models import (
    Account,
    AccountRole,
    Audience,
    AudienceMember,
    Channel,
    Consent,
    ConsentPurpose,
    Contact,
    Delivery,
    DeliveryState,
    Mailing,
    MailingState,
    Message,
    MessageKind,
    MessageVariant,
    Order,
    Role,
    Segment,
    Sender,
    Submission,
    SubmissionState,
)
from tests.conftest import NOW

Row = TypeVar("Row")
_numbers = itertools.count(1)


def make_account(db: Session, *roles: Role, **facts: object) -> Account:
    number = next(_numbers)
    given = {
        "email": f"person{number}@house.example.com",
        "name": f"Người {number}",
        "password_hash": "",
        "created_at": NOW,
    }
    account = Account(**(given | facts))
    account.role_rows = [AccountRole(role=role) for role in roles]
    return _add(db, account)


def make_sender(db: Session, **facts: object) -> Sender:
    number = next(_numbers)
    given = {
        "name": f"Nhà {number}",
        "from_name": "Trà Việt",
        "from_email": f"hello{number}@house.example.com",
        "organisation": "Công ty TNHH Trà Việt",
        "street": "12 Hàng Gai",
        "locality": "Hoàn Kiếm, Hà Nội 11000",
        "country": "VN",
        "phone": "024 3826 0808",
        "created_at": NOW,
    }
    return _add(db, Sender(**(given | facts)))


def make_contact(db: Session, now: datetime = NOW, **facts: Any) -> Contact:
    """A person with an e-mail address and a postal one."""
    number = next(_numbers)
    given = {
        "full_name": "Nguyễn Thị Ễn",
        "form_of_address": "Chị",
        "email": f"khach{number}@example.com",
        "street": f"{number} phố Hàng Bạc",
        "ward": "Phường Hoàn Kiếm",
        "province": "Hà Nội",
        "postal_code": "11017",
    }
    return profile.create(db, given | facts, source="test", now=now)


def make_organisation(db: Session, now: datetime = NOW, **facts: Any) -> Contact:
    """A company with an address, without contact persons."""
    given = {
        "kind": "organisation",
        "full_name": "Khách sạn Hồ Gươm Xanh",
        "street": "5 phố Bà Triệu",
        "province": "Hà Nội",
        "postal_code": "11017",
    }
    return profile.create(db, given | facts, source="test", now=now)


def make_consent(
    db: Session,
    contact: Contact,
    sender: Sender,
    purpose: ConsentPurpose = ConsentPurpose.MARKETING,
    channel: Channel = Channel.EMAIL,
    now: datetime = NOW,
) -> Consent:
    """The contact agreed."""
    terms = consent.Terms(wording="Tôi đồng ý nhận tin của Trà Việt.", frequency="mỗi tháng", method="form")
    return consent.grant(db, contact, sender.id, channel, purpose, terms, source="test", now=now)


def make_order(db: Session, contact: Contact, **facts: object) -> Order:
    """A purchase of last week."""
    given = {
        "number": f"D{next(_numbers)}",
        "ordered_on": date(2026, 3, 2),
        "amount": 260_000,
        "product": "Trà ướp nhài",
        "channel": "cửa hàng",
    }
    return _add(db, Order(contact_id=contact.id, **(given | facts)))


def make_message(
    db: Session,
    account: Account | None = None,
    sender: Sender | None = None,
    languages: Sequence[str] = ("vi",),
    **facts: object,
) -> Message:
    """A message with an empty document in each language."""
    given = {
        "kind": MessageKind.MARKETING,
        "name": "Thử",
        "sender_id": (sender or make_sender(db)).id,
        "account_id": (account or make_account(db)).id,
        "created_at": NOW,
        "updated_at": NOW,
    }
    message = Message(**(given | facts))
    message.variants = [MessageVariant(language=language, document={}) for language in languages]
    return _add(db, message)


def make_segment(db: Session, account: Account | None = None, **facts: object) -> Segment:
    """Everybody, unless a rule is given."""
    given = {
        "name": f"Nhóm {next(_numbers)}",
        "rule": {"type": "and", "rules": []},
        "account_id": (account or make_account(db)).id,
        "created_at": NOW,
        "updated_at": NOW,
    }
    return _add(db, Segment(**(given | facts)))


def make_mailing(db: Session, message: Message | None = None, **facts: object) -> Mailing:
    """A running mailing under an approved submission, with an audience of nobody yet."""
    message = message or make_message(db)
    audience = _add(db, Audience(message_id=message.id, rule={}, sha256="0" * 64, frozen_at=NOW))
    submission = Submission(
        message_id=message.id,
        audience_id=audience.id,
        content=facts.pop("content", {}),
        content_hash="0" * 64,
        state=SubmissionState.APPROVED,
        submitted_by=message.account_id,
        submitted_at=NOW,
        decided_by=make_account(db, Role.REVIEWER).id,
        decided_at=NOW,
    )
    given = {
        "kind": message.kind,
        "message_id": message.id,
        "audience_id": audience.id,
        "submission_id": _add(db, submission).id,
        "content_hash": "0" * 64,
        "state": MailingState.RUNNING,
        "created_by": message.account_id,
        "created_at": NOW,
        "started_at": NOW,
        "deadline": NOW + timedelta(days=2),
    }
    return _add(db, Mailing(**(given | facts)))


def make_delivery(
    db: Session, mailing: Mailing | None = None, contact: Contact | None = None, **facts: object
) -> Delivery:
    """An e-mail that the server accepted a minute ago."""
    mailing = mailing or make_mailing(db)
    contact = contact or make_contact(db)
    channel = facts.get("channel", Channel.EMAIL)
    address = contact.email if channel is Channel.EMAIL else f"{contact.full_name}\n{contact.street}\nHà Nội"
    address_key = address.lower()
    variant_id = db.get_one(Message, mailing.message_id).variants[0].id
    member = AudienceMember(
        audience_id=mailing.audience_id,
        contact_id=contact.id,
        channel=channel,
        variant_id=variant_id,
        address=address,
        address_key=address_key,
        values={"contact": {}},
    )
    member_id = _add(db, member).id
    given = {
        "mailing_id": mailing.id,
        "contact_id": contact.id,
        "channel": channel,
        "audience_member_id": member_id,
        "variant_id": variant_id,
        "address": address,
        "address_key": address_key,
        "state": DeliveryState.ACCEPTED,
        "message_id_header": f"{member_id}.{mailing.id}.{mailing.content_hash[:12]}@house.example.com",
        "settled_at": NOW - timedelta(minutes=1),
    }
    return _add(db, Delivery(**(given | facts)))


def _add(db: Session, row: Row) -> Row:
    db.add(row)
    db.flush()
    return row
