"""Intervals for shares, so that a small sample never looks like a sure thing."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

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
