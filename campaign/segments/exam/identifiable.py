"""Identifiable: does the rule name the same people each time, and can they be reached?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, cast, func, select, true
from sqlalchemy.orm import Session

from campaign.models import Account, ConsentPurpose, Contact, ContactTag, CustomField, Sender
from campaign.segments.counting import Counts, count
from campaign.segments.exam.people import members
from campaign.segments.exam.sampling import mixed
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
    pairs of kind (`field`, `tag`, `sender`, `owner`) and name."""

    verdict: Verdict
    reasons: tuple[Reason, ...]
    people: int
    reproducible: bool
    missing: tuple[tuple[str, str], ...]
    counts: Counts | None

    def figures(self) -> dict[str, Any]:
        return {
            "people": self.people,
            "reproducible": self.reproducible,
            "missing": [{"kind": kind, "name": name} for kind, name in self.missing],
            "reachable": self.counts.as_dict() if self.counts else None,
        }


def identifiable(
    db: Session, rule: Rule, *, sender: Sender | None, purpose: ConsentPurpose | None, now: datetime
) -> Identifiable:
    """Asked twice in one snapshot; what it names looked up; reachable people by channel."""
    people, reproducible = _asked_twice(db, rule, now)
    missing = tuple(_missing(db, rule))
    counts = count(db, rule, sender_id=sender.id, purpose=purpose, now=now) if sender else None
    judged = [
        _repeats(reproducible),
        *(_lacks(kind, name) for kind, name in missing),
        _reached(people, counts),
    ]
    return Identifiable(
        worst(verdict for verdict, _ in judged),
        tuple(reason for _, reason in judged),
        people,
        reproducible,
        missing,
        counts,
    )


def _repeats(reproducible: bool) -> tuple[Verdict, Reason]:
    if reproducible:
        return Verdict.PASSES, Reason("exam-identifiable-same")
    return Verdict.FAILS, Reason("exam-identifiable-other")


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


def _asked_twice(db: Session, rule: Rule, now: datetime) -> tuple[int, bool]:
    """How many fit, and whether the same ones did both times. One statement sees one state of the tables; the
    sum of mixed ids tells other people of the same number."""
    who = [
        select(func.count().label("people"), func.sum(cast(mixed(Contact.id), BigInteger)).label("which"))
        .select_from(Contact)
        .where(members(rule, now))
        .subquery()
        for _ in range(2)
    ]
    first, second = who
    both = first.join(second, true())  # one row beside one row
    row = db.execute(
        select(first.c.people, first.c.which, second.c.people, second.c.which).select_from(both)
    ).one()
    return row[0], (row[0], row[1]) == (row[2], row[3])


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
