"""Answers of those who were members when a letter went out, for rules that ask what people did.

"Clicked in the last 90 days" names today those who clicked on the very letters by which they would be judged.
So the rule is asked as of the eve of each letter, when nothing of it was known, and what they answered came
afterwards.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from campaign.models import Contact, Delivery, DeliveryState, Event, Mailing, Order
from campaign.segments.compile import today
from campaign.segments.exam.answers import ANSWERS, WITHIN
from campaign.segments.exam.as_of import as_of
from campaign.segments.exam.people import members, persons
from campaign.segments.rule import Rule

# each asks the rule once more; two to six months of them
MAILINGS = 6
DAY = timedelta(days=1)


def answered(
    db: Session, rule: Rule, mailings: Sequence[Mailing], orders: bool
) -> tuple[Counter[tuple[bool, bool]], int]:
    """People by whether they were members and whether they answered, each with the newest of the mailings
    (newest first) that reached members and others; and how many mailings did. `orders` are answers, too."""
    found: Counter[tuple[bool, bool]] = Counter()
    used: list[int] = []
    for mailing in mailings:
        if mailing.started_at is None:
            continue
        groups = _groups(db, rule, mailing.id, mailing.started_at, used, orders)
        if {member for member, _, _ in groups} != {True, False}:
            continue
        used.append(mailing.id)
        for (member, seen, has_answered), number in groups.items():
            if not seen:
                found[member, has_answered] += number
    return found, len(used)


def _groups(
    db: Session, rule: Rule, mailing: int, began: datetime, used: Sequence[int], orders: bool
) -> Counter[tuple[bool, bool, bool]]:
    """Who got the mailing: member on its eve, among those of `used`, answered."""
    eve = began - DAY
    fits = members(as_of(rule, today(eve)), eve)
    seen = Contact.id.in_(select(Delivery.contact_id).where(_sent(used)))
    answer = _by_event(mailing, began)
    if orders:
        answer = or_(answer, _by_order(began))
    people = (
        select(*(case((one, 1), else_=0).label(f"is_{at}") for at, one in enumerate((fits, seen, answer))))
        .select_from(Contact)
        .where(persons(), Contact.id.in_(select(Delivery.contact_id).where(_sent([mailing]))))
        .subquery()
    )
    columns = tuple(people.c)
    rows = db.execute(select(*columns, func.count()).group_by(*columns))
    return Counter({(bool(row[0]), bool(row[1]), bool(row[2])): row[3] for row in rows})


def _sent(mailings: Sequence[int]) -> ColumnElement[bool]:
    return and_(Delivery.mailing_id.in_(mailings), Delivery.state == DeliveryState.ACCEPTED)


def _by_event(mailing: int, began: datetime) -> ColumnElement[bool]:
    answers = (
        select(Delivery.contact_id)
        .join(Event, Event.delivery_id == Delivery.id)
        .where(
            Delivery.mailing_id == mailing,
            Event.kind.in_(ANSWERS),
            Event.machine.is_(False),
            Event.at.between(began, began + WITHIN),
        )
    )
    return Contact.id.in_(answers)


def _by_order(began: datetime) -> ColumnElement[bool]:
    within = Order.ordered_on.between(today(began), today(began + WITHIN))
    return Contact.id.in_(select(Order.contact_id).where(within))
