"""How a customer stands to us: level of the relationship, why they left, what was noted about them."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from campaign.models.base import Base, BigId, Id, Moment


class RelationshipLevel(StrEnum):
    """Kotler's five levels; each asks more of the house than the one before."""

    UNKNOWN = ""  # nobody decided yet
    BASIC = "basic"  # sells, and does not ask afterwards
    REACTIVE = "reactive"  # sells, and is there when the customer calls
    ACCOUNTABLE = "accountable"  # calls after the sale: is everything as it should be?
    PROACTIVE = "proactive"  # calls from time to time with what could be better
    PARTNERSHIP = "partnership"  # works with the customer all the time


class LeavingReason(StrEnum):
    """Why somebody stopped buying."""

    UNKNOWN = ""  # still with us, or nobody asked
    PRICE = "price"
    QUALITY = "quality"
    SERVICE = "service"
    COMPETITOR = "competitor"
    NO_NEED = "no_need"
    MOVED = "moved"
    CLOSED = "closed"  # the business was given up
    OTHER = "other"


class ContactNote(Base):
    """What somebody of the house wrote down about a contact; never part of a letter."""

    __tablename__ = "contact_note"

    id: Mapped[Id]
    contact_id: Mapped[int] = mapped_column(BigId, ForeignKey("contact.id"))
    text: Mapped[str] = mapped_column(Text)
    account_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    at: Mapped[Moment]

    __table_args__ = (Index("ix_contact_note_contact_at", "contact_id", "at"),)
