"""Serviceable: is it worth a letter, who looks after these people, and what may come of it?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from math import ceil, floor
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaign.models import Contact
from campaign.segments.counting import Counts
from campaign.segments.exam.people import members
from campaign.segments.exam.settings import CURRENCY, ExamSettings
from campaign.segments.exam.verdict import Money, Percent, Reason, Value, Verdict, worst
from campaign.segments.rule import Rule
from campaign.stats import Share

# four of five have somebody to whom an answer goes; the others are shared out before the letter leaves
GOOD_OWNED = 0.8
# with fewer people in past mailings the expected number is a guess
LEAST_WRITTEN = 30


@dataclass(frozen=True)
class Serviceable:
    """`reachable` people on at least one channel, costs by channel in đồng, `expected` answers from low to
    high (95 %); each None where it cannot be said."""

    verdict: Verdict
    reasons: tuple[Reason, ...]
    people: int
    least_people: int
    owned: Share
    reachable: int | None
    costs: dict[str, int | None]
    expected: tuple[int, int] | None

    def figures(self) -> dict[str, Any]:
        return {
            "people": self.people,
            "least_people": self.least_people,
            "with_owner": self.owned.hits,
            "reachable": self.reachable,
            "costs": self.costs,
            "currency": CURRENCY,
            "expected_answers": list(self.expected) if self.expected else None,
        }


def serviceable(
    db: Session,
    rule: Rule,
    *,
    counts: Counts | None,
    past: Share,
    settings: ExamSettings,
    now: datetime,
) -> Serviceable:
    """`counts` of whom a sender may write to, `past` the members' answers to past mailings."""
    people, owned_people = db.execute(
        select(func.count(), func.count(Contact.owner_id)).select_from(Contact).where(members(rule, now))
    ).one()
    owned = Share(owned_people, people)
    # people who share an address are one of `email`: never more than there are
    reachable = min(people, max(0, counts.email + counts.letter - counts.both)) if counts else None
    costs = _costs(counts, settings)
    expected = _expected(reachable, past)
    judged = [_size(people, settings.least_people), _owner(owned)]
    reasons = [reason for _, reason in judged]
    reasons += _say_costs(counts, costs)
    reasons.append(_say_expected(expected, reachable, past))
    verdict = worst(one for one, _ in judged)
    return Serviceable(
        verdict, tuple(reasons), people, settings.least_people, owned, reachable, costs, expected
    )


def _size(people: int, least: int) -> tuple[Verdict, Reason]:
    if people < least:
        return Verdict.FAILS, Reason("exam-serviceable-small", {"people": people, "least": least})
    return Verdict.PASSES, Reason("exam-serviceable-size", {"people": people, "least": least})


def _owner(owned: Share) -> tuple[Verdict, Reason]:
    if owned.value is None:
        return Verdict.UNKNOWN, Reason("exam-serviceable-nobody")
    if not owned.hits:
        return Verdict.WEAK, Reason("exam-serviceable-no-owner")
    share: dict[str, Value] = {"share": Percent(owned.value), "without": owned.total - owned.hits}
    if owned.value < GOOD_OWNED:
        return Verdict.WEAK, Reason("exam-serviceable-few-owned", share)
    return Verdict.PASSES, Reason("exam-serviceable-owned", share)


def _costs(counts: Counts | None, settings: ExamSettings) -> dict[str, int | None]:
    each = {"email": settings.email_cost, "letter": settings.letter_cost}
    return {
        channel: getattr(counts, channel) * cost if counts and cost is not None else None
        for channel, cost in each.items()
    }


def _say_costs(counts: Counts | None, costs: dict[str, int | None]) -> list[Reason]:
    if counts is None:
        return [Reason("exam-serviceable-no-writer")]
    if set(costs.values()) == {None}:
        return [Reason("exam-serviceable-no-costs")]
    return [
        Reason(f"exam-serviceable-no-cost-{channel}")
        if amount is None
        else Reason(
            f"exam-serviceable-cost-{channel}",
            {"amount": Money(amount, CURRENCY), "count": getattr(counts, channel)},
        )
        for channel, amount in costs.items()
    ]


def _expected(reachable: int | None, past: Share) -> tuple[int, int] | None:
    if reachable is None or past.total < LEAST_WRITTEN:
        return None
    low, high = past.interval
    return floor(reachable * low), ceil(reachable * high)


def _say_expected(expected: tuple[int, int] | None, reachable: int | None, past: Share) -> Reason:
    if reachable is None:
        return Reason("exam-serviceable-expected-no-writer")
    if expected is None:
        return Reason("exam-serviceable-expected-few", {"written": past.total})
    low, high = expected
    return Reason("exam-serviceable-expected", {"reachable": reachable, "low": low, "high": high})
