"""The house's own tiers in SQL: the sales of a year, in one pass over its orders."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, and_, case, cast, func, select

from campaign.models import Order
from campaign.segments.house_tiers import CURRENCY, TIERS, YEAR_DAYS, By, Cuts, HouseTierName, Scheme


def tiers(scheme: Scheme, cuts: Cuts, day: date) -> Select[Any]:
    """`contact_id, amount, tier` of everyone who bought in the year up to the day."""
    sums = _sums(day).subquery()
    names = [tier.value for tier in TIERS[scheme]]
    if cuts.by is By.SALES:
        ends = [(sums.c.amount >= end, name) for name, end in zip(names, cuts.ends, strict=False)]
        return select(sums.c.contact_id, sums.c.amount, case(*ends, else_=names[-1]).label("tier"))
    gain = case((sums.c.amount > 0, sums.c.amount), else_=0)
    if cuts.by is By.SHARE_OF_SALES:
        # those who bought for strictly more: the groups of equal sums before one's own
        before: Any = func.coalesce(func.sum(gain).over(order_by=sums.c.amount.desc(), groups=(None, -1)), 0)
        whole: Any = func.sum(gain).over()
    else:
        before = func.rank().over(order_by=sums.c.amount.desc()) - 1
        whole = func.count().over()
    ranked = select(sums.c.contact_id, sums.c.amount, before.label("before"), whole.label("whole")).subquery()
    shares = [
        (and_(ranked.c.amount > 0, ranked.c.before * 100 < ranked.c.whole * end), name)
        for name, end in zip(names, cuts.ends, strict=False)
    ]
    return select(ranked.c.contact_id, ranked.c.amount, case(*shares, else_=names[-1]).label("tier"))


def in_tier(
    tier: HouseTierName, scheme: Scheme, cuts: Cuts, day: date, contact_id: Any
) -> ColumnElement[bool]:
    """The condition that a contact is in the tier."""
    found = tiers(scheme, cuts, day).subquery()
    condition: ColumnElement[bool] = contact_id.in_(
        select(found.c.contact_id).where(found.c.tier == tier.value)
    )
    return condition


def _sums(day: date) -> Select[int, int]:
    return (
        select(Order.contact_id, cast(func.sum(Order.amount), BigInteger).label("amount"))
        .where(Order.currency == CURRENCY, Order.ordered_on.between(day - timedelta(days=YEAR_DAYS), day))
        .group_by(Order.contact_id)
    )
