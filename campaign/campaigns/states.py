"""The states of a campaign and what moves between them, in one table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from campaign import audit
from campaign.errors import Refused
from campaign.models import Account, Campaign, CampaignState

S = CampaignState


@dataclass(frozen=True)
class Move:
    """`sources` may become `target`."""

    sources: frozenset[CampaignState]
    target: CampaignState


def _move(target: CampaignState, *sources: CampaignState) -> Move:
    return Move(frozenset(sources), target)


MOVES: dict[str, Move] = {
    "submit": _move(S.IN_REVIEW, S.DRAFT, S.IN_REVIEW),
    "approve": _move(S.APPROVED, S.IN_REVIEW),
    # an edit, a "no", a withdrawal: back to the desk
    "reopen": _move(S.DRAFT, S.DRAFT, S.IN_REVIEW, S.APPROVED, S.SCHEDULED),
    "schedule": _move(S.SCHEDULED, S.APPROVED, S.SCHEDULED),
    "unschedule": _move(S.APPROVED, S.SCHEDULED),
    "start": _move(S.RUNNING, S.APPROVED, S.SCHEDULED),
    "pause": _move(S.PAUSED, S.RUNNING),
    "resume": _move(S.RUNNING, S.PAUSED),
    "finish": _move(S.FINISHED, S.RUNNING, S.PAUSED),
    # somebody decided that one of its unknown deliveries goes out once more
    "send_again": _move(S.RUNNING, S.FINISHED),
    # ... or that what failed is tried again
    "retry": _move(S.RUNNING, S.FINISHED),
    # ... or a server's late answer put one of them back into the queue
    "go_on": _move(S.RUNNING, S.FINISHED),
    # a second mailing to those who joined the segment since
    "extend": _move(S.RUNNING, S.RUNNING, S.FINISHED),
    "cancel": _move(S.CANCELLED, S.DRAFT, S.IN_REVIEW, S.APPROVED, S.SCHEDULED, S.RUNNING, S.PAUSED),
}

EDITABLE = MOVES["reopen"].sources


def can(campaign: Campaign, act: str) -> bool:
    """Whether `act` is open to the campaign in its present state."""
    return campaign.state in MOVES[act].sources


def move(
    db: Session, campaign: Campaign, act: str, account: Account | None, now: datetime, **detail: object
) -> None:
    """Do it, or refuse with the state it is in. The only place that writes `Campaign.state`."""
    if not can(campaign, act):
        raise Refused(f"campaigns-cannot-{act}")
    before = campaign.state
    campaign.state = MOVES[act].target
    campaign.updated_at = now
    db.flush()
    if before is not campaign.state or detail:
        audit.record(
            db, account, f"campaign.{act}", "campaign", campaign.id, now, before=before.value, **detail
        )
