"""Segments: a saved, typed rule; it never holds people."""

from __future__ import annotations

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from campaign.models.base import AccountId, Base, Id, JsonObject, Moment


class Segment(Base):
    __tablename__ = "segment"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(120), unique=True)
    description: Mapped[str] = mapped_column(Text, default="")
    rule: Mapped[JsonObject]
    """The rule tree as JSON; its shape is `campaign.segments.rule`."""
    account_id: Mapped[AccountId]
    created_at: Mapped[Moment]
    updated_at: Mapped[Moment]
