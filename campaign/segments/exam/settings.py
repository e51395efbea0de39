"""What the house says about serving a segment: its least size, and what a message costs."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from campaign import house
from campaign.models import Account

NAME = "segment_exam"
# one in ten answers a good letter; fifty people give the five answers from which on a share says anything
# (`campaign.stats.LEAST_EXPECTED`)
LEAST_PEOPLE = 50
MOST_PEOPLE = 1_000_000
# đồng; a letter by courier costs a twentieth of it
MOST_COST = 1_000_000
CURRENCY = "VND"


@dataclass(frozen=True)
class ExamSettings:
    """Costs are whole đồng a message, postage and paper included; None while nobody said."""

    least_people: int = LEAST_PEOPLE
    email_cost: int | None = None
    letter_cost: int | None = None


def read(db: Session) -> ExamSettings:
    """What holds now."""
    return ExamSettings(**(house.current_value(db, NAME) or {}))


def keep(db: Session, settings: ExamSettings, actor: Account | None, now: datetime) -> None:
    """A new version, in the audit log with what stood before."""
    house.keep(db, NAME, asdict(settings), actor, now)
