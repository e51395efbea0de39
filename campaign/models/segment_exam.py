"""The last exam of a segment, so that a page need not examine a million people at each visit."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from campaign.models.base import Base, BigId, JsonObject, Moment


class SegmentExam(Base):
    """One segment examined for one sender and purpose."""

    __tablename__ = "segment_exam"

    segment_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("segment.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    sender_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    """0 while there was no sender to examine it for."""
    purpose: Mapped[str] = mapped_column(String(20), primary_key=True)
    at: Mapped[Moment]
    fingerprint: Mapped[str] = mapped_column(String(64))
    """Of the rule, of all that it asks, and of the house's sizes and costs: of another one the result says
    nothing."""
    said: Mapped[JsonObject]
    """The page's words and pictures by language."""
