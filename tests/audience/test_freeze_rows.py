"""The quick ways of a freeze against plain ones: rows in bulk, hashes from texts, marks instead of texts."""

from __future__ import annotations

import hashlib
import json
import random
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.audience import fields, profiles
from campaign.audience.division import Division
from campaign.audience.freeze import freeze, sha256_of
from campaign.audience.marks import FIRST, Marks
from campaign.audience.reach import Target, skips
from campaign.audience.terms import SendingTerms, TrialTerms
from campaign.contacts import holds, suppression
from campaign.contacts.addresses import letter_key, letter_lines
from campaign.models import (
    AudienceMember,
    Channel,
    ConsentPurpose,
    Contact,
    ContactKind,
    HoldReason,
    Sender,
    SuppressionReason,
)
from campaign.segments import EVERYBODY
from tests.factories import make_consent, make_contact, make_message, make_organisation, make_sender

# what COPY, JSON and a hash could each read in their own way
ODD = (
    "Lê\tLợi",
    "a\\nb",
    'nói "có"',
    "dòng\nhai",
    "\\.",
    "\\N",
    "\x7f\x1f",
    "𝒜 💐",
    "{}",
    "'",
    "",
    "0",
    "null",
)
NAMES = (
    "contact.full_name",
    "contact.position",
    "contact.organisation",
    "contact.custom.hoa",
    "contact.custom.qua",
)
MARKETING = ConsentPurpose.MARKETING


@pytest.mark.parametrize("chunk", [1, 3, 1000])
@pytest.mark.parametrize("divided", [False, True])
def test_a_freeze_is_what_a_plain_reading_says(
    db: Session, now: datetime, monkeypatch: pytest.MonkeyPatch, chunk: int, divided: bool
) -> None:
    monkeypatch.setattr(profiles, "CHUNK", chunk)
    sender = make_sender(db)
    _people(db, sender, random.Random(chunk), now)
    message = make_message(db, sender=sender, languages=("vi", "en"))
    variants = {variant.language: variant.id for variant in message.variants}
    terms = SendingTerms(trial=TrialTerms(share=40), holdout=20)
    division = Division(terms, "salt", {"a": variants, "b": variants}) if divided else None
    audience = freeze(
        db, message_id=message.id, rule=EVERYBODY, segment_name="", field_names=NAMES, variants=variants,
        channels=list(Channel), purpose=MARKETING, sender_id=sender.id, now=now, division=division,
    )  # fmt: skip
    db.expire_all()
    found = [
        [row.contact_id, row.channel.value, row.variant_id, row.address, row.address_key, row.values]
        + ([row.part.value] if row.part.value else [])
        for row in db.scalars(
            select(AudienceMember)
            .where(AudienceMember.audience_id == audience.id)
            .order_by(AudienceMember.id)
        )
    ]
    assert found == _plainly(db, sender, variants, division, now)
    assert audience.sha256 == _plain_hash(found) == sha256_of(db, audience.id)
    assert audience.counts["email"] + audience.counts["letter"] == sum(row[-1] != "held_out" for row in found)
    assert audience.counts["left_out"]["email"]["duplicate"] > 0


def test_those_of_earlier_audiences_and_their_addresses_stay_out(db: Session, now: datetime) -> None:
    sender = make_sender(db)
    message = make_message(db, sender=sender)
    here = {"rule": EVERYBODY, "segment_name": "", "field_names": [], "purpose": MARKETING, "now": now}
    here |= {"message_id": message.id, "sender_id": sender.id, "channels": [Channel.EMAIL]}
    here |= {"variants": {variant.language: variant.id for variant in message.variants}}
    make_consent(db, make_contact(db, email="an@example.com"), sender)
    first = freeze(db, **here)
    new = make_contact(db, email="binh@example.com")
    for contact in (new, make_contact(db, email="AN@example.com")):
        make_consent(db, contact, sender)
    second = freeze(db, **here, besides=[first.id])
    rows = select(AudienceMember.contact_id).where(AudienceMember.audience_id == second.id)
    assert list(db.scalars(rows)) == [new.id]
    assert second.counts["left_out"] == {"email": {"duplicate": 1}}


def test_marks_are_a_set() -> None:
    chance = random.Random(1)
    marks, texts = Marks(), set[str]()
    for _ in range(4 * FIRST):
        text = f"khach{chance.randrange(3 * FIRST)}@example.com"
        assert marks.add(text) is (text not in texts)
        texts.add(text)


def _people(db: Session, sender: Sender, chance: random.Random, now: datetime) -> None:
    house = make_organisation(db, full_name="Khách sạn \\ Hồ Gươm")
    for number in range(60):
        contact = make_contact(
            db,
            street=chance.choice(("", "5 Bà Triệu", "phố Huế")),
            email=chance.choice(("", f"an{number}@example.com", f"an{number // 5}@example.com")),
            language=chance.choice(("vi", "en", "zh")),
            organisation_id=chance.choice((None, house.id)),
        )
        # as no form would let it through
        contact.full_name, contact.position = f"An {chance.choice(ODD)}", chance.choice(ODD)
        contact.custom = {key: chance.choice(ODD) for key in ("hoa", "qua") if chance.random() < 0.7}
        if chance.random() < 0.8:
            make_consent(db, contact, sender)
        if chance.random() < 0.1:
            holds.place(db, contact, HoldReason.PAUSE, now=now)
        if contact.email and chance.random() < 0.1:
            reason = SuppressionReason.BOUNCED
            suppression.suppress(db, Channel.EMAIL, contact.email_key, reason, source="dsn", now=now)
    db.flush()
    db.expire_all()


def _plainly(
    db: Session, sender: Sender, variants: dict[str, int], division: Division | None, now: datetime
) -> list[list[Any]]:
    """One contact after the other, with nothing but the model."""
    seen: set[tuple[Channel, str]] = set()
    rows: list[list[Any]] = []
    for contact in db.scalars(select(Contact).order_by(Contact.id)):
        if contact.kind is ContactKind.ORGANISATION:
            continue
        for channel in Channel:
            by_email = channel is Channel.EMAIL
            key = contact.email_key if by_email else letter_key(contact)
            address = contact.email if by_email else "\n".join(letter_lines(contact, sender.country))
            target = Target(contact.id, key)
            if not key or (channel, key) in seen or skips(db, [target], channel, MARKETING, sender.id, now):
                continue
            seen.add((channel, key))
            part = division.part_of(contact.id)[0].value if division else ""
            values = fields.values_for(contact, NAMES)
            variant = variants.get(contact.language, variants["vi"])
            row = [contact.id, channel.value, variant, address, key, values]
            rows.append([*row, part] if part else row)
    return rows


def _plain_hash(rows: list[list[Any]]) -> str:
    lines = [
        json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n" for row in rows
    ]
    return hashlib.sha256("".join(lines).encode()).hexdigest()
