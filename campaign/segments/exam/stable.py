"""Stable: do those who were in the segment a month and three months ago still belong to it?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from campaign.db import among, as_ids
from campaign.models import Contact, Segment, SegmentDigest
from campaign.segments.compile import today, where
from campaign.segments.exam.as_of import as_of
from campaign.segments.exam.digest import rule_hash
from campaign.segments.exam.people import members, persons
from campaign.segments.exam.verdict import Percent, Reason, Value, Verdict, by_share, worst
from campaign.segments.exam.walking import conditions
from campaign.segments.places import InRegion, ProvinceToday
from campaign.segments.rule import (
    Attribute,
    Birthday,
    Consented,
    Custom,
    Imported,
    Reachable,
    Rule,
    Tag,
)
from campaign.stats import Share

# share kept from which a segment is stable, and below which it is not: a letter takes two to four weeks from
# the idea to the post, and four of five it was written for should still be there (docs/decisions.md)
GOOD = {30: 0.8, 90: 0.6}
POOR = {30: 0.5, 90: 0.3}
# a night without a digest is replaced by one of the week before
DIGEST_WITHIN_DAYS = 7
# of fewer people one alone moves the share by more than five points
LEAST_PEOPLE = 20
# what the records know of today only; everything else is dated
UNDATED = (Attribute, Consented, Custom, Imported, Tag, Reachable, ProvinceToday, InRegion)


class Source(StrEnum):
    """By what it was told who belonged to the segment then."""

    DIGEST = "digest"  # what was noted on that night
    FACTS = "facts"  # orders and contacts of that day; fields without a date as they are today
    NOTHING = "nothing"


@dataclass(frozen=True)
class Kept:
    """Of those who were in it `days` ago (on `day`), how many are in it now; `people` were in it then."""

    days: int
    source: Source
    day: date
    people: int
    share: Share

    @property
    def is_enough(self) -> bool:
        return self.source is not Source.NOTHING and self.share.total >= LEAST_PEOPLE

    def to_json(self) -> dict[str, Any]:
        value = self.share.value
        return {
            "days": self.days,
            "source": self.source.value,
            "day": self.day.isoformat(),
            "people": self.people,
            "sampled": self.share.total,
            "kept": self.share.hits,
            "share": None if value is None else round(value, 4),
            "interval": [round(end, 4) for end in self.share.interval],
            "is_enough": self.is_enough,
        }


@dataclass(frozen=True)
class Stable:
    verdict: Verdict
    reasons: tuple[Reason, ...]
    periods: tuple[Kept, ...]

    def figures(self) -> dict[str, Any]:
        return {"periods": [one.to_json() for one in self.periods]}


def stable(db: Session, segment: Segment, rule: Rule, now: datetime) -> Stable:
    """Over each period by the digest of that night, or else by dated facts."""
    periods = tuple(_kept(db, segment, rule, now, days) for days in GOOD)
    verdicts: list[Verdict] = []
    reasons: list[Reason] = []
    for one in periods:
        verdict, reason = _judge(db, segment, rule, now, one)
        verdicts.append(verdict)
        reasons.append(reason)
    if any(isinstance(leaf, Birthday) for leaf, _ in conditions(rule)):
        reasons.append(Reason("exam-stable-birthday"))
    if any(one.source is Source.FACTS for one in periods):
        reasons.append(Reason("exam-stable-by-facts" + ("-mixed" if _has_undated(rule) else "")))
    known = [verdict for verdict in verdicts if verdict is not Verdict.UNKNOWN]
    return Stable(worst(known) if known else Verdict.UNKNOWN, tuple(reasons), periods)


def _judge(db: Session, segment: Segment, rule: Rule, now: datetime, one: Kept) -> tuple[Verdict, Reason]:
    if one.source is Source.NOTHING:
        first = db.scalar(
            select(func.min(SegmentDigest.day)).where(
                SegmentDigest.segment_id == segment.id, SegmentDigest.rule_sha256 == rule_hash(rule)
            )
        )
        from_day = (first or today(now) + timedelta(days=1)) + timedelta(days=one.days)
        return Verdict.UNKNOWN, Reason("exam-stable-wait", {"days": one.days, "day": from_day})
    facts: dict[str, Value] = {"days": one.days, "day": one.day, "then": one.share.total}
    if not one.is_enough:
        return Verdict.UNKNOWN, Reason("exam-stable-few", facts)
    share = one.share.value or 0.0
    low, high = one.share.interval
    verdict = by_share(share, GOOD[one.days], POOR[one.days])
    shares: dict[str, Value] = {"share": Percent(share), "low": Percent(low), "high": Percent(high)}
    return verdict, Reason(f"exam-stable-{one.source}", facts | shares)


def _kept(db: Session, segment: Segment, rule: Rule, now: datetime, days: int) -> Kept:
    then = today(now) - timedelta(days=days)
    digest = db.scalars(
        select(SegmentDigest)
        .where(
            SegmentDigest.segment_id == segment.id,
            SegmentDigest.rule_sha256 == rule_hash(rule),
            SegmentDigest.day.between(then - timedelta(days=DIGEST_WITHIN_DAYS), then),
        )
        .order_by(SegmentDigest.day.desc())
        .limit(1)
    ).first()
    if digest is not None:
        return _by_digest(db, digest, rule, now, days)
    if any(not isinstance(leaf, UNDATED) for leaf, _ in conditions(rule)):
        return _by_facts(db, rule, now, days)
    return Kept(days, Source.NOTHING, then, 0, Share(0, 0))


def _by_digest(db: Session, digest: SegmentDigest, rule: Rule, now: datetime, days: int) -> Kept:
    dialect = db.get_bind().dialect.name
    still = select(func.count()).select_from(Contact).where(
        among(dialect, Contact.id.expression, "sample"), members(rule, now)
    )  # fmt: skip
    kept = db.scalar(still, {"sample": as_ids(dialect, digest.sample)}) or 0
    return Kept(days, Source.DIGEST, digest.day, digest.people, Share(kept, len(digest.sample)))


def _by_facts(db: Session, rule: Rule, now: datetime, days: int) -> Kept:
    then = now - timedelta(days=days)
    was_member = where(as_of(rule, today(then)), then)
    row = db.execute(
        select(func.count(), func.coalesce(func.sum(case((where(rule, now), 1), else_=0)), 0))
        .select_from(Contact)
        .where(persons(), Contact.created_at <= then, was_member)
    ).one()
    return Kept(days, Source.FACTS, today(then), row[0], Share(int(row[1]), row[0]))


def _has_undated(rule: Rule) -> bool:
    return any(isinstance(leaf, UNDATED) for leaf, _ in conditions(rule))
