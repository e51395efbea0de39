"""Freezing: who is in, who is left out and why, and that it is the same tomorrow."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.audience.freeze import freeze, sha256_of
from campaign.contacts import holds, profile, suppression
from campaign.models import (
    Audience,
    AudienceMember,
    Channel,
    ConsentPurpose,
    HoldReason,
    Message,
    Sender,
    SuppressionReason,
)
from campaign.segments import EVERYBODY
from tests.factories import make_consent, make_contact, make_message, make_organisation, make_sender

EMAIL, LETTER = Channel.EMAIL, Channel.LETTER


def run(db: Session, sender: Sender, message: Message, now: datetime, **other: Any) -> Audience:
    settings: dict[str, Any] = {
        "message_id": message.id,
        "rule": EVERYBODY,
        "segment_name": "Mọi người",
        "field_names": ["contact.given_name", "contact.position", "system.unsubscribe_url"],
        "variants": {variant.language: variant.id for variant in message.variants},
        "channels": [EMAIL],
        "purpose": ConsentPurpose.MARKETING,
        "sender_id": sender.id,
        "now": now,
    }
    return freeze(db, **settings | other)


def rows(db: Session, audience: Audience) -> list[AudienceMember]:
    members = select(AudienceMember).where(AudienceMember.audience_id == audience.id)
    return list(db.scalars(members.order_by(AudienceMember.id)))


def test_everybody_left_out_is_counted_by_reason(db: Session, now: datetime) -> None:
    sender = make_sender(db)
    writable = make_contact(db, email="an@example.com", given_name="An", position="Giám đốc")
    twin = make_contact(db, email="AN@example.com")
    silent = make_contact(db)
    bounced = make_contact(db)
    resting = make_contact(db)
    make_contact(db, email="")
    make_organisation(db, email="hotel@example.com")
    for contact in (writable, twin, bounced, resting):
        make_consent(db, contact, sender)
    suppression.suppress(db, EMAIL, bounced.email_key, SuppressionReason.BOUNCED, source="dsn", now=now)
    holds.place(db, resting, HoldReason.COMPLAINT, now=now)

    audience = run(db, sender, make_message(db, sender=sender), now)

    assert [(row.contact_id, row.address) for row in rows(db, audience)] == [(writable.id, "an@example.com")]
    assert rows(db, audience)[0].values == {"contact": {"given_name": "An", "position": "Giám đốc"}}
    assert audience.counts["left_out"] == {
        "email": {
            "duplicate": 1, "no_consent": 1, "suppressed": 1, "held": 1, "no_address": 1, "organisation": 1,
        }
    }  # fmt: skip
    assert (audience.counts["people"], audience.counts["email"], audience.counts["letter"]) == (1, 1, 0)
    assert silent.id not in {row.contact_id for row in rows(db, audience)}


def test_both_channels_give_a_row_each_where_reachable(db: Session, now: datetime) -> None:
    sender = make_sender(db)
    both, post_only = make_contact(db), make_contact(db)
    make_consent(db, both, sender)
    audience = run(db, sender, make_message(db, sender=sender), now, channels=[EMAIL, LETTER])
    assert [(row.contact_id, row.channel) for row in rows(db, audience)] == [
        (both.id, EMAIL),
        (both.id, LETTER),
        (post_only.id, LETTER),
    ]
    assert audience.counts["people"] == 2
    assert rows(db, audience)[1].address.splitlines()[0] == "Chị Nguyễn Thị Ễn"


def test_each_gets_their_language_or_the_senders(db: Session, now: datetime) -> None:
    sender = make_sender(db)
    message = make_message(db, sender=sender, languages=("en", "vi"))
    english, vietnamese = message.variants[0].id, message.variants[1].id
    for language in ("vi", "en", "zh"):
        make_consent(db, make_contact(db, language=language), sender)
    audience = run(db, sender, message, now)
    assert [row.variant_id for row in rows(db, audience)] == [vietnamese, english, vietnamese]


def test_missing_values_are_reported_with_an_example(db: Session, now: datetime) -> None:
    sender = make_sender(db)
    profile.add_custom_field(db, "hoa", "Hoa yêu thích")
    first, second = make_contact(db), make_contact(db, position="Thư ký", custom={"hoa": "sen"})
    for contact in (first, second):
        make_consent(db, contact, sender)
    audience = run(
        db,
        sender,
        make_message(db, sender=sender),
        now,
        field_names=["contact.position", "contact.custom.hoa"],
    )
    assert audience.counts["missing"] == {
        "contact.custom.hoa": {"count": 1, "example": first.code},
        "contact.position": {"count": 1, "example": first.code},
    }


def test_the_same_people_give_the_same_hash_and_a_changed_row_another(db: Session, now: datetime) -> None:
    sender = make_sender(db)
    message = make_message(db, sender=sender)
    lan = make_contact(db)
    make_consent(db, lan, sender)
    first = run(db, sender, message, now)
    second = run(db, sender, message, now + timedelta(hours=1))
    assert first.sha256 == second.sha256 == sha256_of(db, first.id)
    rows(db, first)[0].address = "other@example.com"
    db.flush()
    assert sha256_of(db, first.id) != first.sha256


def test_a_later_change_of_the_profile_leaves_the_frozen_row_alone(db: Session, now: datetime) -> None:
    sender = make_sender(db)
    lan = make_contact(db, given_name="Lan")
    make_consent(db, lan, sender)
    audience = run(db, sender, make_message(db, sender=sender), now)
    profile.change(db, lan, {"given_name": "Huệ", "email": "hue@example.com"}, source="form", now=now)
    db.expire_all()
    assert rows(db, audience)[0].values == {"contact": {"given_name": "Lan"}}
    assert sha256_of(db, audience.id) == audience.sha256
