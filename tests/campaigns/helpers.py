"""A small office: people by first name, a sender, two segments, a campaign."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from campaign import audit
from campaign.campaigns import copy, life
from campaign.compose import document as documents
from campaign.compose.document import Block, Document, Offer, Part
from campaign.contacts.search.words import words_of
from campaign.models import (
    Account,
    AccountRole,
    Campaign,
    Channel,
    Consent,
    ConsentAction,
    ConsentPurpose,
    Contact,
    Message,
    MessageKind,
    Role,
    Segment,
    Sender,
)

EVERYBODY: dict[str, Any] = {"type": "and", "rules": []}
ROLES = {
    "mai": [Role.MARKETER],
    "nam": [Role.MARKETER, Role.REVIEWER],
    "ba": [Role.REVIEWER, Role.ADMIN, Role.MARKETER],
    "tam": [Role.REVIEWER],
}
PEOPLE = list(ROLES)

WORDS: dict[Part, str] = {
    Part.SUBJECT: "[QC] Tiết kiệm 30% cho bộ ấm trà Bát Tràng",
    Part.PREHEADER: "Còn đến hết 31/12/2099, giao tận nhà.",
    Part.SALUTATION: "Kính gửi {{ contact.full_name }},",
    Part.HOOK: "Bộ ấm trà men rạn nay nhẹ hơn 30%, đủ cho sáu chén trà sớm.",
    Part.BODY: "Mỗi ấm do một nghệ nhân xoay tay, rót êm, không nhỏ giọt.",
    Part.ACTION: "Đặt bộ ấm trà trước 31/12/2099",
    Part.CLOSING: "Trân trọng,\nTrà Quán Hương Sen",
    Part.POSTSCRIPT: "Giá 30% nhẹ hơn chỉ giữ đến hết 31/12/2099.",
}
OFFER = Offer(
    product="Bộ ấm trà Bát Tràng",
    price="1.190.000đ",
    deadline="31/12/2099",
    delivery="Giao tận nhà trong 3 ngày",
)


class Office:
    """Rows to play with, in one session."""

    def __init__(self, db: Session, now: datetime) -> None:
        self.db = db
        self.now = now
        self.people = {name: make_account(db, name, now) for name in PEOPLE}
        self.sender = make_sender(db, now)
        self.segments = {
            name: make_segment(db, self.people["mai"], now, name=name) for name in ("first", "second")
        }
        self.rule_editors = {row.id: {row.account_id} for row in self.segments.values()}
        self.contacts = [make_contact(db, self.sender, number, now) for number in range(2)]

    def account(self, name: str) -> Account:
        return self.people[name]

    def campaign(self, now: datetime, channels: str = "email") -> Campaign:
        """A complete draft by Mai."""
        self.made = life.create(
            self.db,
            self.people["mai"],
            now,
            name="Ấm trà tháng Ba",
            goal="40 đơn",
            kind=MessageKind.MARKETING,
            sender=self.sender,
            channels=channels,
            segment=self.segments["first"],
        )
        self.write(good_copy(), "mai", now)
        return self.made

    @property
    def message(self) -> Message:
        return self.made.message

    def write(self, document: Document, who: str, now: datetime) -> copy.Saved | copy.Conflict:
        variant = copy.variant_of(self.message, "vi")
        base = copy.version_of(documents.from_json(variant.document))
        return copy.save(self.db, self.message, variant, document, base, self.people[who], now)

    @staticmethod
    def with_hook(document: Document, words: str) -> Document:
        """The same copy with another opening."""
        text = f"{words}: bộ ấm trà men rạn nay nhẹ hơn 30%."
        blocks = (replace(b, text=text) if b.part is Part.HOOK else b for b in document.blocks)
        return Document(tuple(blocks))

    def change_rule(self, name: str, account: Account, now: datetime) -> None:
        """As the segment pages do: the rule and an entry in the audit log."""
        segment = self.segments[name]
        low = len(self.rule_editors[segment.id]) + now.minute
        segment.rule = {"type": "not", "rule": {"type": "or", "rules": []}} if low % 2 else EVERYBODY
        self.rule_editors[segment.id].add(account.id)
        audit.record(self.db, account, "segment.changed", "segment", segment.id, now)


def good_copy() -> Document:
    """Copy that no rule blocks."""

    def fill(block: Block) -> Block:
        if block.part is Part.OFFER:
            return replace(block, facts=OFFER)
        url = "https://example.com/am-tra" if block.part is Part.ACTION else ""
        return replace(block, text=WORDS[block.part], url=url)

    return Document(tuple(fill(block) for block in documents.empty().blocks))


def make_account(db: Session, name: str, now: datetime) -> Account:
    account = Account(
        email=f"{name}@example.com",
        name=name.title(),
        password_hash="-",
        created_at=now,
        role_rows=[AccountRole(role=role) for role in ROLES[name]],
    )
    db.add(account)
    db.flush()
    return account


def make_sender(db: Session, now: datetime) -> Sender:
    sender = Sender(
        name="Trà Quán",
        from_name="Trà Quán Hương Sen",
        from_email="thu@example.com",
        organisation="Công ty TNHH Trà Quán Hương Sen",
        street="12 Hàng Bông",
        locality="Phường Hoàn Kiếm, Hà Nội",
        country="VN",
        phone="024 1234 5678",
        signatory="Nguyễn Thị Ễn",
        created_at=now,
    )
    db.add(sender)
    db.flush()
    return sender


def make_segment(db: Session, account: Account, now: datetime, name: str) -> Segment:
    segment = Segment(name=name, rule=EVERYBODY, account_id=account.id, created_at=now, updated_at=now)
    db.add(segment)
    db.flush()
    return segment


def make_contact(db: Session, sender: Sender, number: int, now: datetime) -> Contact:
    """Somebody who agreed to marketing by e-mail and by letter."""
    contact = Contact(
        code=f"KH{number:06}",
        full_name=f"Nguyễn Thị Lan {number}",
        given_name="Lan",
        name_key=f"nguyen thi lan {number}",
        search_words=words_of(f"Nguyễn Thị Lan {number}", f"KH{number:06}", f"lan{number}@example.net"),
        form_of_address="Chị",
        email=f"lan{number}@example.net",
        email_key=f"lan{number}@example.net",
        street=f"{number + 1} Hàng Gai",
        ward="Phường Hoàn Kiếm",
        province="Hà Nội",
        created_at=now,
        updated_at=now,
    )
    db.add(contact)
    db.flush()
    for channel in Channel:
        db.add(
            Consent(
                contact_id=contact.id,
                sender_id=sender.id,
                channel=channel,
                purpose=ConsentPurpose.MARKETING,
                action=ConsentAction.GRANTED,
                wording="Tôi muốn nhận thư giới thiệu.",
                content_kind="trà và đồ pha trà",
                frequency="hai lần một tháng",
                method="form",
                source="test",
                at=now,
            )
        )
    db.flush()
    return contact
