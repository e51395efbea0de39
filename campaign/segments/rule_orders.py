"""Conditions on orders: how many, for how much, on how many days, the first one and the last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from campaign.segments.comparing import NUMBER_LIMIT, Op
from campaign.segments.parts import currency, number, only, text, word, wrong
from campaign.segments.period import PERIOD, Timed, period


class Measure(StrEnum):
    """What is measured of a contact's orders."""

    COUNT = "count"
    SUM = "sum"
    DAYS = "days"  # distinct days with an order
    AVERAGE = "average"  # amount of an order
    FIRST = "first"  # amount of the first; of those of one day the one that came first into the book
    LAST = "last"


# measured in a currency: amounts of two are never added or compared
OF_MONEY = frozenset({Measure.SUM, Measure.AVERAGE, Measure.FIRST, Measure.LAST})
# who has no such orders has none of these either; of the others their measure is 0
OF_ORDERS_ONLY = frozenset({Measure.AVERAGE, Measure.FIRST, Measure.LAST})


@dataclass(frozen=True, kw_only=True)
class Orders(Timed):
    """Orders of the period for a product or by a channel of sale, measured.

    `value` is a number of orders or days, or an amount in the smallest unit of `currency`.
    """

    measure: Measure
    op: Op
    value: int
    product: str = ""
    channel: str = ""
    currency: str = "VND"
    is_wide: bool = field(default=False, compare=False, metadata={"bound": True})
    """The period holds so many of all orders that these are read from end to end (`limits.ready`); no part of
    the JSON."""

    @property
    def reads_rows(self) -> bool:
        """Whether more is asked of an order than its day, which an index holds."""
        return bool(self.product or self.channel) or self.measure in OF_MONEY


class Which(StrEnum):
    FIRST = "first"
    LAST = "last"


@dataclass(frozen=True, kw_only=True)
class OrderDay(Timed):
    """The day of the first or last order up to now (of a product, by a channel of sale) is in the period."""

    which: Which
    product: str = ""
    channel: str = ""


def _orders(given: Mapping[str, Any]) -> Orders:
    only(given, "measure", "op", "value", "product", "channel", "currency", *PERIOD)
    op = word(given, "op", Op)
    if op not in (Op.AT_LEAST, Op.AT_MOST):
        raise wrong("op")
    return Orders(
        measure=word(given, "measure", Measure),
        op=op,
        value=number(given, "value", 0, NUMBER_LIMIT),
        product=text(given, "product", ""),
        channel=text(given, "channel", ""),
        currency=currency(given),
        **period(given),
    )


def _order_day(given: Mapping[str, Any]) -> OrderDay:
    only(given, "which", "product", "channel", *PERIOD)
    made = OrderDay(
        which=word(given, "which", Which), product=text(given, "product", ""),
        channel=text(given, "channel", ""), **period(given),
    )  # fmt: skip
    if not made.is_bounded:
        raise wrong("days")
    return made


NODES = {"orders": (Orders, _orders), "order_day": (OrderDay, _order_day)}
