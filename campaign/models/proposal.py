"""What the system proposed of a profile, and what people said to it. A proposal itself is never stored: it
is read from the profile each time, and reaches nothing until somebody takes it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from campaign.models.base import Base, BigId, Id, JsonObject, Moment


class ProposalBatch(Base):
    """One answer of a person to one proposal or to many alike: the unit of undoing."""

    __tablename__ = "proposal_batch"

    id: Mapped[Id]
    field: Mapped[str] = mapped_column(String(60))
    value: Mapped[str] = mapped_column(String(120))
    """What was proposed."""
    because: Mapped[JsonObject] = mapped_column(default=dict)
    """What the proposals had in common: `kind` and the values that its words take."""
    taken: Mapped[bool]
    """False when the answer was no."""
    people: Mapped[int]
    account_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    at: Mapped[Moment]
    undone_at: Mapped[datetime | None]


class ProposalAnswer(Base):
    """One person of such an answer."""

    __tablename__ = "proposal_answer"

    batch_id: Mapped[int] = mapped_column(BigId, ForeignKey("proposal_batch.id"), primary_key=True)
    contact_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("contact.id"), primary_key=True, autoincrement=False, index=True
    )
    evidence: Mapped[JsonObject] = mapped_column(default=dict)
    """What the proposal rested on, of this person: `kind` and the values that its words take."""
    before: Mapped[JsonObject] = mapped_column(default=dict)
    """Each fact that taking it changed, as it was before."""
    after: Mapped[JsonObject] = mapped_column(default=dict)
