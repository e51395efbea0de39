"""The house's own tiers by value: platinum, gold, iron, lead, and VIP, main, ordinary, small customers.

A customer's value is what they bought for in the 365 days up to today. Who bought nothing in that time is in
no tier. Where a tier ends is the house's to say: by the sales of the year, by the share of all sales that
those before one make up, or by the share of customers before one. Equal sums are in one tier.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from campaign import house
from campaign.errors import InvalidInput
from campaign.models import Account

NAME = "value_tiers"
YEAR_DAYS = 365
MOST_SALES = 10**15
CURRENCY = "VND"


class Scheme(StrEnum):
    METALS = "metals"
    PYRAMID = "pyramid"


class HouseTierName(StrEnum):
    """Each scheme's tiers, the most valuable first."""

    PLATINUM = "platinum"
    GOLD = "gold"
    IRON = "iron"
    LEAD = "lead"
    VIP = "vip"
    MAIN = "main"
    ORDINARY = "ordinary"
    SMALL = "small"


TIERS: dict[Scheme, tuple[HouseTierName, ...]] = {
    Scheme.METALS: tuple(HouseTierName)[:4],
    Scheme.PYRAMID: tuple(HouseTierName)[4:],
}


def scheme_of(tier: HouseTierName) -> Scheme:
    return next(scheme for scheme, tiers in TIERS.items() if tier in tiers)


class By(StrEnum):
    """What the cuts are of."""

    SALES = "sales"  # least sales of the year for each of the upper three tiers
    SHARE_OF_SALES = "share_of_sales"  # per cent of all sales before which each of them ends
    SHARE_OF_CUSTOMERS = "share_of_customers"  # the same of customers


@dataclass(frozen=True)
class Cuts:
    """Where the upper three tiers of a scheme end; the fourth is the rest."""

    by: By
    ends: tuple[int, int, int]


# half of all sales, Pareto's four fifths, nineteen twentieths; and the customer pyramid of 1, 4, 15 and 80
DEFAULTS = {
    Scheme.METALS: Cuts(By.SHARE_OF_SALES, (50, 80, 95)),
    Scheme.PYRAMID: Cuts(By.SHARE_OF_CUSTOMERS, (1, 5, 20)),
}


def read(db: Session) -> dict[Scheme, Cuts]:
    """What holds now."""
    kept = house.current_value(db, NAME) or {}
    return {
        scheme: Cuts(By(kept[scheme]["by"]), tuple(kept[scheme]["ends"])) if scheme in kept else default
        for scheme, default in DEFAULTS.items()
    }


def keep(db: Session, cuts: Mapping[Scheme, Cuts], actor: Account | None, now: datetime) -> None:
    """A new version for all schemes, in the audit log with what stood before."""
    said: dict[str, Any] = {
        scheme.value: {**asdict(one), "by": one.by.value, "ends": list(one.ends)}
        for scheme, one in cuts.items()
    }
    house.keep(db, NAME, said, actor, now)


def checked(scheme: Scheme, by: By, ends: tuple[int, int, int]) -> Cuts:
    """The cuts; InvalidInput when they are out of order or out of bounds."""
    first, second, third = ends
    if by is By.SALES:
        if not MOST_SALES >= first > second > third > 0:
            raise InvalidInput("segtiers-error-sales", field=scheme.value)
    elif not 0 < first < second < third < 100:
        raise InvalidInput("segtiers-error-share", field=scheme.value)
    return Cuts(by, ends)
