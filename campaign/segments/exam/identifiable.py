"""Identifiable: does the rule still name the people whom it was saved for, and can they be reached?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaign.models import Account, ConsentPurpose, Contact, ContactTag, CustomField, Segment, Sender
from campaign.segments.counting import Counts, count
from campaign.segments.exam import resting
from campaign.segments.exam.people import members
from campaign.segments.exam.resting import Rest, rests
from campaign.segments.exam.verdict import Percent, Reason, Verdict, by_share, worst
from campaign.segments.exam.walking import conditions
from campaign.segments.rule import Attribute, Custom, Op, Reachable, Rule, Tag

# half of them on the better channel: below that a letter speaks to another group than the one meant
GOOD_REACHED = 0.5
# one in five: below, the segment exists on paper
POOR_REACHED = 0.2


@dataclass(frozen=True)
class Identifiable:
    """`counts` is None without a sender to count for. `missing` are things the rule names that are not there:
    pairs of kind (`field`, `tag`, `sender`, `owner`) and name. `rests_on` is what decides besides each one's
    own facts."""

    verdict: Verdict
    reasons: tuple[Reason, ...]
    people: int
    rests_on: tuple[Rest, ...]
    missing: tuple[tuple[str, str], ...]
    counts: Counts | None

    @property
    def is_reproducible(self) -> bool:
        """Whether all that it names is there, and nothing that it rests on changed since it was saved."""
        return not self.missing and all(one.changed_on is None for one in self.rests_on)

    def figures(self) -> dict[str, Any]:
        return {
            "people": self.people,
            "reproducible": self.is_reproducible,
            "rests_on": [one.to_json() for one in self.rests_on],
            "missing": [{"kind": kind, "name": name} for kind, name in self.missing],
            "reachable": self.counts.as_dict() if self.counts else None,
        }


def identifiable(
    db: Session,
    segment: Segment,
    rule: Rule,
    *,
    sender: Sender | None,
    purpose: ConsentPurpose | None,
    now: datetime,
) -> Identifiable:
    """What it rests on and what it names looked up; reachable people by channel."""
    people = db.scalar(select(func.count()).select_from(Contact).where(members(rule, now))) or 0
    rests_on = rests(db, segment, rule, now)
    missing = tuple(_missing(db, rule))
    counts = count(db, rule, sender_id=sender.id, purpose=purpose, now=now) if sender else None
    judged = [
        *resting.judged(rests_on),
        *(_lacks(kind, name) for kind, name in missing),
        _reached(people, counts),
    ]
    return Identifiable(
        worst(verdict for verdict, _ in judged),
        tuple(reason for _, reason in judged),
        people,
        rests_on,
        missing,
        counts,
    )


def _lacks(kind: str, name: str) -> tuple[Verdict, Reason]:
    return Verdict.FAILS, Reason(f"exam-identifiable-no-{kind}", {"name": name})


def _reached(people: int, counts: Counts | None) -> tuple[Verdict, Reason]:
    if not people:
        return Verdict.FAILS, Reason("exam-identifiable-nobody")
    if counts is None:
        return Verdict.UNKNOWN, Reason("exam-identifiable-no-writer")
    shares = {"email": min(1.0, counts.email / people), "letter": min(1.0, counts.letter / people)}
    values = {name: Percent(share) for name, share in shares.items()}
    verdict = by_share(max(shares.values()), GOOD_REACHED, POOR_REACHED)
    return verdict, Reason("exam-identifiable-reach", values)


def _missing(db: Session, rule: Rule) -> Iterator[tuple[str, str]]:
    leaves = [leaf for leaf, _ in conditions(rule)]
    keys = {leaf.key for leaf in leaves if isinstance(leaf, Custom)}
    known_keys = set(db.scalars(select(CustomField.key).where(CustomField.key.in_(keys))))
    yield from (("field", key) for key in sorted(keys - known_keys))
    tags = {leaf.tag for leaf in leaves if isinstance(leaf, Tag)}
    known_tags = set(db.scalars(select(ContactTag.tag).where(ContactTag.tag.in_(tags)).distinct()))
    yield from (("tag", tag) for tag in sorted(tags - known_tags))
    senders = {leaf.sender_id for leaf in leaves if isinstance(leaf, Reachable)}
    active = set(db.scalars(select(Sender.id).where(Sender.id.in_(senders), Sender.active)))
    yield from (("sender", f"№ {number}") for number in sorted(senders - active))
    owners = {
        int(value)
        for leaf in leaves
        if isinstance(leaf, Attribute) and leaf.field == "owner" and leaf.op is Op.IS
        for value in leaf.values
    }
    here = set(db.scalars(select(Account.id).where(Account.id.in_(owners), Account.active)))
    yield from (("owner", f"№ {number}") for number in sorted(owners - here))
