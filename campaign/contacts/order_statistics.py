"""Whether the statistics of orders are what the orders say, and mending them when they are not."""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, Select, cast, delete, distinct, func, insert, select, union_all
from sqlalchemy.orm import Session

from campaign.models import Order, OrderStatistics

COLUMNS = ("contact_id", "currency", "first_on", "last_on", "orders", "days", "amount")


def from_orders() -> Select[int, str, date, date, int, int, int]:
    """The rows as the orders make them; the columns of `COLUMNS`."""
    amount = cast(func.sum(Order.amount), BigInteger)
    return select(
        Order.contact_id, Order.currency, func.min(Order.ordered_on), func.max(Order.ordered_on),
        func.count(), func.count(distinct(Order.ordered_on)), amount,
    ).group_by(Order.contact_id, Order.currency)  # fmt: skip


def wrong(db: Session) -> int:
    """How many customers have a row that is not what their orders come to, lack one, or have one too many."""
    kept = select(*(getattr(OrderStatistics, name) for name in COLUMNS))
    made = from_orders()
    differing = union_all(
        select(kept.except_(made).subquery().c.contact_id), select(made.except_(kept).subquery().c[0])
    ).subquery()
    return db.scalar(select(func.count(distinct(differing.c[0])))) or 0


def rebuild(db: Session) -> None:
    """All rows anew."""
    db.execute(delete(OrderStatistics))
    db.execute(insert(OrderStatistics).from_select(COLUMNS, from_orders()))
