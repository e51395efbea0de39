"""The exam of a segment: five criteria, one verdict."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from campaign.models import ConsentPurpose, Segment, Sender
from campaign.segments.bound import rule_of
from campaign.segments.exam import settings
from campaign.segments.exam.different import Different, different
from campaign.segments.exam.identifiable import Identifiable, identifiable
from campaign.segments.exam.measurable import Measurable, measurable
from campaign.segments.exam.serviceable import Serviceable, serviceable
from campaign.segments.exam.stable import Stable, stable
from campaign.segments.exam.verdict import Criterion, Verdict

# in the order in which people ask them
NAMES = ("measurable", "stable", "identifiable", "different", "serviceable")


@dataclass(frozen=True)
class Exam:
    """One segment, examined at one moment for one sender (None while there is none)."""

    segment: str
    sender: str | None
    measurable: Measurable
    stable: Stable
    identifiable: Identifiable
    different: Different
    serviceable: Serviceable

    @property
    def criteria(self) -> dict[str, Criterion]:
        return {name: getattr(self, name) for name in NAMES}

    def named(self, verdict: Verdict) -> list[str]:
        """The criteria with this verdict."""
        return [name for name, one in self.criteria.items() if one.verdict is verdict]

    @property
    def verdict(self) -> Verdict:
        """One that fails decides; what is not known yet holds nobody back, and is named."""
        for verdict in (Verdict.FAILS, Verdict.WEAK):
            if self.named(verdict):
                return verdict
        # when nothing speaks for it or against it, nothing is known
        return Verdict.PASSES if self.named(Verdict.PASSES) else Verdict.UNKNOWN


def examine(
    db: Session, segment: Segment, *, sender: Sender | None, purpose: ConsentPurpose | None, now: datetime
) -> Exam:
    """All five, in some twenty statements however many people there are."""
    rule = rule_of(db, segment)
    found = identifiable(db, segment, rule, sender=sender, purpose=purpose, now=now)
    answers = different(db, rule, now)
    return Exam(
        segment=segment.name,
        sender=sender.name if sender else None,
        measurable=measurable(db, rule, now),
        stable=stable(db, segment, rule, now),
        identifiable=found,
        different=answers,
        serviceable=serviceable(
            db, rule, counts=found.counts, past=answers.comparison.one, settings=settings.read(db), now=now
        ),
    )


def to_json(exam: Exam) -> dict[str, Any]:
    """For scripts: figures, and each reason by its key; words are `wording`'s."""
    return {
        "segment": exam.segment,
        "sender": exam.sender,
        "verdict": exam.verdict.value,
        "criteria": {
            name: {
                "verdict": one.verdict.value,
                **one.figures(),
                "reasons": [reason.key.removeprefix(f"exam-{name}-") for reason in one.reasons],
            }
            for name, one in exam.criteria.items()
        },
    }
