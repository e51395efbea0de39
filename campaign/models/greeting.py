"""Greetings of the care desk: which message greets on which occasion, and who was greeted."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from campaign.models.base import Base, BigId, ContactId, Id, Moment, words
from campaign.models.consent import Channel


class Greeting(Base):
    """One contact greeted for one occurrence of one occasion on one channel."""

    __tablename__ = "greeting"

    id: Mapped[Id]
    contact_id: Mapped[ContactId]
    occasion: Mapped[str] = mapped_column(String(40))
    occurs_on: Mapped[date]
    channel: Mapped[Channel] = mapped_column(words(Channel))
    mailing_id: Mapped[int] = mapped_column(BigId, ForeignKey("mailing.id"), index=True)
    created_at: Mapped[Moment]

    __table_args__ = (UniqueConstraint("contact_id", "occasion", "occurs_on", "channel"),)
