"""Domains never to write to, with all that is below them."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from campaign.models.base import Base, BigId, Id, Moment

# so many of its last characters find a domain: few share them, and every address has them
TAIL = 16


class SuppressedDomain(Base):
    """`example.com` stands for `…@example.com` and `…@shop.example.com`, never for `…@myexample.com`."""

    __tablename__ = "suppressed_domain"

    id: Mapped[Id]
    domain: Mapped[str] = mapped_column(String(255), unique=True)
    """Lower case and Unicode, as in `Contact.email_key`."""
    tail: Mapped[str] = mapped_column(String(TAIL))
    """The last characters of the domain, by which an address finds it."""
    reason: Mapped[str] = mapped_column(Text)
    account_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    at: Mapped[Moment]

    __table_args__ = (Index("ix_suppressed_domain_tail", "tail"),)
