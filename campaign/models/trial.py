"""A test of arms: which of two or more versions goes to the rest."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from campaign.models.base import Base, BigId, Id, JsonObject, Moment, words


class TrialState(StrEnum):
    RUNNING = "running"  # the sample answers; the rest waits
    ASKS = "asks"  # no clear winner: a person decides
    DECIDED = "decided"


class DecidedBy(StrEnum):
    RULE = "rule"  # one arm is surely better
    DEFAULT = "default"  # none is: the arm that was agreed on beforehand
    PERSON = "person"


class Trial(Base):
    """The test of one mailing. Its terms were signed with the message and stand in the submission."""

    __tablename__ = "trial"

    id: Mapped[Id]
    mailing_id: Mapped[int] = mapped_column(BigId, ForeignKey("mailing.id"), unique=True)
    state: Mapped[TrialState] = mapped_column(words(TrialState), default=TrialState.RUNNING, index=True)
    decide_at: Mapped[Moment]
    """When the figures are looked at."""
    winner: Mapped[str] = mapped_column(String(10), default="")
    decided_by: Mapped[DecidedBy | None] = mapped_column(words(DecidedBy))
    account_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    """Who decided, when a person did."""
    decided_at: Mapped[datetime | None]
    figures: Mapped[JsonObject] = mapped_column(default=dict)
    """What the decision rests on: `arms` ({arm: {sent, hits}}), `verdict`, `p_value`, `interval`."""
