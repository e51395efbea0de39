"""Consent, suppression and holds: whether we may write at all."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from campaign.models.base import Base, BigId, ContactId, Id, JsonObject, Moment, words


class Channel(StrEnum):
    EMAIL = "email"
    LETTER = "letter"


class ConsentAction(StrEnum):
    GRANTED = "granted"
    WITHDRAWN = "withdrawn"
    RETRACTED = "retracted"  # the entry before was ours by mistake: an import that was undone


class ConsentPurpose(StrEnum):
    """What the person agreed to receive."""

    MARKETING = "marketing"
    GREETING = "greeting"


class Consent(Base):
    """An entry of the ledger, never changed. The newest one (by `at`, then `id`) per contact, sender,
    channel and purpose is what holds now.

    What has to be known of a consent: wording, content kind, form and frequency (Law 91/2025/QH15,
    article 28(3)).
    """

    __tablename__ = "consent"

    id: Mapped[Id]
    contact_id: Mapped[ContactId]
    sender_id: Mapped[int] = mapped_column(BigId, ForeignKey("sender.id"))
    channel: Mapped[Channel] = mapped_column(words(Channel))
    purpose: Mapped[ConsentPurpose] = mapped_column(words(ConsentPurpose))
    action: Mapped[ConsentAction] = mapped_column(words(ConsentAction))
    wording: Mapped[str] = mapped_column(Text, default="")
    """The sentence that was shown."""
    content_kind: Mapped[str] = mapped_column(String(200), default="")
    frequency: Mapped[str] = mapped_column(String(100), default="")
    method: Mapped[str] = mapped_column(String(60), default="")
    """form, import, paper, phone, one-click …"""
    source: Mapped[str] = mapped_column(String(200))
    evidence: Mapped[JsonObject] = mapped_column(default=dict, server_default="{}")
    """What proves it: the form's version, when its mail was confirmed and from which network (hashed), or
    the reference of a paper form. No address, no name."""
    at: Mapped[Moment]

    # the newest entry of each person is read in the order of this index
    __table_args__ = (
        Index("ix_consent_current", "sender_id", "channel", "purpose", "contact_id", "at", "id"),
    )


class SuppressionReason(StrEnum):
    UNSUBSCRIBED = "unsubscribed"
    BOUNCED = "bounced"  # the address does not exist
    COMPLAINED = "complained"
    RETURNED = "returned"  # the letter came back
    REQUESTED = "requested"  # asked by phone, letter or in person


class Suppression(Base):
    """An address never to write to, whoever holds it."""

    __tablename__ = "suppression"

    id: Mapped[Id]
    channel: Mapped[Channel] = mapped_column(words(Channel))
    address_key: Mapped[str] = mapped_column(String(400))
    """`Contact.email_key` or `Contact.place_key`."""
    reason: Mapped[SuppressionReason] = mapped_column(words(SuppressionReason))
    """The strongest that was told: its owner's no stands over a dead address, a report of spam over both."""
    source: Mapped[str] = mapped_column(String(200))
    at: Mapped[Moment]
    also_dead: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Where `reason` is its owner's no: the address is dead as well, so that not even answers go there."""

    __table_args__ = (UniqueConstraint("channel", "address_key"),)


class HoldReason(StrEnum):
    COMPLAINT = "complaint"
    BEREAVEMENT = "bereavement"
    PAUSE = "pause"  # asked for a rest


class Hold(Base):
    """A contact not to be written to for now."""

    __tablename__ = "hold"

    id: Mapped[Id]
    contact_id: Mapped[ContactId]
    reason: Mapped[HoldReason] = mapped_column(words(HoldReason))
    note: Mapped[str] = mapped_column(Text, default="")
    starts_at: Mapped[Moment]
    ends_at: Mapped[datetime | None]
    """None: until somebody lifts it."""
    account_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
