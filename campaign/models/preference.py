"""How often somebody wants to hear from a sender: less than they agreed to is their good right."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from campaign.models.base import Base, BigId, Moment, words


class Rhythm(StrEnum):
    ALL = "all"
    WEEKLY = "weekly"  # at most one advertising e-mail in seven days
    MONTHLY = "monthly"  # at most one in thirty
    IMPORTANT = "important"  # no advertising at all


class MailRhythm(Base):
    """One person's choice for one sender's advertising e-mail; no row means all of it."""

    __tablename__ = "mail_rhythm"

    contact_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("contact.id"), primary_key=True, autoincrement=False
    )
    sender_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("sender.id"), primary_key=True, autoincrement=False
    )
    rhythm: Mapped[Rhythm] = mapped_column(words(Rhythm))
    changed_at: Mapped[Moment]
