"""What came back: opens, clicks, replies, bounces; raw mail and its links."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from campaign.models.base import Base, BigId, Id, JsonObject, Moment, words
from campaign.models.consent import Channel

# as the retention rules ask for them, word for word: a database takes a partial index for no other question.
# The kind is an expression, or SQLite would take the index that begins with it and sort a million rows
OPENS_AND_CLICKS = text("(kind || '') IN ('open', 'click')")
WITH_WORDS = text("(full_text <> '' OR subject <> '' OR from_address <> '')")


class EventKind(StrEnum):
    OPEN = "open"
    CLICK = "click"
    REPLY = "reply"  # by e-mail or, with the code of a letter, by post
    BOUNCE = "bounce"
    COMPLAINT = "complaint"
    UNSUBSCRIBE = "unsubscribe"
    RETURNED = "returned"  # the letter came back


class Event(Base):
    """One thing that happened after a delivery left."""

    __tablename__ = "event"

    id: Mapped[Id]
    delivery_id: Mapped[int] = mapped_column(BigId, ForeignKey("delivery.id"), index=True)
    kind: Mapped[EventKind] = mapped_column(words(EventKind))
    at: Mapped[Moment]
    machine: Mapped[bool] = mapped_column(default=False)
    """A scanner or prefetcher, not a person; kept apart in the numbers."""
    link_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("link.id"))
    detail: Mapped[JsonObject] = mapped_column(default=dict)

    __table_args__ = (
        Index("ix_event_kind_delivery", "kind", "delivery_id"),
        Index(
            "ix_event_engagement_at",
            "at",
            postgresql_where=OPENS_AND_CLICKS,
            sqlite_where=OPENS_AND_CLICKS,
        ),
    )


class Link(Base):
    """A target that a message links to; click tokens name it, so no address rides in a URL."""

    __tablename__ = "link"

    id: Mapped[Id]
    message_id: Mapped[int] = mapped_column(BigId, ForeignKey("message.id"))
    url: Mapped[str] = mapped_column(Text)
    url_sha256: Mapped[str] = mapped_column(String(64))

    __table_args__ = (UniqueConstraint("message_id", "url_sha256"),)


class InboundState(StrEnum):
    NEW = "new"
    PARSED = "parsed"
    SHELVED = "shelved"  # could not be parsed; a person looks


class InboundMail(Base):
    """Raw bytes as they came, stored before we said 250; parsed later."""

    __tablename__ = "inbound_mail"

    id: Mapped[Id]
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    envelope_from: Mapped[str] = mapped_column(String(320), default="")
    envelope_to: Mapped[str] = mapped_column(String(320))
    raw: Mapped[bytes] = mapped_column(LargeBinary)
    state: Mapped[InboundState] = mapped_column(words(InboundState), default=InboundState.NEW, index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(Text, default="")
    verdict: Mapped[str] = mapped_column(String(30), default="", index=True)
    """What it turned out to be: a `campaign.inbound.verdict.Verdict`; empty until parsed."""
    received_at: Mapped[Moment]


class ReplyState(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


class Reply(Base):
    """What a customer wrote back, beside what it answers."""

    __tablename__ = "reply"

    id: Mapped[Id]
    channel: Mapped[Channel] = mapped_column(words(Channel))
    inbound_mail_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("inbound_mail.id"), unique=True)
    delivery_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("delivery.id"), index=True)
    contact_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("contact.id"), index=True)
    from_address: Mapped[str] = mapped_column(String(320), default="")
    subject: Mapped[str] = mapped_column(Text, default="")
    text: Mapped[str] = mapped_column(Text, default="")
    """What is new in it, without the quoted mail."""
    full_text: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[ReplyState] = mapped_column(words(ReplyState), default=ReplyState.OPEN, index=True)
    assigned_to: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"), index=True)
    received_at: Mapped[Moment]
    answered_at: Mapped[datetime | None]
    answer_mailing_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("mailing.id"))

    __table_args__ = (
        Index("ix_reply_words", "received_at", postgresql_where=WITH_WORDS, sqlite_where=WITH_WORDS),
    )
