"""A small mailing, ready to start, made without the stages that usually make it; and where it goes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaign import config
from campaign.clock import utc_now
from campaign.config import Settings
from campaign.contacts import suppression
from campaign.dispatch import control, plan
from campaign.dispatch.claim import Claimed, Terms
from campaign.dispatch.mail import CannotWrite, Mail
from campaign.dispatch.transports.smtp import Envelope
from campaign.lab.bench_company import make_company
from campaign.lab.sink import Sink, running
from campaign.models import (
    Account,
    Audience,
    AudienceMember,
    Channel,
    Contact,
    Delivery,
    DeliveryState,
    Mailing,
    Message,
    MessageKind,
    MessageVariant,
    Sender,
    Submission,
    SubmissionState,
    SuppressionReason,
)
from campaign.render.content import hash_json


def make_mailing(db: Session, now: datetime, people: int = 3, channel: Channel = Channel.EMAIL) -> Mailing:
    """An approved message to `people` recipients `p1@example.com`, `p2@…`; rows are not planned yet."""
    account = Account(name="Lan", email="lan@example.com", password_hash="x", created_at=now)
    sender = Sender(
        name="Shop", from_name="Shop", from_email="shop@example.com", organisation="Shop Ltd",
        street="1 Main", locality="Hanoi", country="VN", created_at=now,
    )  # fmt: skip
    db.add_all([account, sender])
    db.flush()
    message = Message(
        kind=MessageKind.MARKETING, name="Tea", sender_id=sender.id, email_layout="plain",
        account_id=account.id, created_at=now, updated_at=now,
        variants=[MessageVariant(language="vi", document={})],
    )  # fmt: skip
    db.add(message)
    db.flush()
    audience = Audience(message_id=message.id, rule={}, sha256="0" * 64, frozen_at=now)
    db.add(audience)
    db.flush()
    for number in range(1, people + 1):
        address = f"p{number}@example.com"
        contact = Contact(
            code=f"KH{number:06}", full_name=f"Người {number}", email=address, email_key=address,
            created_at=now, updated_at=now,
        )  # fmt: skip
        db.add(contact)
        db.flush()
        db.add(
            AudienceMember(
                audience_id=audience.id,
                contact_id=contact.id,
                channel=channel,
                variant_id=message.variants[0].id,
                address=address,
                address_key=address,
                values={"contact": {"full_name": contact.full_name}},
            )
        )
    reviewer = Account(email="reviewer@example.com", name="Người duyệt", password_hash="-", created_at=now)
    db.add(reviewer)
    db.flush()
    submission = Submission(
        message_id=message.id, audience_id=audience.id, content={}, content_hash=hash_json({}),
        state=SubmissionState.APPROVED, submitted_by=account.id, submitted_at=now,
        decided_by=reviewer.id, decided_at=now,
    )  # fmt: skip
    db.add(submission)
    db.flush()
    mailing = plan.new_mailing(
        db, submission=submission, audience_id=audience.id, created_by=account, now=now,
        deadline=now + timedelta(hours=48),
    )  # fmt: skip
    db.commit()
    return mailing


def start_company(db: Session, people: int) -> Mailing:
    """A whole message, signed off, to `people` with consent; it runs."""
    made = make_company(db, people, utc_now())
    control.start(db, made, utc_now())
    db.commit()
    return made


@contextmanager
def keeping_sink() -> Iterator[Sink]:
    """A server that keeps what it takes."""
    with running(Sink()) as server:
        server.bodies = []
        yield server


def settings_for(folder: Path, *sinks: Sink, **more: str) -> Settings:
    """An installation in that folder whose relays are the sinks."""
    relays = ",".join(f"smtp://127.0.0.1:{sink.port}" for sink in sinks)
    return config.load({"CAMPAIGN_STATE_DIR": str(folder), "SMTP_URL": relays, **more})


def terms_of(mailing: Mailing) -> Terms:
    """Without a purpose: only dead addresses and erased people are left out."""
    return Terms(mailing.id, Channel.EMAIL, None, 1, mailing.deadline)


def kill_address(db: Session, row: Delivery, now: datetime) -> None:
    """The delivery's address is known to be dead from now on."""
    suppression.suppress(db, row.channel, row.address_key, SuppressionReason.BOUNCED, source="test", now=now)


class PlainWriter:
    """Writes a few lines to each; `poison` holds addresses whose message cannot be made."""

    def __init__(self, poison: set[str] | None = None) -> None:
        self.poison = poison or set()
        self.more = ""

    def writes(self, rows: Sequence[Claimed], eight_bit: bool) -> Iterator[Mail | CannotWrite]:
        for row in rows:
            if row.address in self.poison:
                yield CannotWrite("render", "'given_name' is undefined")
            else:
                yield self.write(row, eight_bit)

    def write(self, row: Claimed, eight_bit: bool) -> Mail:
        name = "Chào" if eight_bit else "Chao"
        text = (
            f"Message-ID: <{row.message_id_header}>\r\nTo: {row.address}\r\n"
            f"Date: {format_datetime(row.dated_at)}\r\n\r\n"
            f".{name} {row.row_id}\r\n{self.more}..\r\n"
        )
        data = text.encode()
        envelope = Envelope(f"bounce+{row.row_id}@reply.example.com", row.address)
        return Mail(envelope, data, hashlib.sha256(data).hexdigest())


def states(db: Session, mailing: Mailing) -> dict[DeliveryState, int]:
    """Counts by state, without zeros. Commits: an open transaction would keep writers out of SQLite."""
    rows = select(Delivery.state, func.count()).where(Delivery.mailing_id == mailing.id)
    found = {row[0]: row[1] for row in db.execute(rows.group_by(Delivery.state))}
    db.commit()
    return found


def rows_of(db: Session, mailing: Mailing) -> list[Delivery]:
    """All rows as they are now. Commits, as above."""
    rows = select(Delivery).where(Delivery.mailing_id == mailing.id).order_by(Delivery.id)
    found = list(db.scalars(rows.execution_options(populate_existing=True)))
    db.commit()
    return found
