"""Offers: what a message gives for what, gathered by discount, product and code.

A mention is one discount, gift or price with the product named beside it. Two mentions are two offers
only when both name a product, the products differ, and each has terms of its own; or when two codes give
two discounts. So tiers, an old price beside a new one, repetition, free delivery and a gift with the
purchase stay one offer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lint_rules.parsing.mentions import FULL_NAME, Mention


@dataclass(frozen=True, slots=True)
class Offer:
    """The mentions of one offer, the first one first."""

    mentions: tuple[Mention, ...]


def cluster(found: Iterable[Mention]) -> list[Offer]:
    """Mentions gathered into offers: each joins the first offer it does not contradict."""
    gathered: list[list[Mention]] = []
    for mention in found:
        home = _home(gathered, mention)
        if home is None:
            gathered.append([mention])
        else:
            home.append(mention)
        if len(gathered) > _ENOUGH:
            break
    return [Offer(tuple(group)) for group in gathered]


def _home(gathered: list[list[Mention]], mention: Mention) -> list[Mention] | None:
    """The offer whose figure it repeats (a postscript does), or the first one it does not contradict."""
    said_before = (group for group in gathered if any(_repeats(mention, one) for one in group))
    fitting = (group for group in gathered if not any(_differ(one, mention) for one in group))
    return next(said_before, None) or next(fitting, None)


def _repeats(mention: Mention, one: Mention) -> bool:
    return mention.is_price and one.is_price and mention.value == one.value


# nobody needs the hundredth offer counted
_ENOUGH = 20


def _differ(one: Mention, other: Mention) -> bool:
    if not one.product or not other.product:
        return _codes_differ(one, other) or _targets_differ(one, other)
    if same_product(one.product, other.product):
        return False
    if one.is_price and other.is_price:
        # prices side by side in one sentence are examples, sizes or tickets of one thing
        if one.part is other.part and one.sentence == other.sentence:
            return False
        named = one.offered and other.offered and not one.product & other.product
        return named and one.value != other.value
    if one.is_price or other.is_price:
        # a price mostly belongs to the discount beside it; only a full name, brought in as a further thing, does not
        price = one if one.is_price else other
        return other.added and len(price.product) >= FULL_NAME
    if "gift" in (one.kind, other.kind) or one.kind != other.kind or one.kind == "bundle":
        return True
    return one.value != other.value or bool(one.code and other.code and one.code != other.code)


def _targets_differ(one: Mention, other: Mention) -> bool:
    """Two reductions, each with its own place to go."""
    return (
        bool(one.target and other.target)
        and one.target != other.target
        and one.kind == other.kind == "percent"
        and one.value != other.value
        and one.sentence != other.sentence
        and not (one.tiered or other.tiered)
    )


def _codes_differ(one: Mention, other: Mention) -> bool:
    reductions = ("percent", "amount")
    return (
        bool(one.code and other.code)
        and one.code != other.code
        and one.kind in reductions
        and other.kind in reductions
        and one.value != other.value
        and other.added
    )


def same_product(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two names mean one product: one within the other, or more than half in common."""
    shared = len(one & other)
    return shared > 0 and (shared == min(len(one), len(other)) or shared * 2 > len(one | other))
