"""Who was in a segment on a night: a sample of constant size, to tell later how many stayed."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from campaign.models.base import Base, BigId, Json


class SegmentDigest(Base):
    """One segment on one day. Taken by the beat at night, kept 100 days (`campaign.segments.exam.digest`)."""

    __tablename__ = "segment_digest"

    segment_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("segment.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    day: Mapped[date] = mapped_column(primary_key=True)
    """By the house's clock."""
    rule_sha256: Mapped[str] = mapped_column(String(64))
    """Of the rule of that night: people of another rule say nothing about how stable this one is."""
    people: Mapped[int] = mapped_column(BigId)
    sample: Mapped[list[Any]] = mapped_column(Json)
    """Ids of contacts: all of them, or a uniform sample."""
