"""Senders: what is refused, and what a change reaches."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign import senders
from campaign.errors import InvalidInput
from campaign.models import AuditEntry, MessageEdit
from tests.factories import make_message
from tests.people import make_account

TEA = senders.SenderFacts(
    name="Trà Sen Tây Hồ",
    from_name="Trà Sen Tây Hồ",
    from_email="thu@trasen.example.com",
    organisation="Công ty TNHH Trà Sen Tây Hồ",
    street="12 Quảng An",
    locality="Phường Tây Hồ, Hà Nội 11200",
)


def test_facts_stand_on_one_line(db: Session, now: datetime) -> None:
    sneaky = replace(TEA, from_name="Trà Sen\r\nBcc: ke-la@example.com", country="vn")
    sender = senders.create(db, None, sneaky, now)
    assert sender.from_name == "Trà Sen Bcc: ke-la@example.com"
    assert (sender.country, sender.domain) == ("VN", "trasen.example.com")
    assert sender.brand["colour"] == senders.DEFAULT_COLOUR


@pytest.mark.parametrize(
    ("change", "key", "field"),
    [
        ({"street": " "}, "admin-sender-missing", "street"),
        ({"name": "a" * 121}, "admin-sender-long", "name"),
        ({"tagline": "a" * 121}, "admin-sender-long", "tagline"),
        ({"from_email": "thu@"}, "auth-email-invalid", "from_email"),
        ({"country": "Việt Nam"}, "admin-sender-long", "country"),
        ({"country": "V1"}, "admin-sender-country", "country"),
        ({"website": "javascript:alert(1)"}, "admin-sender-website", "website"),
        ({"colour": "red"}, "admin-sender-colour", "colour"),
        ({"colour": "#ffd700"}, "admin-sender-colour-pale", "colour"),
    ],
)
def test_what_is_refused_says_where(
    db: Session, now: datetime, change: dict[str, str], key: str, field: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        senders.create(db, None, replace(TEA, **change), now)
    assert (caught.value.key, caught.value.field) == (key, field)


def test_who_changes_a_sender_has_touched_its_messages(db: Session, now: datetime) -> None:
    admin = make_account(db)
    sender = senders.create(db, admin, TEA, now)
    message = make_message(db, sender=sender)
    other = make_message(db)
    before = db.scalars(select(MessageEdit.message_id)).all()
    assert not senders.change(db, admin, sender, TEA, now), "nothing differs, nothing is touched"
    assert senders.change(db, admin, sender, replace(TEA, phone="024 3829 0000"), now)
    edits = db.scalars(select(MessageEdit).where(MessageEdit.part == "sender")).all()
    assert [(edit.message_id, edit.account_id) for edit in edits if edit.message_id not in before] == [
        (message.id, admin.id)
    ]
    assert other.id not in {edit.message_id for edit in edits}
    entry = db.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None
    assert entry.detail == {"phone": ["", "024 3829 0000"]}


@pytest.mark.parametrize(("colour", "ratio"), [("#000000", 21.0), ("#ffffff", 1.0), ("#767676", 4.54)])
def test_contrast_is_that_of_the_guideline(colour: str, ratio: float) -> None:
    assert senders.contrast_with_white(colour) == pytest.approx(ratio, abs=0.01)


@given(st.from_regex(r"#[0-9a-f]{6}", fullmatch=True))
def test_contrast_lies_between_none_and_full(colour: str) -> None:
    assert 1.0 <= senders.contrast_with_white(colour) <= 21.0
