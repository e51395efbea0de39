"""The audit log: append-only rows, each holding the hash of the one before it."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from campaign.models.base import Base, BigId, Id, JsonObject, Moment


class AuditEntry(Base):
    """Who did what to which row, when. Triggers refuse UPDATE and DELETE."""

    __tablename__ = "audit_entry"

    id: Mapped[Id]
    at: Mapped[Moment]
    actor_id: Mapped[int | None] = mapped_column(BigId)
    """The account, or None for the system itself."""
    actor: Mapped[str] = mapped_column(String(200))
    """The name at that time, kept when the account is gone."""
    action: Mapped[str] = mapped_column(String(60), index=True)
    noun: Mapped[str] = mapped_column(String(40), index=True)
    noun_id: Mapped[str] = mapped_column(String(60), index=True)
    detail: Mapped[JsonObject]
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)
