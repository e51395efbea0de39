"""Submissions, decisions and standing approvals."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
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
    """Version of the rules that were run, the house's settings included."""
    rule_settings: Mapped[str] = mapped_column(String(64), default="")
    """SHA-256 of the house's settings of the rules (`campaign.lint.house`); empty for none."""
    state: Mapped[SubmissionState] = mapped_column(words(SubmissionState), default=SubmissionState.WAITING)
    note: Mapped[str] = mapped_column(Text, default="")
    submitted_by: Mapped[AccountId]
    submitted_at: Mapped[Moment]
    decided_by: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    decided_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    """Why it was sent back."""
    waivers: Mapped[list[Any]] = mapped_column(Json, default=list)
    """Waivers that counted at the decision, as JSON; like the two below never changed after it."""
    checklist: Mapped[list[Any]] = mapped_column(Json, default=list)
    """Questions that no machine answers, as the signer ticked them: `question`, `by`, `at`."""
    remarks: Mapped[list[Any]] = mapped_column(Json, default=list)
    """The reviewer's remarks at their places, as they stood at the decision."""


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


class Waiver(Base):
    """A reasoned exception for one finding: asked for by who writes, granted by a reviewer, until a day.

    It holds on to the rule and its words (`fingerprint`) in one block: other words, and it is void.
    """

    __tablename__ = "waiver"

    id: Mapped[Id]
    message_id: Mapped[int] = mapped_column(BigId, ForeignKey("message.id"), index=True)
    submission_id: Mapped[int] = mapped_column(BigId, ForeignKey("submission.id"))
    """For which it was asked; it serves later ones of the message as well, while the words stand."""
    rule: Mapped[str] = mapped_column(String(60))
    part: Mapped[str] = mapped_column(String(60))
    """Id of the block."""
    fingerprint: Mapped[str] = mapped_column(String(64))
    content_hash: Mapped[str] = mapped_column(String(64))
    """The revision that the reviewer saw."""
    rule_set: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(Text)
    asked_by: Mapped[AccountId]
    asked_at: Mapped[Moment]
    granted_by: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    granted_at: Mapped[datetime | None]
    ends_on: Mapped[date | None]
    """The last day on which it counts; set when it is granted."""
    voided_by: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    voided_at: Mapped[datetime | None]


class RemarkState(StrEnum):
    OPEN = "open"
    RESOLVED = "resolved"  # mended by who writes
    ACCEPTED = "accepted"  # the proposed words stand in the copy now
    DECLINED = "declined"


class Remark(Base):
    """What a reviewer says of one block; with `proposed`, other words for it."""

    __tablename__ = "remark"

    id: Mapped[Id]
    message_id: Mapped[int] = mapped_column(BigId, ForeignKey("message.id"), index=True)
    submission_id: Mapped[int] = mapped_column(BigId, ForeignKey("submission.id"))
    language: Mapped[str] = mapped_column(String(5))
    block_id: Mapped[str] = mapped_column(String(60))
    quote: Mapped[str] = mapped_column(Text, default="")
    """The words it speaks of, when they are a few."""
    text: Mapped[str] = mapped_column(Text, default="")
    before: Mapped[JsonObject | None] = mapped_column(Json)
    """The block's texts by name as the reviewer saw them; None for a remark that proposes nothing."""
    proposed: Mapped[JsonObject | None] = mapped_column(Json)
    """The same texts as the reviewer would write them."""
    state: Mapped[RemarkState] = mapped_column(words(RemarkState), default=RemarkState.OPEN)
    written_by: Mapped[AccountId]
    written_at: Mapped[Moment]
    settled_by: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    settled_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(Text, default="")
    """Why a proposal was declined."""


class NoticeKind(StrEnum):
    SUBMITTED = "submitted"
    SIGNED = "signed"
    SENT_BACK = "sent_back"
    PROPOSED = "proposed"
    PAUSED = "paused"  # by the system, a mailing that went out under the sign-off
    MISSED = "missed"  # its hour passed while nothing ran
    UNDECIDED = "undecided"  # a test has no clear winner


class Notice(Base):
    """One mail of the house to one of its people: something waits for them."""

    __tablename__ = "notice"

    id: Mapped[Id]
    kind: Mapped[NoticeKind] = mapped_column(words(NoticeKind))
    submission_id: Mapped[int] = mapped_column(BigId, ForeignKey("submission.id"))
    account_id: Mapped[AccountId]
    remark_id: Mapped[int] = mapped_column(BigId, default=0)
    """What it tells of, where a submission has several: the proposal, the automatic pause, or the hour that
    was missed in seconds since 1970. 0 for the others."""
    made_at: Mapped[Moment]
    tried_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("kind", "submission_id", "account_id", "remark_id"),)
