"""A new campaign, or a greeting that recurs: a draft in one language that begins with its salutation."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from campaign import audit
from campaign.campaigns import edit
from campaign.compose import document as documents
from campaign.compose import greetings
from campaign.models import (
    Account,
    Campaign,
    Channel,
    Message,
    MessageKind,
    MessageVariant,
    OfferType,
    Segment,
    Sender,
)


def create_greeting(
    db: Session,
    account: Account,
    now: datetime,
    *,
    name: str,
    sender: Sender,
    channels: str,
    language: str = "vi",
) -> Message:
    """A greeting that recurs: a message without a campaign, sent by the care desk on its occasion."""
    edit.check_channels(channels)
    message = _message(account, now, edit.clean_name(name), MessageKind.GREETING, sender, channels, language)
    db.add(message)
    db.flush()
    audit.record(db, account, "message.created", "message", message.id, now, name=message.name)
    return message


def create(
    db: Session,
    account: Account,
    now: datetime,
    *,
    name: str,
    goal: str,
    kind: MessageKind,
    sender: Sender,
    channels: str,
    segment: Segment | None = None,
    language: str = "vi",
    offer_type: OfferType | None = None,
) -> Campaign:
    """A draft in one language, of which only the salutation is written."""
    name = edit.clean_name(name)
    edit.check_channels(channels)
    message = _message(account, now, name, kind, sender, channels, language)
    message.offer_type = offer_type
    campaign = Campaign(
        name=name,
        goal=goal.strip(),
        segment=segment,
        message=message,
        channels=channels,
        account_id=account.id,
        created_at=now,
        updated_at=now,
    )
    db.add(campaign)
    db.flush()
    audit.record(db, account, "campaign.created", "campaign", campaign.id, now, name=name)
    return campaign


def _message(
    account: Account,
    now: datetime,
    name: str,
    kind: MessageKind,
    sender: Sender,
    channels: str,
    language: str,
) -> Message:
    return Message(
        kind=kind,
        name=name,
        sender=sender,
        email_layout=edit.default_layout(Channel.EMAIL, kind) if channels != "letter" else "",
        letter_layout=edit.default_layout(Channel.LETTER, kind) if channels != "email" else "",
        account_id=account.id,
        created_at=now,
        updated_at=now,
        variants=[MessageVariant(language=language, document=documents.to_json(greetings.begun(language)))],
    )
