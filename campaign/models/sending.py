"""How much was sent on a day against a limit of that day, and mailings that were paused by the system."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from campaign.models.base import Base, BigId, Id, Moment, words


class SendingDay(Base):
    """Messages counted against a limit a day: the beat keeps them here, for Redis may lose its own count."""

    __tablename__ = "sending_day"

    day: Mapped[date] = mapped_column(primary_key=True)
    """By the house's clock."""
    subject: Mapped[str] = mapped_column(String(300), primary_key=True)
    """`relay/HOST:PORT`, `from/DOMAIN`, `to/PROVIDER`."""
    used: Mapped[int]


class PauseCause(StrEnum):
    BOUNCES = "bounces"
    COMPLAINTS = "complaints"


class AutomaticPause(Base):
    """Why the system paused a mailing, with the counts of that moment.

    The counts of the moment at which a person let it go on are where counting begins again.
    """

    __tablename__ = "automatic_pause"

    id: Mapped[Id]
    mailing_id: Mapped[int] = mapped_column(BigId, ForeignKey("mailing.id"), index=True)
    at: Mapped[Moment]
    cause: Mapped[PauseCause] = mapped_column(words(PauseCause))
    threshold_ppm: Mapped[int]
    """The share that was passed, in millionths."""
    tried: Mapped[int]
    """Messages that a server answered for good: accepted, or refused because there is no such address."""
    accepted: Mapped[int]
    bounced: Mapped[int]
    complained: Mapped[int]
    """These four since counting began."""
    resumed_at: Mapped[datetime | None]
    base_tried: Mapped[int] = mapped_column(default=0)
    base_accepted: Mapped[int] = mapped_column(default=0)
    base_bounced: Mapped[int] = mapped_column(default=0)
    base_complained: Mapped[int] = mapped_column(default=0)
    """All of the mailing's when it went on: what is not held against it again."""
