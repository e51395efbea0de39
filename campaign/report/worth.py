"""What a customer is worth: sales, cost of keeping in touch, profit, and what may still be expected.

Everything is by currency, and nothing is ever converted. What is not known stays unknown: without the cost of
goods there is no profit, and without a profit nothing is expected.

Expected profit is the simple lifetime value of Gupta and Lehmann (2003): the profit of the last twelve months
times r / (1 + i - r), where r is the share of customers who stay for another year and i the discount rate. It
takes both as constant and what was spent to win the customer as gone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import case, extract, func, select
from sqlalchemy.orm import Session

from campaign.models import Channel, Delivery, DeliveryState, Order
from campaign.report.worth_terms import Terms

YEAR = timedelta(days=365)
PRODUCTS_SHOWN = 3


@dataclass(frozen=True)
class Sales:
    """Orders of a period: `amount` is their sum, `costed` the part of it whose orders bear a cost of goods,
    `cost` that cost. All in the smallest unit."""

    orders: int = 0
    amount: int = 0
    costed: int = 0
    cost: int = 0
    without_cost: int = 0
    """Orders whose cost nobody said."""

    def gross(self, margin_percent: Decimal | None) -> int | None:
        """Sales less the cost of goods: that of each order where it is known, else by the house's margin.
        None when neither is."""
        known = self.costed - self.cost
        if not self.without_cost:
            return known
        if margin_percent is None:
            return None
        return known + _rounded(Decimal(self.amount - self.costed) * margin_percent / 100)


@dataclass(frozen=True)
class Expected:
    """`profit` is the last twelve months' times `factor`."""

    profit: int
    yearly: int
    factor: Decimal


@dataclass(frozen=True)
class Worth:
    """A customer's figures in one currency."""

    currency: str
    first_on: date
    last_on: date
    years: tuple[tuple[int, int], ...]
    """Calendar year and sales, newest first."""
    all: Sales
    recent: Sales
    """Of the last twelve months."""
    gross: int | None
    recent_gross: int | None
    contact_cost: int | None
    """What letters and e-mails cost; None in another currency than that of the costs, or when nobody said."""
    net: int | None
    expected: Expected | None
    why_not: str
    """Why nothing can be said of the future: `no-margin`, `no-terms`, `no-recent`, `deceased`; empty when it
    can."""


@dataclass(frozen=True)
class Touches:
    """Letters and e-mails that went out, ever and in the last twelve months."""

    emails: int = 0
    letters: int = 0
    recent_emails: int = 0
    recent_letters: int = 0


def of_contact(
    db: Session,
    contact_id: int,
    terms: Terms,
    *,
    now: datetime,
    zone: ZoneInfo,
    people: Sequence[int] = (),
    alive: bool = True,
) -> tuple[list[Worth], Touches]:
    """The figures by currency, that of most sales first, and how often we wrote: to the contact, and to
    `people`, the contact persons of an organisation."""
    today = now.astimezone(zone).date()
    touches = _touches(db, (contact_id, *people), now)
    rows = _sales(db, contact_id, today)
    currencies = sorted(rows, key=lambda currency: (-rows[currency][0].amount, currency))
    years = _years(db, contact_id)
    return [
        _worth(currency, *rows[currency], years.get(currency, ()), touches, terms, alive=alive)
        for currency in currencies
    ], touches


def products(db: Session, contact_id: int, limit: int = PRODUCTS_SHOWN) -> list[tuple[str, int]]:
    """What was bought most often, and how many times."""
    times = func.count()
    rows = (
        select(Order.product, times)
        .where(Order.contact_id == contact_id, Order.product != "", Order.amount > 0)
        .group_by(Order.product)
        .order_by(times.desc(), func.max(Order.ordered_on).desc(), Order.product)
        .limit(limit)
    )
    return [(product, count) for product, count in db.execute(rows)]


def _worth(
    currency: str,
    whole: Sales,
    recent: Sales,
    first_on: date,
    last_on: date,
    years: Sequence[tuple[int, int]],
    touches: Touches,
    terms: Terms,
    *,
    alive: bool,
) -> Worth:
    gross, recent_gross = whole.gross(terms.margin_percent), recent.gross(terms.margin_percent)
    ours = currency == terms.currency
    contact_cost = terms.cost_of(touches.emails, touches.letters) if ours else None
    recent_cost = terms.cost_of(touches.recent_emails, touches.recent_letters) if ours else None
    # in another currency the cost of writing cannot be taken off; there net is gross, and the page says so
    net = _less(gross, contact_cost, ours)
    yearly = _less(recent_gross, recent_cost, ours)
    expected, why_not = _expected(recent, yearly, terms) if alive else (None, "deceased")
    return Worth(
        currency, first_on, last_on, tuple(years), whole, recent, gross, recent_gross, contact_cost, net,
        expected, why_not,
    )  # fmt: skip


def _less(gross: int | None, cost: int | None, ours: bool) -> int | None:
    if gross is None or (ours and cost is None):
        return None
    return gross - (cost or 0)


def _expected(recent: Sales, yearly: int | None, terms: Terms) -> tuple[Expected | None, str]:
    if not recent.orders:
        return None, "no-recent"
    if yearly is None:
        return None, "no-margin"
    factor = terms.factor
    if factor is None:
        return None, "no-terms"
    return Expected(_rounded(yearly * factor), yearly, factor), ""


def _sales(db: Session, contact_id: int, today: date) -> dict[str, tuple[Sales, Sales, date, date]]:
    """By currency: all orders, those of the last twelve months, the first and the last day."""
    late = Order.ordered_on > today - YEAR
    has_cost = Order.cost.is_not(None)
    amount, cost = Order.amount, Order.cost
    measured = [
        column
        for fits in (Order.id.is_not(None), late)
        for column in (
            func.sum(case((fits, 1), else_=0)),
            func.sum(case((fits, amount), else_=0)),
            func.sum(case((fits & has_cost, amount), else_=0)),
            func.sum(case((fits & has_cost, cost), else_=0)),
            func.sum(case((fits & ~has_cost, 1), else_=0)),
        )
    ]
    rows = (
        select(Order.currency, func.min(Order.ordered_on), func.max(Order.ordered_on), *measured)
        .where(Order.contact_id == contact_id)
        .group_by(Order.currency)
    )
    found = {}
    for currency, first_on, last_on, *numbers in db.execute(rows):
        whole, recent = (Sales(*(int(number) for number in part)) for part in (numbers[:5], numbers[5:]))
        found[currency] = (whole, recent, first_on, last_on)
    return found


def _years(db: Session, contact_id: int) -> dict[str, list[tuple[int, int]]]:
    year = extract("year", Order.ordered_on)
    rows = (
        select(Order.currency, year, func.sum(Order.amount))
        .where(Order.contact_id == contact_id)
        .group_by(Order.currency, year)
        .order_by(year.desc())
    )
    found: dict[str, list[tuple[int, int]]] = {}
    for currency, number, amount in db.execute(rows):
        found.setdefault(currency, []).append((int(number), int(amount)))
    return found


def _touches(db: Session, contact_ids: Sequence[int], now: datetime) -> Touches:
    """What was accepted by a server or taken to the post; tries that failed cost nothing worth counting."""
    late = Delivery.settled_at > now - YEAR
    rows = (
        select(Delivery.channel, func.count(), func.sum(case((late, 1), else_=0)))
        .where(Delivery.contact_id.in_(contact_ids), Delivery.state == DeliveryState.ACCEPTED)
        .group_by(Delivery.channel)
    )
    counts = {channel: (whole, int(recent or 0)) for channel, whole, recent in db.execute(rows)}
    emails, letters = counts.get(Channel.EMAIL, (0, 0)), counts.get(Channel.LETTER, (0, 0))
    return Touches(emails[0], letters[0], emails[1], letters[1])


def _rounded(amount: Decimal) -> int:
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))
