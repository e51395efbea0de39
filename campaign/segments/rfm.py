"""RFM: how recently, how often, for how much a customer bought, each scored from 1 to 5, 5 being best.

A score is `1 + floor(5 x share of customers who do strictly worse)`. That counts the boundaries that a value
exceeds, the boundaries being `percentile_disc(0.2, 0.4, 0.6, 0.8)` of all values: the value of rank
`ceil(k n / 5)`. Equal values score alike, which NTILE does not promise: it parts them as they come.

Pure: values in, scores out; no database, no file.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from decimal import Context, Decimal, Inexact
from typing import NamedTuple, TypeVar

SCORES = 5
Amount = int | Decimal
Value = TypeVar("Value", int, Decimal, int | Decimal)
# digits that a sum may have: 15 and 9 decimals an amount, and more rows than a file ever has
EXACT = Context(prec=50, traps=[Inexact])


class Scored(NamedTuple):
    """One customer: days since the last order, distinct days with an order, sum of amounts; the scores."""

    customer_id: str
    recency_days: int
    frequency: int
    monetary: Amount
    r: int
    f: int
    m: int


class Purchases:
    """What the orders up to a day say of each customer; holds a little per customer, nothing per order."""

    def __init__(self) -> None:
        # the ages of a customer's days with orders, one character each: a string takes a byte or two a day,
        # where a set of numbers takes sixty
        self._days: dict[str, str] = {}
        self._spent: dict[str, Amount] = {}

    @property
    def customers(self) -> Collection[str]:
        """Who ordered; grows."""
        return self._days.keys()

    def add(self, customer: str, age: int, amount: Amount) -> None:
        """An order of `age` days ago."""
        day, known = chr(age), self._days.get(customer)
        if known is None:
            self._days[customer] = day
            self._spent[customer] = amount
            return
        if day not in known:
            self._days[customer] = known + day
        self._spent[customer] += amount

    def scored(self) -> Iterator[Scored]:
        """Each customer, in the order of their first order in the file."""
        ages = [ord(min(days)) for days in self._days.values()]
        recency = boundaries([-age for age in ages])
        frequency = boundaries([len(days) for days in self._days.values()])
        monetary = boundaries(list(self._spent.values()))
        for (customer, days), age, spent in zip(self._days.items(), ages, self._spent.values(), strict=True):
            times = len(days)
            r, f, m = bisect_left(recency, -age), bisect_left(frequency, times), bisect_left(monetary, spent)
            yield Scored(customer, age, times, spent, 1 + r, 1 + f, 1 + m)


def boundaries(values: Sequence[Value]) -> tuple[Value, ...]:
    """What a value must exceed for a score of 2, 3, 4 and 5; none when there are no values."""
    if not values:
        return ()
    ordered = sorted(values)
    return tuple(ordered[rank(part, len(ordered)) - 1] for part in range(1, SCORES))


def rank(part: int, size: int) -> int:
    """`ceil(part x size / 5)` in whole numbers: 0.6 is no exact number, and its product may be off by one."""
    return -(-part * size // SCORES)
