"""What people may do to a mailing: start, pause, resume, cancel, and decide what nobody can know.

Each act is one conditional UPDATE, so that two people pressing at once do it once; each is audited, with
`actor` None when the system does it.
Lanes look once a second, and end nothing more than what they have begun to end.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, func, select, update
from sqlalchemy.orm import Session

from campaign import audit
from campaign.dispatch import moves
from campaign.dispatch import plan as planning
from campaign.errors import NotFound, Refused
from campaign.models import (
    Account,
    AudienceMember,
    Delivery,
    DeliveryState,
    Mailing,
    MailingState,
    Submission,
    SubmissionState,
)
from campaign.render.content import hash_json

# more rows than this are planned by the beat, in chunks of its own transactions, not in a web request
PLAN_AT_ONCE_ROWS = 20_000
# servers wait this long for a client's next word and then close (RFC 5321 §4.5.3.2.7 asks for 5 minutes)
DOT_WAIT = timedelta(seconds=600)


def start(db: Session, mailing: Mailing, now: datetime, actor: Account | None = None) -> MailingState:
    """Let it go out. Small audiences are planned here; large ones stay `planned` until the beat has
    made all their rows, and run then."""
    _require_approved(db, mailing)
    if mailing.state != MailingState.PLANNED or mailing.started_at is not None:
        raise Refused("dispatch-not-startable")
    mailing.started_at = now
    db.flush()
    audit.record(db, actor, "mailing.start", "mailing", mailing.id, now)
    people = db.scalar(select(func.count()).where(AudienceMember.audience_id == mailing.audience_id)) or 0
    if people <= PLAN_AT_ONCE_ROWS:
        planning.plan(db, mailing)
        run_when_complete(db, mailing)
    return mailing.state


def run_when_complete(db: Session, mailing: Mailing) -> bool:
    """From `planned` to `running`, once every frozen recipient has a row."""
    if not planning.is_complete(db, mailing):
        return False
    return _change(db, mailing, (MailingState.PLANNED,), MailingState.RUNNING)


def pause(db: Session, mailing: Mailing, now: datetime, actor: Account | None = None) -> None:
    """Stop before the next message; what was begun is finished."""
    if not _change(db, mailing, (MailingState.RUNNING,), MailingState.PAUSED):
        raise Refused("dispatch-not-running")
    audit.record(db, actor, "mailing.pause", "mailing", mailing.id, now)


def resume(db: Session, mailing: Mailing, now: datetime, actor: Account | None = None) -> None:
    """Go on where it was paused."""
    if not _change(db, mailing, (MailingState.PAUSED,), MailingState.RUNNING):
        raise Refused("dispatch-not-paused")
    audit.record(db, actor, "mailing.resume", "mailing", mailing.id, now)


def cancel(db: Session, mailing: Mailing, now: datetime, actor: Account | None = None) -> int:
    """Send nothing more; how many recipients will not get it. There is no way back."""
    open_states = (MailingState.PLANNED, MailingState.RUNNING, MailingState.PAUSED)
    if not _change(db, mailing, open_states, MailingState.CANCELLED):
        raise Refused("dispatch-already-over")
    mailing.finished_at = now
    spared = moves.cancel(db, mailing.id, now)
    audit.record(db, actor, "mailing.cancel", "mailing", mailing.id, now, spared=spared)
    return spared


def reopen(db: Session, mailing: Mailing) -> bool:
    """Some of its deliveries turned out not to be settled: it runs again if it had finished."""
    return _change(db, mailing, (MailingState.FINISHED,), MailingState.RUNNING)


def count_as_sent(db: Session, delivery_id: int, actor: Account, now: datetime) -> None:
    """A person says that an unknown one arrived."""
    if not moves.count_as_sent(db, _unknown(db, delivery_id).id):
        raise Refused("dispatch-not-unknown")
    audit.record(db, actor, "delivery.count_as_sent", "delivery", delivery_id, now)


def send_again(db: Session, delivery_id: int, actor: Account, now: datetime) -> None:
    """A person says that an unknown one did not arrive: it goes out again under the same Message-ID.

    Refused until the server has surely dropped the connection of a sender that was only frozen.
    """
    delivery = _unknown(db, delivery_id)
    if delivery.settled_at is None or delivery.settled_at + DOT_WAIT > now:
        raise Refused("dispatch-too-early")
    if not moves.send_again(db, delivery_id):
        raise Refused("dispatch-not-unknown")
    mailing = db.get_one(Mailing, delivery.mailing_id)
    mailing.deadline = max(mailing.deadline, now + planning.ATTEMPTS_FOR)
    reopen(db, mailing)
    audit.record(db, actor, "delivery.send_again", "delivery", delivery_id, now)


def _unknown(db: Session, delivery_id: int) -> Delivery:
    delivery = db.get(Delivery, delivery_id)
    if delivery is None:
        raise NotFound
    if delivery.state != DeliveryState.UNKNOWN:
        raise Refused("dispatch-not-unknown")
    return delivery


def _require_approved(db: Session, mailing: Mailing) -> None:
    """The sign-off is compared by hash, so an edited message is unsigned by construction."""
    submission = db.get_one(Submission, mailing.submission_id)
    signed = hash_json(submission.content) == submission.content_hash == mailing.content_hash
    if submission.state != SubmissionState.APPROVED or not signed:
        raise Refused("dispatch-not-approved")


def _change(db: Session, mailing: Mailing, sources: tuple[MailingState, ...], target: MailingState) -> bool:
    """Change the mailing's state if it still is what we think; the row in the session follows."""
    db.flush()
    statement = (
        update(Mailing).where(Mailing.id == mailing.id, Mailing.state.in_(sources)).values(state=target)
    )
    result = db.execute(statement, execution_options={"synchronize_session": False})
    db.refresh(mailing)
    return cast("CursorResult[Any]", result).rowcount == 1
