"""Conditions on orders in SQL: one pass over the orders, or over what the database keeps of each customer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Numeric,
    Select,
    and_,
    cast,
    distinct,
    func,
    select,
    type_coerce,
)
from sqlalchemy.orm import aliased

from campaign.models import Order, OrderStatistics
from campaign.segments import value_sql
from campaign.segments.comparing import Op
from campaign.segments.moments import day_within
from campaign.segments.profile_sql import position_of
from campaign.segments.rule_orders import OF_MONEY, OF_ORDERS_ONLY, Measure, OrderDay, Orders, Which
from campaign.segments.unindexed import unindexed

Those = Callable[[ColumnElement[bool]], Select[Any]]
# what the database keeps of each customer
OF_CUSTOMERS = frozenset({Measure.COUNT, Measure.SUM, Measure.AVERAGE})


def _column(rule: Orders, column: Any) -> Any:
    """Many orders are read as they lie in the table: by an index it would be one here and one there."""
    return unindexed(column, type_=column.type) if rule.is_wide else column


def measured(rule: Orders, day: date, contact: Any) -> ColumnElement[bool]:
    """The condition that what is measured of the contact's orders is enough, or little enough."""
    if rule.measure in (Measure.FIRST, Measure.LAST):
        return _is(contact.id.in_(_of_one_order(rule, day)))
    if rule.measure in (Measure.COUNT, Measure.DAYS):
        if (rule.op, rule.value) == (Op.AT_LEAST, 1):
            return _any(rule, day, contact)
        if (rule.op, rule.value) == (Op.AT_MOST, 0):
            return ~_any(rule, day, contact)
    kept = rule.measure in OF_CUSTOMERS and not (rule.is_bounded or rule.product or rule.channel)
    those, enough = _of_customers(rule) if kept else _of_orders(rule, day)
    # who has no such orders has none in the group: their measure is 0
    none_is_enough = rule.value <= 0 if rule.op is Op.AT_LEAST else rule.value >= 0
    if none_is_enough and rule.measure not in OF_ORDERS_ONLY:
        return _is(contact.id.not_in(those(~enough)))
    return _is(contact.id.in_(those(enough)))


def _any(rule: Orders, day: date, contact: Any) -> ColumnElement[bool]:
    """The condition that there is such an order at all: nothing is counted, and mostly the days that are kept
    of each customer know it."""
    first, last = rule.bounds(day)
    if not (rule.product or rule.channel):
        kept = select(OrderStatistics.contact_id)
        if first is None or last is None:
            ends = day_within(OrderStatistics.last_on, (first, None))
            begins = day_within(OrderStatistics.first_on, (None, last))
            return _is(contact.id.in_(kept.where(ends, begins)))
        if last == day:
            return value_sql.bought_since(first, day, contact.id)
    orders = _spoken_of(rule, day, select(Order.contact_id))
    return _is(contact.id.in_(orders))


def of_day(rule: OrderDay, day: date, contact: Any) -> ColumnElement[bool]:
    """The condition that the first or last order up to the day lies in the period."""
    first = rule.which is Which.FIRST
    begin, end = rule.bounds(day)
    if not first and (end is None or end >= day):
        # the last one is not before it when there is any since
        return _any_since(rule, begin, day, contact)
    if rule.product or rule.channel:
        past = select(Order.contact_id).where(Order.ordered_on <= day).group_by(Order.contact_id)
        orders = _named(past, rule)
        found = func.min(Order.ordered_on) if first else func.max(Order.ordered_on)
    elif first:
        # of all orders ever, and so the first of those up to the day, if it is one of them
        orders = select(OrderStatistics.contact_id).group_by(OrderStatistics.contact_id)
        found, end = func.min(OrderStatistics.first_on), min(end or day, day)
    else:
        kept = value_sql.facts(day)
        orders = select(kept.c.contact_id).group_by(kept.c.contact_id).add_cte(kept, nest_here=True)
        found = func.max(kept.c.last_on)
    return _is(contact.id.in_(orders.having(day_within(found, (begin, end)))))


def _any_since(rule: OrderDay, begin: date | None, day: date, contact: Any) -> ColumnElement[bool]:
    if begin is not None and not (rule.product or rule.channel):
        return value_sql.bought_since(begin, day, contact.id)
    orders = select(Order.contact_id).where(day_within(Order.ordered_on, (begin, day)))
    return _is(contact.id.in_(_named(orders, rule)))


def _compare(rule: Orders, value: Any, against: Any) -> ColumnElement[bool]:
    return _is(value >= against if rule.op is Op.AT_LEAST else value <= against)


def _of_orders(rule: Orders, day: date) -> tuple[Those, ColumnElement[bool]]:
    """Customers of whom a condition holds, and whether their measure is enough, from the orders that are
    spoken of."""
    orders = _spoken_of(rule, day, select(Order.contact_id).group_by(_column(rule, Order.contact_id)))
    # a count is of 64 bits too; compared as a plain integer, PostgreSQL refuses large numbers
    count = type_coerce(func.count(), BigInteger)
    match rule.measure:
        case Measure.COUNT:
            return orders.having, _compare(rule, count, rule.value)
        case Measure.DAYS:
            days = type_coerce(func.count(distinct(Order.ordered_on)), BigInteger)
            return orders.having, _compare(rule, days, rule.value)
        case Measure.AVERAGE:
            return orders.having, _compare(rule, func.sum(Order.amount), _least(rule, count))
        case _:
            return orders.having, _compare(rule, func.sum(Order.amount), rule.value)


def _of_customers(rule: Orders) -> tuple[Those, ColumnElement[bool]]:
    """The same of all orders ever, from what the database keeps of each customer: a row a currency."""
    kept = OrderStatistics
    who = select(kept.contact_id)
    if rule.measure is Measure.COUNT:
        count = type_coerce(func.sum(kept.orders), BigInteger)
        return who.group_by(kept.contact_id).having, _compare(rule, count, rule.value)
    enough = _compare(rule, kept.amount, _least(rule, type_coerce(kept.orders, BigInteger)))
    return who.where(kept.currency == rule.currency).where, enough


def _least(rule: Orders, count: Any) -> Any:
    """What a sum of so many orders is compared with. An average is not divided, which rounds; and its product
    is not worked out in 64 bits, which it may pass."""
    if rule.measure is not Measure.AVERAGE:
        return rule.value
    return cast(count, Numeric) * type_coerce(rule.value, BigInteger)


def _of_one_order(rule: Orders, day: date) -> Select[Any]:
    """Customers whose first or last order is enough; of one day's orders the lowest number is the first."""
    if not (rule.is_bounded or rule.product or rule.channel):
        return _of_kept_day(rule)
    asked = (Order.ordered_on, Order.id)
    by = asked if rule.measure is Measure.FIRST else tuple(column.desc() for column in asked)
    place = func.row_number().over(partition_by=Order.contact_id, order_by=by)
    ranked = _spoken_of(rule, day, select(Order.contact_id, Order.amount, place.label("place"))).subquery()
    return select(ranked.c.contact_id).where(
        ranked.c.place == 1, _compare(rule, ranked.c.amount, type_coerce(rule.value, BigInteger))
    )


def _of_kept_day(rule: Orders) -> Select[Any]:
    """The same of all orders ever: the day is kept of each customer, and only that day's orders are looked
    at."""
    kept = OrderStatistics
    is_first = rule.measure is Measure.FIRST
    of_the_day = and_(
        Order.contact_id == kept.contact_id,
        Order.currency == kept.currency,
        Order.ordered_on == (kept.first_on if is_first else kept.last_on),
    )
    number = func.min(Order.id) if is_first else func.max(Order.id)
    numbers = select(number.label("id")).select_from(kept).join(Order, of_the_day)
    one = numbers.where(kept.currency == rule.currency).group_by(kept.contact_id).subquery()
    order = aliased(Order)
    enough = _compare(rule, order.amount, type_coerce(rule.value, BigInteger))
    return select(order.contact_id).join(one, one.c.id == order.id).where(enough)


def _spoken_of(rule: Orders, day: date, orders: Select[Any]) -> Select[Any]:
    """Bounded by what the rule says of the orders."""
    if rule.measure in OF_MONEY:
        orders = orders.where(_column(rule, Order.currency) == rule.currency)
    if rule.is_bounded:
        orders = orders.where(day_within(_column(rule, Order.ordered_on), rule.bounds(day)))
    return _named(orders, rule)


def _named(orders: Select[Any], rule: Orders | OrderDay) -> Select[Any]:
    if rule.product:
        orders = orders.where(position_of(Order.product, rule.product) > 0)
    if rule.channel:
        orders = orders.where(Order.channel == rule.channel)
    return orders


def _is(condition: Any) -> ColumnElement[bool]:
    made: ColumnElement[bool] = condition
    return made
