"""Different: do the members answer the same letters otherwise than everybody else does?

One person counts once: with the last of the mailings that reached members and others alike and whose month
is over. So who is written to more often does not count more often, and both groups had the same offers.
Where the rule asks what people did, members are those of the eve of each mailing (`then`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import CTE, ColumnElement, Date, Select, and_, case, func, literal, or_, select
from sqlalchemy.orm import Session

from campaign.models import (
    Contact,
    Delivery,
    DeliveryState,
    EngagementFigures,
    Event,
    Mailing,
    MessageKind,
    Order,
)
from campaign.models.base import UtcDateTime
from campaign.segments.compile import today
from campaign.segments.exam import deleted, then
from campaign.segments.exam.answers import ANSWERS, WITHIN
from campaign.segments.exam.deleted import Deleted
from campaign.segments.exam.people import members, persons
from campaign.segments.exam.verdict import Percent, Reason, Verdict
from campaign.segments.exam.walking import conditions
from campaign.segments.places import InRegion, ProvinceToday
from campaign.segments.rule import (
    Attribute,
    Birthday,
    Consented,
    Custom,
    Dated,
    Engagement,
    Imported,
    Reachable,
    Rule,
    Tag,
)
from campaign.stats import Comparison, Share

# two years back people and offers were others
LOOK_BACK = timedelta(days=730)
# at two mailings a month, a year of them
MAILINGS = 24
# below this chance alone is a poor explanation
SURE = 0.05
# a difference of two points is no reason to write another letter: when the whole interval lies within it,
# both groups answer alike
ALIKE = 0.02
# rules of these ask nothing about what people did; of all others the same may be question and answer
FACTS = (
    Attribute, Birthday, Consented, Custom, Dated, Imported, InRegion, ProvinceToday, Reachable, Tag,
)  # fmt: skip
# and these nothing about orders, which come without letters as well
NO_ORDERS = (*FACTS, Engagement)


@dataclass(frozen=True)
class Different:
    """`comparison.one` are members, `other` everybody else; `orders` says whether an order counted as an
    answer, `then` whether members are those of the eve of a mailing instead of today's."""

    verdict: Verdict
    reasons: tuple[Reason, ...]
    mailings: int
    orders: bool
    then: bool
    comparison: Comparison

    def figures(self) -> dict[str, Any]:
        one, other = self.comparison.one, self.comparison.other
        difference = self.comparison.difference
        return {
            "mailings": self.mailings,
            "within_days": WITHIN.days,
            "orders_count": self.orders,
            "members_of": "eve" if self.then else "today",
            "members": {"responded": one.hits, "people": one.total},
            "others": {"responded": other.hits, "people": other.total},
            "difference": None if difference is None else round(difference, 4),
            "interval": [round(end, 4) for end in self.comparison.interval],
            "is_enough": self.comparison.is_enough,
        }


def different(db: Session, rule: Rule, now: datetime) -> Different:
    """Members against everybody else."""
    leaves = [leaf for leaf, _ in conditions(rule)]
    orders = all(isinstance(leaf, NO_ORDERS) for leaf in leaves)
    eve = not all(isinstance(leaf, FACTS) for leaf in leaves)
    finished, kept_since = _finished(db, leaves, now, then.MAILINGS if eve else MAILINGS)
    if eve:
        found, mailings = then.answered(db, rule, finished, orders)
    else:
        fits = members(rule, now)
        common = _common(db, finished, fits)
        found, mailings = _answered(db, common, fits) if common else Counter(), len(common)
    sides = [
        Share(found[member, True], found[member, True] + found[member, False]) for member in (True, False)
    ]
    comparison = Comparison(*sides)
    nothing = "exam-different-not-then" if eve and finished else "exam-different-no-mailings"
    if kept_since and not finished:
        nothing = "exam-different-all-deleted"
    verdict, reason = _judge(comparison, mailings, nothing)
    reasons = [reason]
    if mailings and eve:
        reasons.append(Reason("exam-different-then"))
    if mailings and not orders:
        reasons.append(Reason("exam-different-without-orders"))
    if kept_since and finished:
        reasons.append(Reason("exam-different-deleted", {"day": kept_since}))
    return Different(verdict, tuple(reasons), mailings, orders, eve, comparison)


def _judge(comparison: Comparison, mailings: int, nothing: str) -> tuple[Verdict, Reason]:
    if not mailings:
        return Verdict.UNKNOWN, Reason(nothing)
    one, other = comparison.one, comparison.other
    facts = {"members": one.total, "others": other.total, "mailings": mailings}
    if not comparison.is_enough:
        return Verdict.UNKNOWN, Reason("exam-different-few", facts)
    low, high = comparison.interval
    values = facts | {
        "member_share": Percent(one.value or 0.0),
        "other_share": Percent(other.value or 0.0),
        "low": Percent(low),
        "high": Percent(high),
    }
    if comparison.p_value < SURE:
        more = (comparison.difference or 0.0) > 0
        verdict = Verdict.PASSES if more else Verdict.WEAK
        return verdict, Reason("exam-different-more" if more else "exam-different-fewer", values)
    if low >= -ALIKE and high <= ALIKE:
        return Verdict.FAILS, Reason("exam-different-alike", values)
    return Verdict.WEAK, Reason("exam-different-unclear", values)


def _finished(
    db: Session, leaves: Sequence[Rule], now: datetime, limit: int
) -> tuple[list[Mailing], date | None]:
    """The last mailings of advertising whose month is over. Of some nobody knows any more who answered
    or who was a member on the eve, for opens and clicks were deleted: they do not judge, and the second is
    since when these are there; else None."""
    started = Mailing.started_at.between(now - LOOK_BACK, now - WITHIN)
    advertising = select(Mailing).where(Mailing.kind == MessageKind.MARKETING, started)
    found = list(db.scalars(advertising.order_by(Mailing.id.desc()).limit(limit)))
    gone = deleted.known(db)
    if gone is None or not found:
        return found, None
    cleared = select(EngagementFigures.mailing_id).where(
        EngagementFigures.mailing_id.in_([mailing.id for mailing in found])
    )
    unknown = set(db.scalars(cleared))
    judging = [
        mailing
        for mailing in found
        if mailing.id not in unknown and not _misses(gone, leaves, mailing.started_at)
    ]
    return judging, gone.since if len(judging) < len(found) else None


def _misses(gone: Deleted, leaves: Sequence[Rule], began: datetime | None) -> bool:
    """Whether membership on the eve of it rests on some that are gone."""
    if began is None:
        return False
    eve = today(began - then.DAY)
    return any(gone.misses(leaf, eve) for leaf in leaves)


def _common(db: Session, mailings: Sequence[Mailing], fits: ColumnElement[bool]) -> list[Mailing]:
    """Those that reached members and others."""
    if not mailings:
        return []
    member = case((fits, 1), else_=0)
    both = (
        select(Delivery.mailing_id)
        .join(Contact, Contact.id == Delivery.contact_id)
        .where(_sent(mailings), persons())
        .group_by(Delivery.mailing_id)
        .having(and_(func.max(member) == 1, func.min(member) == 0))
    )
    ids = set(db.scalars(both))
    return [mailing for mailing in mailings if mailing.id in ids]


def _answered(
    db: Session, mailings: Sequence[Mailing], fits: ColumnElement[bool]
) -> Counter[tuple[bool, bool]]:
    """People by whether they are members and whether they answered."""
    last = (
        select(Delivery.contact_id, func.max(Delivery.mailing_id).label("mailing_id"))
        .where(_sent(mailings))
        .group_by(Delivery.contact_id)
        .cte("last")
    )
    who = select(_by_event(last, mailings).subquery().c.contact_id)
    answered = or_(Contact.id.in_(who), Contact.id.in_(_by_order(last, mailings)))
    people = (
        select(case((fits, 1), else_=0).label("member"), case((answered, 1), else_=0).label("answered"))
        .select_from(last)
        .join(Contact, Contact.id == last.c.contact_id)
        .where(persons())
        .subquery()
    )
    found: Counter[tuple[bool, bool]] = Counter()
    groups = select(people.c.member, people.c.answered, func.count()).group_by(
        people.c.member, people.c.answered
    )
    for is_member, has_answered, number in db.execute(groups):
        found[bool(is_member), bool(has_answered)] = number
    return found


def _sent(mailings: Sequence[Mailing]) -> ColumnElement[bool]:
    ids = [mailing.id for mailing in mailings]
    return and_(Delivery.mailing_id.in_(ids), Delivery.state == DeliveryState.ACCEPTED)


def _by_event(last: CTE, mailings: Sequence[Mailing]) -> Select[Any]:
    """Who clicked or replied within the time; what a scanner did is nobody's."""
    begin, end = _bounds(Delivery.mailing_id, mailings, lambda moment: literal(moment, UtcDateTime()))
    return (
        select(Delivery.contact_id)
        .join(Event, Event.delivery_id == Delivery.id)
        .join(last, and_(last.c.contact_id == Delivery.contact_id, last.c.mailing_id == Delivery.mailing_id))
        .where(Event.kind.in_(ANSWERS), Event.machine.is_(False), Event.at.between(begin, end))
    )


def _by_order(last: CTE, mailings: Sequence[Mailing]) -> Select[Any]:
    begin, end = _bounds(last.c.mailing_id, mailings, lambda moment: literal(today(moment), Date()))
    return (
        select(Order.contact_id)
        .join(last, last.c.contact_id == Order.contact_id)
        .where(Order.ordered_on.between(begin, end))
    )


def _bounds(
    mailing_id: Any, mailings: Sequence[Mailing], say: Callable[[datetime], ColumnElement[Any]]
) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """From when to when an answer to the mailing counts: no arithmetic with dates that the two databases
    write differently."""
    began = {mailing.id: mailing.started_at for mailing in mailings if mailing.started_at}
    return (
        case({number: say(moment) for number, moment in began.items()}, value=mailing_id),
        case({number: say(moment + WITHIN) for number, moment in began.items()}, value=mailing_id),
    )
