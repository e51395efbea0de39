"""Intervals for shares and their differences, so that a small sample never looks like a sure thing."""

from __future__ import annotations

from dataclasses import dataclass
from math import erfc, exp, lgamma, log, sqrt

# the 97.5 % point of the normal distribution: intervals of 95 %
Z_95 = 1.959964


@dataclass(frozen=True)
class Share:
    """`hits` of `total`, with the Wilson score interval of 95 % (Wilson 1927); all in 0…1."""

    hits: int
    total: int

    @property
    def value(self) -> float | None:
        """The share itself; None when there is nothing to share."""
        return self.hits / self.total if self.total else None

    @property
    def interval(self) -> tuple[float, float]:
        if not self.total:
            return 0.0, 1.0
        n, p, z2 = self.total, self.hits / self.total, Z_95 * Z_95
        centre = (p + z2 / (2 * n)) / (1 + z2 / n)
        half = Z_95 * sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n)
        return max(0.0, centre - half), min(1.0, centre + half)


# what comes after a term this much smaller than the sum changes nothing that anybody looks at
NEGLIGIBLE = 1e-12


def chance_of(hits: int, total: int, share: float) -> float:
    """How often chance alone brings `hits` or more of `total` when each is one with probability `share` (0…1,
    both exclusive): the upper tail of the binomial distribution, exact where a small number of rare hits is
    nothing that a normal curve knows. At most the mean is called 1, for it is no surprise."""
    if hits <= total * share:
        return 1.0
    log_term = lgamma(total + 1) - lgamma(hits + 1) - lgamma(total - hits + 1)
    term = exp(log_term + hits * log(share) + (total - hits) * log(1 - share))
    odds, found = share / (1 - share), 0.0
    for more in range(hits, total + 1):
        found += term
        term *= (total - more) / (more + 1) * odds
        if term <= found * NEGLIGIBLE:
            break
    return min(1.0, found)


# each cell of the table should expect at least this many, or the normal approximation says too much
# (Cochran 1954)
LEAST_EXPECTED = 5


@dataclass(frozen=True)
class Comparison:
    """Two shares of different people, one beside the other."""

    one: Share
    other: Share

    @property
    def difference(self) -> float | None:
        """The one minus the other; None while one of them has nobody."""
        if self.one.value is None or self.other.value is None:
            return None
        return self.one.value - self.other.value

    @property
    def interval(self) -> tuple[float, float]:
        """Of 95 % for the difference: Newcombe's hybrid score interval (Newcombe 1998, method 10), which
        keeps its promise with small numbers too."""
        if self.difference is None:
            return -1.0, 1.0
        (low, high), (other_low, other_high) = self.one.interval, self.other.interval
        p, q = self.one.value or 0.0, self.other.value or 0.0
        below = sqrt((p - low) ** 2 + (other_high - q) ** 2)
        above = sqrt((high - p) ** 2 + (q - other_low) ** 2)
        return max(-1.0, self.difference - below), min(1.0, self.difference + above)

    @property
    def is_enough(self) -> bool:
        """Whether there is enough to test: five hits and five misses expected on each side."""
        hits = self.one.hits + self.other.hits
        everybody = self.one.total + self.other.total
        if not self.one.total or not self.other.total:
            return False
        rarer = min(hits, everybody - hits)
        return min(self.one.total, self.other.total) * rarer / everybody >= LEAST_EXPECTED

    @property
    def p_value(self) -> float:
        """How often chance alone makes a difference this large, from 0 to 1: the two-sided test of two
        proportions with a pooled share. 1 when there is too little to test."""
        if not self.is_enough:
            return 1.0
        n, m = self.one.total, self.other.total
        pooled = (self.one.hits + self.other.hits) / (n + m)
        error = sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
        return erfc(abs(self.difference or 0.0) / error / sqrt(2))
