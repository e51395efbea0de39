"""What comes back by post is entered by the code that the letter bears."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.errors import InvalidInput, Refused
from campaign.inbound import postal
from campaign.models import Channel, Event, EventKind, Reply, Role, Suppression, SuppressionReason
from tests.conftest import NOW
from tests.factories import make_account, make_delivery


def test_a_reply_card_by_its_code(db: Session) -> None:
    clerk = make_account(db, Role.CARE)
    letter = make_delivery(db, channel=Channel.LETTER, reply_code="7K3MQ2")
    reply = postal.record_reply(db, " 7k3-mq2 ", "Tôi đặt 3 hộp", account=clerk, now=NOW)
    assert (reply.delivery_id, reply.contact_id, reply.channel) == (
        letter.id,
        letter.contact_id,
        Channel.LETTER,
    )
    assert db.scalars(select(Event.kind)).one() is EventKind.REPLY


def test_a_returned_letter_suppresses_the_postal_address_once(db: Session) -> None:
    clerk = make_account(db, Role.CARE)
    letter = make_delivery(db, channel=Channel.LETTER, reply_code="7K3MQ2")
    postal.record_returned(db, "7K3MQ2", account=clerk, now=NOW)
    entry = db.scalars(select(Suppression)).one()
    assert (entry.channel, entry.address_key, entry.reason) == (
        Channel.LETTER,
        letter.address_key,
        SuppressionReason.RETURNED,
    )
    with pytest.raises(Refused):
        postal.record_returned(db, "7K3MQ2", account=clerk, now=NOW)
    assert db.scalars(select(Event.kind)).all() == [EventKind.RETURNED]


@pytest.mark.parametrize("code", ["", "   ", "NOPE99", "'; drop table", "é" * 50])
def test_an_unknown_code_is_said_so(db: Session, code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        postal.record_reply(db, code, "x", account=make_account(db), now=NOW)
    assert refused.value.field == "code"


def test_an_empty_reply_is_none(db: Session) -> None:
    make_delivery(db, channel=Channel.LETTER, reply_code="7K3MQ2")
    with pytest.raises(InvalidInput):
        postal.record_reply(db, "7K3MQ2", "  ", account=make_account(db), now=NOW)
    assert db.scalars(select(Reply)).all() == []
