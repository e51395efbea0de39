"""What a criterion says: a verdict, and reasons as keys of the catalogue with values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Protocol


class Verdict(StrEnum):
    """From good to bad; `unknown` says that there is too little to judge by."""

    PASSES = "passes"
    UNKNOWN = "unknown"
    WEAK = "weak"
    FAILS = "fails"


_ORDER = tuple(Verdict)


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """The worst of them; `passes` when there is none."""
    return max(verdicts, key=_ORDER.index, default=Verdict.PASSES)


def by_share(share: float, good: float, poor: float) -> Verdict:
    """`passes` from `good` on, `fails` below `poor`, `weak` between them."""
    if share >= good:
        return Verdict.PASSES
    return Verdict.WEAK if share >= poor else Verdict.FAILS


@dataclass(frozen=True)
class Percent:
    """A share from 0 to 1, written as per cent."""

    value: float


@dataclass(frozen=True)
class Money:
    """An amount in the smallest unit."""

    amount: int
    currency: str


@dataclass(frozen=True)
class Field:
    """A fact that a rule asks about: an attribute's name, `custom.KEY`, or `birthday`."""

    name: str
    of_organisation: bool = False
    """Asked of the organisation whose contact person somebody is."""


Value = int | str | date | Percent | Money | Field


@dataclass(frozen=True)
class Reason:
    """A sentence of the catalogue (`exam-...`) with its values."""

    key: str
    values: Mapping[str, Value] = field(default_factory=dict)


class Criterion(Protocol):
    """What every criterion has, whatever figures it has besides."""

    @property
    def verdict(self) -> Verdict: ...

    @property
    def reasons(self) -> tuple[Reason, ...]: ...

    def figures(self) -> dict[str, Any]:
        """For JSON."""
        ...
