"""One contact's line of everything, the newest first."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from campaign.models import (
    Channel,
    Consent,
    ConsentAction,
    ConsentPurpose,
    DeliveryState,
    Event,
    EventKind,
    Message,
    Reply,
)
from campaign.report import timeline
from campaign.report.timeline import Kind
from tests.conftest import NOW
from tests.factories import make_contact, make_delivery
from tests.report.test_numbers import make_campaign


def test_all_that_was_sent_and_received(db: Session) -> None:
    campaign, mailing = make_campaign(db)
    contact = make_contact(db)
    mail = make_delivery(db, mailing, contact, settled_at=NOW - timedelta(hours=5))
    make_delivery(db, mailing, contact, channel=Channel.LETTER, state=DeliveryState.IN_PRINT, settled_at=None)
    make_delivery(db, mailing, make_contact(db))
    for minutes in (3, 2, 1):
        db.add(Event(delivery_id=mail.id, kind=EventKind.OPEN, at=NOW - timedelta(minutes=minutes)))
    db.add(Event(delivery_id=mail.id, kind=EventKind.CLICK, at=NOW, machine=True))
    reply = Reply(
        channel=Channel.EMAIL,
        delivery_id=mail.id,
        contact_id=contact.id,
        text="Cảm ơn",
        received_at=NOW + timedelta(minutes=1),
    )
    db.add(reply)
    db.add(
        Consent(
            contact_id=contact.id,
            sender_id=db.get_one(Message, campaign.message_id).sender_id,
            channel=Channel.EMAIL,
            purpose=ConsentPurpose.MARKETING,
            action=ConsentAction.GRANTED,
            source="form",
            at=NOW - timedelta(days=9),
        )
    )
    db.flush()
    found = timeline.of_contact(db, contact.id)
    assert [entry.kind for entry in found] == [
        Kind.REPLIED,
        Kind.IN_PRINT,
        Kind.OPENED,
        Kind.SENT,
        Kind.CONSENT_GRANTED,
    ]
    opened = found[2]
    assert (opened.times, opened.at, opened.campaign_id) == (3, NOW - timedelta(minutes=3), campaign.id)
    assert found[0].text == "Cảm ơn"


def test_a_stranger_has_no_history(db: Session) -> None:
    assert timeline.of_contact(db, 4711) == []
