"""What the house says about the worth of customers: margin, who stays, discount rate; and what writing costs.

The costs of a letter and an e-mail are those that the exam of segments asks for too: one truth for both.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import distinct, func, select
from sqlalchemy.orm import Session

from campaign import house
from campaign.models import Account, Order, OrderStatistics
from campaign.segments.exam import settings as exam_settings

NAME = "customer_worth"
PERCENT_FIELDS = ("margin_percent", "retention_percent", "discount_percent")
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Terms:
    """Percentages as numbers from 0 to 100, None while nobody said; costs in whole units of `currency`."""

    margin_percent: Decimal | None = None
    retention_percent: Decimal | None = None
    discount_percent: Decimal | None = None
    email_cost: int | None = None
    letter_cost: int | None = None
    currency: str = exam_settings.CURRENCY

    @property
    def factor(self) -> Decimal | None:
        """r / (1 + i - r): how many years' profit a customer is worth. None while either is unknown."""
        if self.retention_percent is None or self.discount_percent is None:
            return None
        stay, discount = self.retention_percent / 100, self.discount_percent / 100
        if discount == 0 and stay == 1:
            return None  # for ever and undiscounted: no number
        return stay / (1 + discount - stay)

    def cost_of(self, emails: int, letters: int) -> int | None:
        """What so many messages cost; None when the cost of a kind that was sent is not known."""
        total = 0
        for count, each in ((emails, self.email_cost), (letters, self.letter_cost)):
            if count and each is None:
                return None
            total += count * (each or 0)
        return total


def read(db: Session) -> Terms:
    """What holds now."""
    kept = house.current_value(db, NAME) or {}
    costs = exam_settings.read(db)
    margin, retention, discount = (
        Decimal(str(kept[name])) if kept.get(name) is not None else None for name in PERCENT_FIELDS
    )
    return Terms(margin, retention, discount, costs.email_cost, costs.letter_cost)


def keep(db: Session, terms: Terms, actor: Account | None, now: datetime) -> None:
    """A new version of each, in the audit log with what stood before."""
    values = {name: getattr(terms, name) for name in PERCENT_FIELDS}
    house.keep(
        db, NAME, {name: None if value is None else str(value) for name, value in values.items()}, actor, now
    )
    before = exam_settings.read(db)
    costs = exam_settings.ExamSettings(before.least_people, terms.email_cost, terms.letter_cost)
    exam_settings.keep(db, costs, actor, now)


@dataclass(frozen=True)
class Stayed:
    """Of those who bought in the year before last, how many bought in the last one too."""

    bought: int
    again: int

    @property
    def percent(self) -> Decimal | None:
        return (Decimal(self.again) * 100 / self.bought).quantize(Decimal("0.1")) if self.bought else None


def stayed(db: Session, today: date) -> Stayed:
    """What the house's own orders say about staying. Reads a year of orders: for the page of the setting, not
    for every profile."""
    people = func.count(distinct(Order.contact_id))
    before = (Order.ordered_on > today - 2 * YEAR) & (Order.ordered_on <= today - YEAR) & (Order.amount > 0)
    lately = select(OrderStatistics.contact_id).where(OrderStatistics.last_on > today - YEAR)
    bought = db.scalar(select(people).where(before)) or 0
    again = db.scalar(select(people).where(before, Order.contact_id.in_(lately))) or 0
    return Stayed(bought, again)
