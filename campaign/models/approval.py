"""Submissions, decisions and standing approvals."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from campaign.models.base import AccountId, Base, BigId, Id, Json, JsonObject, Moment, words


class SubmissionState(StrEnum):
    WAITING = "waiting"
    APPROVED = "approved"
    SENT_BACK = "sent_back"
    VOIDED = "voided"  # something it covers was edited
    WITHDRAWN = "withdrawn"  # by its author


class Submission(Base):
    """A message put before a reviewer, with everything its hash covers.

    `content` is the canonical JSON whose SHA-256 is `content_hash`: copy of all variants, layout
    versions, audience hash, sender, settings. Approval, void and sending compare hashes, never flags.
    """

    __tablename__ = "submission"

    id: Mapped[Id]
    message_id: Mapped[int] = mapped_column(BigId, ForeignKey("message.id"), index=True)
    audience_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("audience.id"))
    """None for a standing approval: its people change, its rule does not."""
    content: Mapped[JsonObject]
    content_hash: Mapped[str] = mapped_column(String(64))
    findings: Mapped[list[Any]] = mapped_column(Json, default=list)
    """What the linter said of the renderings, as JSON."""
    rule_set: Mapped[str] = mapped_column(String(64), default="")
    """Version of the rules that were run."""
    state: Mapped[SubmissionState] = mapped_column(words(SubmissionState), default=SubmissionState.WAITING)
    note: Mapped[str] = mapped_column(Text, default="")
    submitted_by: Mapped[AccountId]
    submitted_at: Mapped[Moment]
    decided_by: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    decided_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    """Why it was sent back."""


class StandingApproval(Base):
    """A reviewer's yes to what recurs: a greeting's copy for an occasion, until a date."""

    __tablename__ = "standing_approval"

    id: Mapped[Id]
    submission_id: Mapped[int] = mapped_column(BigId, ForeignKey("submission.id"), unique=True)
    message_id: Mapped[int] = mapped_column(BigId, ForeignKey("message.id"), index=True)
    content_hash: Mapped[str] = mapped_column(String(64))
    occasion: Mapped[str] = mapped_column(String(40))
    """Occasion key of `campaign.occasions`: `birthday`, `founding`, `tet` …"""
    ends_on: Mapped[date]
    revoked_at: Mapped[datetime | None]
