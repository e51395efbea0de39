"""What a customer's orders come to, kept by the database itself whenever orders change."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from campaign.models.base import Base, BigId


class OrderStatistics(Base):
    """One row a customer and currency that they ordered in; amounts of two currencies are never added.

    Written by triggers on `customer_order` alone (migration 0190), whoever writes the orders.
    """

    __tablename__ = "order_statistics"

    contact_id: Mapped[int] = mapped_column(BigId, ForeignKey("contact.id"), primary_key=True)
    currency: Mapped[str] = mapped_column(String(3), primary_key=True)
    first_on: Mapped[date]
    last_on: Mapped[date]
    orders: Mapped[int] = mapped_column(BigId)
    days: Mapped[int] = mapped_column(BigId)
    """Distinct days with an order."""
    amount: Mapped[int] = mapped_column(BigId)
    """Sum in the smallest unit of the currency; refunds came off."""

    # each measure in its order, with the day that says whether the row holds for a past day
    __table_args__ = (
        Index("ix_order_statistics_last", "currency", "last_on"),
        Index("ix_order_statistics_days", "currency", "days", "last_on"),
        Index("ix_order_statistics_amount", "currency", "amount", "last_on"),
    )
