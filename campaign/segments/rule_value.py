"""Conditions on what a customer is worth: RFM, tiers, and the stage of life."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from campaign.segments.house_tiers import Cuts, HouseTierName
from campaign.segments.parts import check_number, currency, only, word, wrong
from campaign.segments.value import ANY, Group, Range, Stage, Tier


@dataclass(frozen=True)
class Limits:
    """Boundaries of scores by measure and part, as of a day after which nobody ordered."""

    day: date
    values: Mapping[tuple[str, int], Any]


# looked up before the rule is asked (`limits.ready`); no part of the JSON
LOOKED_UP = {"bound": True}


@dataclass(frozen=True)
class Rfm:
    """Has RFM scores in these ranges, both ends included, among those who ordered in the currency."""

    r: Range = ANY
    f: Range = ANY
    m: Range = ANY
    currency: str = "VND"
    limits: Limits | None = field(default=None, compare=False, metadata=LOOKED_UP)


@dataclass(frozen=True)
class RfmGroup:
    """Is in this group by RFM."""

    group: Group
    currency: str = "VND"
    limits: Limits | None = field(default=None, compare=False, metadata=LOOKED_UP)


@dataclass(frozen=True)
class SalesTier:
    """Is in this tier by share of sales."""

    tier: Tier
    currency: str = "VND"


@dataclass(frozen=True)
class LifeStage:
    """Is at this stage by the days since the first and the last order."""

    stage: Stage
    settled_on: date | None = field(default=None, compare=False, metadata=LOOKED_UP)
    """A day after which nobody ordered."""


@dataclass(frozen=True)
class HouseTier:
    """Is in this tier of the house's own, by the sales of a year.

    Where the tiers end is the house's setting, filled in by `bound.bind`; no part of the JSON.
    """

    tier: HouseTierName
    cuts: Cuts | None = field(default=None, compare=False, metadata={"bound": True})


def _rfm(given: Mapping[str, Any]) -> Rfm:
    only(given, "r", "f", "m", "currency")
    return Rfm(_range(given, "r"), _range(given, "f"), _range(given, "m"), currency(given))


def _range(given: Mapping[str, Any], name: str) -> Range:
    ends = given.get(name, ANY)
    if not isinstance(ends, list | tuple) or len(ends) != 2:
        raise wrong(name)
    low, high = (check_number(end, name, *ANY) for end in ends)
    if low > high:
        raise wrong(name)
    return low, high


def _rfm_group(given: Mapping[str, Any]) -> RfmGroup:
    only(given, "group", "currency")
    return RfmGroup(word(given, "group", Group), currency(given))


def _tier(given: Mapping[str, Any]) -> SalesTier:
    only(given, "tier", "currency")
    return SalesTier(word(given, "tier", Tier), currency(given))


def _stage(given: Mapping[str, Any]) -> LifeStage:
    only(given, "stage")
    return LifeStage(word(given, "stage", Stage))


def _house_tier(given: Mapping[str, Any]) -> HouseTier:
    only(given, "tier")
    return HouseTier(word(given, "tier", HouseTierName))


NODES = {
    "rfm": (Rfm, _rfm), "rfm_group": (RfmGroup, _rfm_group), "tier": (SalesTier, _tier),
    "stage": (LifeStage, _stage), "house_tier": (HouseTier, _house_tier),
}  # fmt: skip
Value = Rfm | RfmGroup | SalesTier | LifeStage | HouseTier
