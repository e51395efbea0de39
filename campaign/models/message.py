"""Messages: the author's words in their variants, with layouts and sender."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.models.base import AccountId, Base, BigId, Id, JsonObject, Moment, words
from campaign.models.sender import Sender


class MessageKind(StrEnum):
    """Decides which rules and laws apply."""

    MARKETING = "marketing"
    GREETING = "greeting"
    REQUEST = "request"
    REPLY = "reply"
    TRANSACTIONAL = "transactional"


class OfferType(StrEnum):
    """What a message has to offer: decides by which facts a reader learns how to get it."""

    GOODS = "goods"
    DIGITAL = "digital"
    EVENT = "event"  # or an appointment


class Message(Base):
    """What is linted, signed and rendered."""

    __tablename__ = "message"

    id: Mapped[Id]
    kind: Mapped[MessageKind] = mapped_column(words(MessageKind))
    offer_type: Mapped[OfferType | None] = mapped_column(words(OfferType))
    """None when its author did not say."""
    name: Mapped[str] = mapped_column(String(200))
    sender_id: Mapped[int] = mapped_column(BigId, ForeignKey("sender.id"))
    email_layout: Mapped[str] = mapped_column(String(60), default="")
    """Folder under templates/email/; empty when the message goes by letter only."""
    letter_layout: Mapped[str] = mapped_column(String(60), default="")
    """Folder under templates/letters/; empty when the message goes by e-mail only."""
    account_id: Mapped[AccountId]
    created_at: Mapped[Moment]
    updated_at: Mapped[Moment]

    sender: Mapped[Sender] = relationship(lazy="joined")
    variants: Mapped[list[MessageVariant]] = relationship(
        cascade="all, delete-orphan", lazy="selectin", order_by="MessageVariant.id"
    )


FIRST_ARM = "a"


def variant_key(language: str, arm: str) -> str:
    """`vi` for the first arm, `vi.b` for another."""
    return language if arm == FIRST_ARM else f"{language}.{arm}"


class MessageVariant(Base):
    """The copy in one language for one arm of a test."""

    __tablename__ = "message_variant"

    id: Mapped[Id]
    message_id: Mapped[int] = mapped_column(BigId, ForeignKey("message.id"), index=True)
    language: Mapped[str] = mapped_column(String(5))
    arm: Mapped[str] = mapped_column(String(10), default="a")
    document: Mapped[JsonObject]
    """The typed document of `campaign.compose.document`."""

    __table_args__ = (UniqueConstraint("message_id", "language", "arm"),)

    @property
    def key(self) -> str:
        """How addresses and remarks name it: `vi`, and `vi.b` for another arm than the first."""
        return variant_key(self.language, self.arm)


class MessageEdit(Base):
    """Who changed any part of a message: nobody signs what they touched."""

    __tablename__ = "message_edit"

    id: Mapped[Id]
    message_id: Mapped[int] = mapped_column(BigId, ForeignKey("message.id"), index=True)
    account_id: Mapped[AccountId]
    part: Mapped[str] = mapped_column(String(60))
    """`subject`, `offer`, `sender`, `segment` …"""
    at: Mapped[Moment]


class LayoutVersion(Base):
    """The files of a layout as they were when something was frozen with it, by content hash."""

    __tablename__ = "layout_version"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    channel: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(60))
    files: Mapped[JsonObject]
    """File name to its text."""
    created_at: Mapped[Moment]
