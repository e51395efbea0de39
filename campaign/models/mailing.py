"""Campaigns, mailings, deliveries, print runs."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.models.base import AccountId, Base, BigId, ContactId, Id, JsonObject, Moment, words
from campaign.models.consent import Channel
from campaign.models.message import Message, MessageKind
from campaign.models.segment import Segment


class CampaignState(StrEnum):
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"
    CANCELLED = "cancelled"


class Campaign(Base):
    """One message to one segment, by e-mail, by letter or by both."""

    __tablename__ = "campaign"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(200))
    goal: Mapped[str] = mapped_column(Text, default="")
    segment_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("segment.id"))
    message_id: Mapped[int] = mapped_column(BigId, ForeignKey("message.id"), unique=True)
    channels: Mapped[str] = mapped_column(String(20), default="email")
    """`email`, `letter` or `both`."""
    state: Mapped[CampaignState] = mapped_column(words(CampaignState), default=CampaignState.DRAFT)
    send_at: Mapped[datetime | None]
    """When it starts by itself; with `timing` the moment that its wall clock stands for."""
    timing: Mapped[JsonObject] = mapped_column(default=dict)
    """The hour as it was chosen (`campaign.dispatch.timing`): wall clock, zone, whose clock."""
    terms: Mapped[JsonObject] = mapped_column(default=dict)
    """How it may go out (`campaign.audience.terms`): test arms, hold-out, later additions. Part of what is
    signed; empty for a campaign that simply goes to everybody."""
    account_id: Mapped[AccountId]
    created_at: Mapped[Moment]
    updated_at: Mapped[Moment]

    segment: Mapped[Segment | None] = relationship(lazy="joined")
    message: Mapped[Message] = relationship(lazy="joined")


class MailingState(StrEnum):
    PLANNED = "planned"  # rows are being made
    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"
    CANCELLED = "cancelled"


class Mailing(Base):
    """One sending of one message to one audience."""

    __tablename__ = "mailing"

    id: Mapped[Id]
    kind: Mapped[MessageKind] = mapped_column(words(MessageKind))
    campaign_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("campaign.id"), index=True)
    message_id: Mapped[int] = mapped_column(BigId, ForeignKey("message.id"), index=True)
    audience_id: Mapped[int] = mapped_column(BigId, ForeignKey("audience.id"))
    submission_id: Mapped[int] = mapped_column(BigId, ForeignKey("submission.id"))
    """The sign-off it goes out under; its content is what is rendered."""
    content_hash: Mapped[str] = mapped_column(String(64))
    state: Mapped[MailingState] = mapped_column(words(MailingState), default=MailingState.PLANNED, index=True)
    occasion: Mapped[str] = mapped_column(String(40), default="")
    created_by: Mapped[AccountId]
    created_at: Mapped[Moment]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    deadline: Mapped[Moment]
    """After this no attempt is made; what is left expires."""
    timing: Mapped[JsonObject] = mapped_column(default=dict)
    """The campaign's, as it was at the start; empty for "at once"."""
    planned_to: Mapped[int] = mapped_column(BigId, default=0)
    """The last member of the audience whose delivery was made."""


class DeliveryState(StrEnum):
    """See `campaign.dispatch.states` for the transitions and what a crash does in each."""

    QUEUED = "queued"
    CLAIMED = "claimed"  # a worker holds a lease on it; how far it is stands in its host's journal
    IN_PRINT = "in_print"  # a letter in a print run that is not posted yet
    DEFERRED = "deferred"  # known not sent; tried (again) at next_attempt_at, or None: when a test is decided
    ACCEPTED = "accepted"  # the server said 250, or the letter was posted
    REJECTED = "rejected"  # the server said no for good, or it could not be rendered
    SUPPRESSED = "suppressed"  # consent, suppression, hold or day's limit said no at claim
    EXPIRED = "expired"  # the deadline passed
    CANCELLED = "cancelled"  # by a person
    UNKNOWN = "unknown"  # the reply was lost; a person decides


HELD_OR_UNKNOWN = text("state IN ('claimed', 'unknown')")
IN_A_PRINT_RUN = text("print_run_id IS NOT NULL")


class Delivery(Base):
    """One mailing to one contact on one channel."""

    __tablename__ = "delivery"

    id: Mapped[Id]
    mailing_id: Mapped[int] = mapped_column(BigId, ForeignKey("mailing.id"))
    contact_id: Mapped[ContactId]
    channel: Mapped[Channel] = mapped_column(words(Channel))
    audience_member_id: Mapped[int] = mapped_column(BigId, ForeignKey("audience_member.id"))
    variant_id: Mapped[int] = mapped_column(BigId, ForeignKey("message_variant.id"))
    address: Mapped[str] = mapped_column(Text)
    address_key: Mapped[str] = mapped_column(String(400))
    state: Mapped[DeliveryState] = mapped_column(words(DeliveryState), default=DeliveryState.QUEUED)
    reason: Mapped[str] = mapped_column(String(60), default="")
    """A word for why: `Skip` value, `bounced`, `render` …"""
    attempt: Mapped[int] = mapped_column(default=0)
    fence: Mapped[int] = mapped_column(default=0)
    """Rises with every claim; a late writer with an old fence changes nothing."""
    lease_owner: Mapped[str] = mapped_column(String(80), default="")
    lease_until: Mapped[datetime | None]
    next_attempt_at: Mapped[datetime | None]
    dated_at: Mapped[datetime | None]
    """When it was claimed for its first attempt, in whole seconds: the date of its message in every one."""
    message_id_header: Mapped[str] = mapped_column(String(120), default="")
    """The Message-ID without angle brackets, which names this row: see `campaign.dispatch.message_id`."""
    body_sha256: Mapped[str] = mapped_column(String(64), default="")
    smtp_code: Mapped[int | None]
    smtp_reply: Mapped[str] = mapped_column(String(500), default="")
    settled_at: Mapped[datetime | None]
    """When the outcome became known (or unknown)."""
    reply_code: Mapped[str | None] = mapped_column(String(12), unique=True)
    """On letters: what the customer quotes and the clerk types."""
    print_run_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("print_run.id"))
    sequence: Mapped[int | None]
    """Place in the print run, from 1."""

    __table_args__ = (
        UniqueConstraint("mailing_id", "contact_id", "channel"),
        UniqueConstraint("mailing_id", "channel", "address_key"),
        Index("ix_delivery_claim", "mailing_id", "channel", "state", "next_attempt_at"),
        # PostgreSQL writes every index anew when any of their columns changes, twice a message; so these hold
        # what somebody will look for. (SQLite writes those that change, and takes no partial index when the
        # state is a parameter.)
        Index("ix_delivery_lease", "state", "lease_until", postgresql_where=HELD_OR_UNKNOWN),
        Index("ix_delivery_print_run_id", "print_run_id", postgresql_where=IN_A_PRINT_RUN),
    )


class PrintRunState(StrEnum):
    MADE = "made"
    PRINTED = "printed"
    POSTED = "posted"


class PrintRun(Base):
    """One hand-off of letters: PDF, manifest, job ticket in a ZIP."""

    __tablename__ = "print_run"

    id: Mapped[Id]
    mailing_id: Mapped[int] = mapped_column(BigId, ForeignKey("mailing.id"), index=True)
    state: Mapped[PrintRunState] = mapped_column(words(PrintRunState), default=PrintRunState.MADE)
    letters: Mapped[int]
    pages: Mapped[int]
    pdf_key: Mapped[str] = mapped_column(String(200))
    pdf_sha256: Mapped[str] = mapped_column(String(64))
    zip_key: Mapped[str] = mapped_column(String(200))
    detail: Mapped[JsonObject] = mapped_column(default=dict)
    created_at: Mapped[Moment]
    printed_at: Mapped[datetime | None]
    posted_at: Mapped[datetime | None]
