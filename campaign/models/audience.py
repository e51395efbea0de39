"""The frozen recipients of one mailing."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from campaign.models.base import Base, BigId, ContactId, Id, JsonObject, Moment, words
from campaign.models.consent import Channel


class MemberPart(StrEnum):
    """Which part of a divided audience a person is in; all the person's channels are in the same."""

    ALL = ""  # not divided
    SAMPLE = "sample"  # gets a test arm at once
    REST = "rest"  # waits for the winner
    HELD_OUT = "held_out"  # gets nothing, for comparison


class Audience(Base):
    """Frozen when a message is submitted; sending may only drop people from it."""

    __tablename__ = "audience"

    id: Mapped[Id]
    message_id: Mapped[int] = mapped_column(BigId, ForeignKey("message.id"), index=True)
    rule: Mapped[JsonObject]
    """The segment's rule at that moment."""
    segment_name: Mapped[str] = mapped_column(String(120), default="")
    counts: Mapped[JsonObject] = mapped_column(default=dict)
    """`email`, `letter`, `people`, `left_out` by reason, `missing` values, and for a divided audience
    `parts`: people by part, those of a sample by arm as `sample.a`."""
    sha256: Mapped[str] = mapped_column(String(64))
    """Over all rows in order."""
    untouched: Mapped[bool] = mapped_column(default=False)
    """True from the freeze until anybody changes, adds or removes a row: kept by triggers, whoever does it.
    False says nothing (the rows must be read), as of audiences older than the triggers."""
    frozen_at: Mapped[Moment]
    emptied_at: Mapped[datetime | None]
    """When the addresses and values of its rows were deleted, for the house's days were over."""


class AudienceMember(Base):
    """One recipient on one channel, with the merge values that the message uses."""

    __tablename__ = "audience_member"

    id: Mapped[Id]
    audience_id: Mapped[int] = mapped_column(BigId, ForeignKey("audience.id"))
    contact_id: Mapped[ContactId]
    channel: Mapped[Channel] = mapped_column(words(Channel))
    variant_id: Mapped[int] = mapped_column(BigId, ForeignKey("message_variant.id"))
    address: Mapped[str] = mapped_column(Text)
    """The e-mail address, or the lines of the postal address."""
    address_key: Mapped[str] = mapped_column(String(400))
    values: Mapped[JsonObject]
    """Merge values: `{"contact": {...}}`, only the fields in use."""
    part: Mapped[MemberPart] = mapped_column(words(MemberPart), default=MemberPart.ALL)

    __table_args__ = (
        UniqueConstraint("audience_id", "contact_id", "channel"),
        UniqueConstraint("audience_id", "channel", "address_key"),
    )
