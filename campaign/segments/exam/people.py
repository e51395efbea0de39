"""Whom a segment holds, for all criteria alike: persons that fit and were not erased."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_

from campaign.models import Contact, ContactKind
from campaign.segments.compile import where
from campaign.segments.rule import Rule


def persons() -> ColumnElement[bool]:
    """Every person on file; an organisation is written to through its contact persons."""
    return and_(Contact.kind == ContactKind.PERSON, Contact.erased_at.is_(None))


def members(rule: Rule, now: datetime) -> ColumnElement[bool]:
    """Those of them whom the rule fits now."""
    return and_(persons(), where(rule, now))
