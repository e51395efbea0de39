"""What the shop has sent: mailings with deliveries, opens, clicks, replies and what came back; its segments.

Made inside the database like its customers (`bench_segments_data`), the same numbers on both.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from campaign.lab.bench_segments_data import Sent, Shop
from campaign.models import (
    Account,
    Audience,
    Mailing,
    MailingState,
    Message,
    MessageKind,
    MessageVariant,
    Segment,
    Submission,
    SubmissionState,
)

# how many days ago each mailing went out, its channel, and how many of ten people got it
MAILINGS = ((20, "email", 3), (70, "email", 3), (150, "letter", 2), (300, "email", 3))
# of a hundred deliveries: a person opened, a program opened, clicked, replied, came back
EVENTS = (
    ("open", False, 25), ("open", True, 30), ("click", False, 6), ("reply", False, 2), ("bounce", False, 3),
)  # fmt: skip
# the segment that others ask: numbers of rows stand in rules
SEGMENT_ID = 1
SEGMENT = {"type": "and", "rules": [
    {"type": "attribute", "field": "language", "op": "is", "values": ["vi"]},
    {"type": "orders", "measure": "sum", "op": "at_least", "value": 5_000_000, "days": 365},
]}  # fmt: skip


def fill(db: Session, shop: Shop, sender_id: int, now: datetime) -> None:
    """Into a shop that has its people and nothing sent yet."""
    account, reviewer = (
        Account(email=f"{name}@example.com", name=name, password_hash="", created_at=now)
        for name in ("bench", "reviewer")
    )
    db.add_all([account, reviewer])
    db.flush()
    made = {"account_id": account.id, "created_at": now, "updated_at": now}
    db.add(Segment(id=SEGMENT_ID, name="Khách quý", description="", rule=SEGMENT, **made))
    message = Message(kind=MessageKind.MARKETING, name="Bench", sender_id=sender_id, **made)
    message.variants = [MessageVariant(language="vi", document={})]
    db.add(message)
    db.flush()
    variant_id = message.variants[0].id
    for column, (age, channel, share) in enumerate(MAILINGS):
        at = now - timedelta(days=age)
        mailing = _mailing(db, message, reviewer.id, at)
        shop.deliveries(Sent(mailing.id, mailing.audience_id, variant_id, channel, share, column, at))
    for kind, machine, share in EVENTS:
        shop.events(kind, machine=machine, share=share)


def _mailing(db: Session, message: Message, reviewer_id: int, sent: datetime) -> Mailing:
    audience = Audience(message_id=message.id, rule={}, sha256="0" * 64, frozen_at=sent)
    db.add(audience)
    db.flush()
    submission = Submission(
        message_id=message.id, audience_id=audience.id, content={}, content_hash="0" * 64,
        state=SubmissionState.APPROVED, submitted_by=message.account_id, submitted_at=sent,
        decided_by=reviewer_id, decided_at=sent,
    )  # fmt: skip
    db.add(submission)
    db.flush()
    mailing = Mailing(
        kind=message.kind, message_id=message.id, audience_id=audience.id, submission_id=submission.id,
        content_hash="0" * 64, state=MailingState.FINISHED, created_by=message.account_id, created_at=sent,
        started_at=sent, deadline=sent + timedelta(days=2),
    )  # fmt: skip
    db.add(mailing)
    db.flush()
    return mailing
