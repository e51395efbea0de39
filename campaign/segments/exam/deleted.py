"""Opens and clicks that are no longer there: which questions miss some of them.

The house may have them deleted after its days (`campaign.care.retention`). A question about a time before
that finds nobody who opened or clicked then, so it says so instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaign.models import EngagementFigures, Mailing
from campaign.segments.exam.walking import conditions
from campaign.segments.moments import today
from campaign.segments.rule import Act, Engagement, Rule

_OF_THEM = (Act.OPENED, Act.CLICKED)


@dataclass(frozen=True)
class Deleted:
    """Since the day `since` all opens and clicks are there; of these campaigns earlier ones are not."""

    since: date
    campaigns: frozenset[int | None]

    def misses(self, leaf: Rule, day: date) -> bool:
        """Whether the condition, asked on that day, is about some that are gone."""
        if not (isinstance(leaf, Engagement) and leaf.act in _OF_THEM):
            return False
        if leaf.campaign_id and leaf.campaign_id not in self.campaigns:
            return False
        first, _ = leaf.bounds(day)
        return first is None or first < self.since


def known(db: Session) -> Deleted | None:
    """What was deleted; None when nothing ever was."""
    newest = func.max(EngagementFigures.gone_before, type_=EngagementFigures.gone_before.type)
    gone_before = db.scalar(select(newest))
    if gone_before is None:
        return None
    of_campaigns = select(Mailing.campaign_id).join(
        EngagementFigures, EngagementFigures.mailing_id == Mailing.id
    )
    return Deleted(today(gone_before) + timedelta(days=1), frozenset(db.scalars(of_campaigns.distinct())))


def missing(db: Session, rule: Rule, now: datetime) -> date | None:
    """Since when opens and clicks are there, where the rule (bound) asks for earlier ones; else None."""
    asked = [leaf for leaf, _ in conditions(rule) if isinstance(leaf, Engagement) and leaf.act in _OF_THEM]
    gone = known(db) if asked else None
    return gone.since if gone and any(gone.misses(leaf, today(now)) for leaf in asked) else None
