"""Measurable: are the facts that decide known of most people, and are they fresh?"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, case, cast, func, select
from sqlalchemy.orm import Session

from campaign.db import among, as_ids
from campaign.models import Contact, ContactFact, ContactKind
from campaign.segments.exam import sampling
from campaign.segments.exam.people import persons
from campaign.segments.exam.verdict import Field, Percent, Reason, Value, Verdict, by_share, worst
from campaign.segments.exam.walking import deciding, filled, history_names
from campaign.segments.rule import Rule
from campaign.stats import Share

# of five customers four: who is missing could change the segment by a quarter at most (docs/decisions.md)
GOOD_FILLED = 0.8
# below half the segment says more about the records than about the customers
POOR_FILLED = 0.5
# two years: some of the addresses, jobs and tastes written down before then no longer hold
STALE_DAYS = 730


@dataclass(frozen=True)
class Filled:
    """How many have the field, and how old it is for half of them; `dated` of the `looked_at` by a date of
    its own in the contact's history, the others by the contact's last change."""

    field: Field
    share: Share
    median_days: int | None
    dated: int
    looked_at: int

    def to_json(self) -> dict[str, Any]:
        return {
            "field": self.field.name,
            "of_organisation": self.field.of_organisation,
            "filled": self.share.hits,
            "of": self.share.total,
            "share": round(self.share.value or 0.0, 4),
            "median_age_days": self.median_days,
            "dated": self.dated,
            "looked_at": self.looked_at,
        }


@dataclass(frozen=True)
class Measurable:
    """`fields` is empty when all that decides is always known."""

    verdict: Verdict
    reasons: tuple[Reason, ...]
    fields: tuple[Filled, ...]

    def figures(self) -> dict[str, Any]:
        return {"fields": [one.to_json() for one in self.fields]}


def measurable(db: Session, rule: Rule, now: datetime) -> Measurable:
    """Over everybody on file, not the members alone: who lacks the fact could not become one."""
    asked = deciding(rule)
    if not asked:
        return Measurable(Verdict.PASSES, (Reason("exam-measurable-always"),), ())
    fields = tuple(
        one
        for of_organisation in (False, True)
        if (mine := [field for field in asked if field.of_organisation is of_organisation])
        for one in _look(db, mine, _asked_of(of_organisation), now)
    )
    judged = [_judge(one) for one in fields]
    return Measurable(
        worst(verdict for verdict, _ in judged),
        tuple(reason for _, reasons in judged for reason in reasons),
        fields,
    )


def _asked_of(of_organisation: bool) -> ColumnElement[bool]:
    if of_organisation:
        return and_(Contact.kind == ContactKind.ORGANISATION, Contact.erased_at.is_(None))
    return persons()


def _judge(one: Filled) -> tuple[Verdict, list[Reason]]:
    if not one.share.total:
        return Verdict.UNKNOWN, [Reason("exam-measurable-nobody", {"field": one.field})]
    share = one.share.value or 0.0
    verdict = by_share(share, GOOD_FILLED, POOR_FILLED)
    facts: dict[str, Value] = {
        "field": one.field,
        "share": Percent(share),
        "missing": one.share.total - one.share.hits,
    }
    reasons = [Reason(f"exam-measurable-{verdict}", facts)]
    if one.median_days is not None:
        source = "history" if one.dated * 2 >= one.looked_at else "change"
        reasons.append(Reason(f"exam-measurable-age-{source}", {"field": one.field, "days": one.median_days}))
        if one.median_days > STALE_DAYS:
            verdict = worst((verdict, Verdict.WEAK))
            reasons.append(Reason("exam-measurable-stale", {"field": one.field}))
    return verdict, reasons


def _look(db: Session, fields: list[Field], who: ColumnElement[bool], now: datetime) -> list[Filled]:
    """One pass for all shares. Ages are those of a sample of the people: the history of each of a million
    would be read for one number."""
    has = [func.coalesce(func.sum(case((filled(field), 1), else_=0)), 0) for field in fields]
    total, *hits = db.execute(select(func.count(), *has).select_from(Contact).where(who)).one()
    ages = _ages(db, fields, sampling.draw(db, who), now)
    return [
        Filled(
            field,
            Share(hits[place], total),
            int(median(age for age, _ in ages[place])) if ages[place] else None,
            sum(dated for _, dated in ages[place]),
            len(ages[place]),
        )
        for place, field in enumerate(fields)
    ]


def _ages(db: Session, fields: list[Field], sample: list[int], now: datetime) -> list[list[tuple[int, bool]]]:
    """For each field the ages in days of those who have it, and whether by a date of its own."""
    dialect = db.get_bind().dialect.name
    ids = {"sample": as_ids(dialect, sample)}
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, field in enumerate(fields):
        for name in history_names(field):
            places[name].append(place)
    changes = (
        select(ContactFact.contact_id, ContactFact.field, func.max(ContactFact.at))
        .where(
            among(dialect, ContactFact.contact_id.expression, "sample"), ContactFact.field.in_(sorted(places))
        )
        .group_by(ContactFact.contact_id, ContactFact.field)
    )
    at: dict[tuple[int, int], datetime] = {}
    for contact_id, name, moment in db.execute(changes, ids):
        for place in places[name]:
            at[contact_id, place] = max(moment, at.get((contact_id, place), moment))
    flags = [cast(case((filled(field), 1), else_=0), Integer) for field in fields]
    rows = select(Contact.id, Contact.updated_at, *flags).where(
        among(dialect, Contact.id.expression, "sample")
    )
    ages: list[list[tuple[int, bool]]] = [[] for _ in fields]
    for contact_id, updated_at, *has in db.execute(rows, ids):
        for place, one in enumerate(has):
            if one:
                known_at = at.get((contact_id, place))
                ages[place].append((max(0, (now - (known_at or updated_at)).days), known_at is not None))
    return ages
