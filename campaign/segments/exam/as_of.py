"""A rule asked as of a day gone by: "ever" is up to that day, and nothing of later days is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from campaign.segments.rule import (
    And,
    ContactPersonOf,
    Engagement,
    InSegment,
    Not,
    Or,
    Orders,
    Rule,
)


def as_of(rule: Rule, day: date) -> Rule:
    """The rule for `where` at a moment of that day. Relative days follow that moment by themselves; dates and
    "ever" end on the day."""
    match rule:
        case And(rules) | Or(rules):
            return type(rule)(tuple(as_of(part, day) for part in rules))
        case Not(inner) | ContactPersonOf(inner):
            return type(rule)(as_of(inner, day))
        case InSegment(_, inner) if inner is not None:
            return as_of(inner, day)
        case Orders() | Engagement() if not (rule.days or rule.older_than):
            return replace(rule, until=min(day, rule.until or day))
        case _:
            return rule
