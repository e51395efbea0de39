"""What people may do to a mailing: start, pause, resume, cancel, have failures tried again, and decide what
nobody can know.

Each act is one conditional UPDATE, so that two people pressing at once do it once; each is audited, with
`actor` None when the system does it.
Lanes look once a second, and end nothing more than what they have begun to end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from campaign import audit
from campaign.dispatch import moves, tally
from campaign.dispatch import plan as planning
from campaign.dispatch import retry as retrying
from campaign.dispatch.states import unsettled
from campaign.errors import NotFound, Refused
from campaign.models import (
    Account,
    Campaign,
    CampaignState,
    Delivery,
    DeliveryState,
    Mailing,
    MailingState,
    Submission,
    SubmissionState,
)
from campaign.render.content import hash_json

# something of it may be tried again
GOES_ON = (MailingState.RUNNING, MailingState.PAUSED, MailingState.FINISHED)
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
    if planning.to_plan(db, mailing) <= PLAN_AT_ONCE_ROWS:
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
    begun = (MailingState.RUNNING, MailingState.PLANNED) if mailing.started_at else (MailingState.RUNNING,)
    if not _change(db, mailing, begun, MailingState.PAUSED):
        raise Refused("dispatch-not-running")
    audit.record(db, actor, "mailing.pause", "mailing", mailing.id, now)


def resume(db: Session, mailing: Mailing, now: datetime, actor: Account | None = None) -> None:
    """Go on where it was paused: with sending, or with making its rows; a pause of days costs no attempts."""
    complete = planning.is_complete(db, mailing)
    target = MailingState.RUNNING if complete else MailingState.PLANNED
    if not _change(db, mailing, (MailingState.PAUSED,), target):
        raise Refused("dispatch-not-paused")
    mailing.deadline = max(mailing.deadline, now + planning.ATTEMPTS_FOR)
    audit.record(db, actor, "mailing.resume", "mailing", mailing.id, now)
    tally.note_resume(db, mailing.id, now)


def cancel(db: Session, mailing: Mailing, now: datetime, actor: Account | None = None) -> int:
    """Send nothing more; how many recipients will not get it. There is no way back."""
    open_states = (MailingState.PLANNED, MailingState.RUNNING, MailingState.PAUSED)
    if not _change(db, mailing, open_states, MailingState.CANCELLED):
        raise Refused("dispatch-already-over")
    mailing.finished_at = now
    spared = moves.cancel(db, mailing.id, now)
    audit.record(db, actor, "mailing.cancel", "mailing", mailing.id, now, spared=spared)
    return spared


@contextmanager
def held_open(db: Session, row_ids: Sequence[int], now: datetime) -> Iterator[None]:
    """While rows may leave a settled state: their mailings do not finish until this transaction has ended.
    One that had finished goes on, as its campaign does, and what came back to a cancelled one is called off.
    A deadline stays: the machine alone tries nothing beyond it."""
    ids = select(Delivery.mailing_id).where(Delivery.id.in_(row_ids)).distinct()
    found = select(Mailing).where(Mailing.id.in_(ids)).order_by(Mailing.id)
    mailings = db.scalars(found).all() if row_ids else []
    for mailing in mailings:
        lock(db, mailing)
    yield
    for mailing in mailings:
        _take_up(db, mailing, now)


def _take_up(db: Session, mailing: Mailing, now: datetime) -> None:
    """What came back to it, if it was over."""
    over = (MailingState.FINISHED, MailingState.CANCELLED)
    if mailing.state not in over or not _has_unsettled(db, mailing):
        return
    if mailing.state is MailingState.CANCELLED or _campaign_state(db, mailing) is CampaignState.CANCELLED:
        moves.cancel(db, mailing.id, now)
    else:
        _go_on(db, mailing)


def _go_on(db: Session, mailing: Mailing) -> None:
    """If it had finished: it runs again, or waits with its campaign while that is paused."""
    paused = _campaign_state(db, mailing) is CampaignState.PAUSED
    target = MailingState.PAUSED if paused else MailingState.RUNNING
    if _change(db, mailing, (MailingState.FINISHED,), target):
        mailing.finished_at = None


def _campaign_state(db: Session, mailing: Mailing) -> CampaignState | None:
    """As it stays until this transaction has ended; None for a mailing without a campaign."""
    state = select(Campaign.state).where(Campaign.id == mailing.campaign_id)
    return db.scalar(state.with_for_update(key_share=True))


def _has_unsettled(db: Session, mailing: Mailing) -> bool:
    return bool(db.scalar(select(unsettled(mailing.id))))


def lock(db: Session, mailing: Mailing) -> None:
    """Nobody else changes the mailing's state until this transaction has ended, nor takes it for done; the
    row in the session is what holds. (On SQLite one writes at a time.)"""
    db.flush()  # a refresh forgets what was not written yet
    db.refresh(mailing, with_for_update={"key_share": True})


def finish(db: Session, mailing: Mailing, now: datetime) -> bool:
    """Nothing of it is left to do, if that is so."""
    lock(db, mailing)
    running = (MailingState.RUNNING,)
    if _has_unsettled(db, mailing) or not _change(db, mailing, running, MailingState.FINISHED):
        return False
    mailing.finished_at = now
    audit.record(db, None, "mailing.finish", "mailing", mailing.id, now)
    return True


def retry(db: Session, mailing: Mailing, now: datetime, actor: Account | None = None) -> int:
    """Try once more what failed for a passing reason (`retry.REASONS`); how many. A finished mailing goes on,
    with a new deadline."""
    lock(db, mailing)
    if mailing.state not in GOES_ON:
        raise Refused("dispatch-not-retryable")
    why = {one.name: one.count for one in retrying.failures(db, mailing.id) if one.worth}
    again = retrying.retry(db, mailing.id)
    if not again:
        raise Refused("dispatch-nothing-to-retry")
    run_on(db, mailing, now)
    audit.record(db, actor, "mailing.retry", "mailing", mailing.id, now, count=again, reasons=why)
    return again


def run_on(db: Session, mailing: Mailing, now: datetime) -> None:
    """Something of it is to be tried from now on: a fresh deadline, and it goes on if it was done."""
    mailing.deadline = max(mailing.deadline, now + planning.ATTEMPTS_FOR)
    _go_on(db, mailing)


def count_as_sent(db: Session, delivery_id: int, actor: Account, now: datetime) -> None:
    """A person says that an unknown one arrived."""
    if not moves.count_as_sent(db, _unknown(db, delivery_id).id):
        raise Refused("dispatch-not-unknown")
    audit.record(db, actor, "delivery.count_as_sent", "delivery", delivery_id, now)


def send_again(db: Session, delivery_id: int, actor: Account, now: datetime) -> None:
    """A person says that an unknown one did not arrive: it goes out again under the same Message-ID.

    Refused until the server has surely dropped the connection of a sender that was only frozen, and when its
    mailing or campaign was cancelled.
    """
    delivery = _unknown(db, delivery_id)
    mailing = db.get_one(Mailing, delivery.mailing_id)
    lock(db, mailing)
    if mailing.state not in GOES_ON or _campaign_state(db, mailing) is CampaignState.CANCELLED:
        raise Refused("dispatch-cancelled")
    if not may_go_again(delivery, now):
        raise Refused("dispatch-too-early")
    if not moves.send_again(db, delivery_id):
        raise Refused("dispatch-not-unknown")
    run_on(db, mailing, now)
    audit.record(db, actor, "delivery.send_again", "delivery", delivery_id, now)


def may_go_again(delivery: Delivery, now: datetime) -> bool:
    """Whether a sender of this unknown one that was only frozen can no longer end it."""
    return delivery.settled_at is not None and delivery.settled_at + DOT_WAIT <= now


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
