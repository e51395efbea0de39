"""Opens and clicks that are no longer there: which questions miss some of them.

The house may have them deleted after its days (`campaign.care.retention`). A question about a time before
that finds nobody who opened or clicked then, so it says so instead.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaign.models import EngagementFigures
from campaign.segments.exam.walking import conditions
from campaign.segments.moments import today
from campaign.segments.rule import Act, Engagement, Rule

_OF_THEM = (Act.OPENED, Act.CLICKED)


def kept_since(db: Session) -> date | None:
    """The first day of which all opens and clicks are there; None when none were ever deleted."""
    newest = func.max(EngagementFigures.gone_before, type_=EngagementFigures.gone_before.type)
    gone_before = db.scalar(select(newest))
    return today(gone_before) + timedelta(days=1) if gone_before else None


def asks_before(leaf: Rule, since: date, day: date) -> bool:
    """Whether the condition, asked on that day, is about opens or clicks of before `since`."""
    if not (isinstance(leaf, Engagement) and leaf.act in _OF_THEM):
        return False
    first, _ = leaf.bounds(day)
    return first is None or first < since


def missing(db: Session, rule: Rule, now: datetime) -> date | None:
    """Since when opens and clicks are there, where the rule (bound) asks for earlier ones; else None."""
    asked = [leaf for leaf, _ in conditions(rule) if isinstance(leaf, Engagement) and leaf.act in _OF_THEM]
    since = kept_since(db) if asked else None
    return since if since and any(asks_before(leaf, since, today(now)) for leaf in asked) else None
