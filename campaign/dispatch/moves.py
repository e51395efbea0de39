"""The moves of the table in `campaign.dispatch.states`, one function each.

They take a `Session`, never commit, and say whether, or how many, rows moved. Statements run on the
session's connection: objects that the session already holds do not notice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, Select, Update, bindparam, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from campaign.dispatch.states import LEASE, move
from campaign.models import Channel, Delivery, Mailing, MailingState
from campaign.models import DeliveryState as State

_NO_LEASE: dict[str, Any] = {"lease_owner": "", "lease_until": None}


def run(db: Session, statement: Update, parameters: dict[str, Any] | None = None) -> int:
    """Execute an UPDATE; how many rows moved."""
    result = db.connection().execute(statement, parameters or {})
    return cast("CursorResult[Any]", result).rowcount


# --- the rows of a lane or a print run -----------------------------------------------------------

_NEXT = (
    select(Delivery.id)
    .where(
        Delivery.mailing_id == bindparam("mailing"),
        Delivery.channel == bindparam("on_channel"),
        Delivery.state == State.QUEUED,
    )
    # the order of the index, so that no claim sorts what is left
    .order_by(Delivery.next_attempt_at)
    .limit(bindparam("size"))
    # other lanes step over what this one is taking; SQLite has one writer at a time anyway
    .with_for_update(skip_locked=True)
)
_CLAIM = (
    move("claim")
    .where(Delivery.id.in_(_NEXT))
    .values(fence=Delivery.fence + 1, lease_owner=bindparam("owner"), lease_until=bindparam("until"))
    .returning(Delivery.id)
)


def claim(
    db: Session, mailing_id: int, channel: Channel, owner: str, size: int, now: datetime
) -> Sequence[int]:
    """Take up to `size` queued rows for `owner`, in one statement; their ids."""
    values = {
        "mailing": mailing_id,
        "on_channel": channel,
        "owner": owner,
        "size": size,
        "until": now + LEASE,
    }
    return sorted(db.connection().execute(_CLAIM, values).scalars())


_MINE = (Delivery.id == bindparam("row_id"), Delivery.fence == bindparam("row_fence"))
_RUNNING = (
    select(Mailing.id)
    .where(Mailing.id == Delivery.mailing_id, Mailing.state == MailingState.RUNNING)
    .correlate(Delivery)
    .exists()
)
_DOUBT = (
    move("doubt")
    .where(*_MINE, Delivery.lease_until > bindparam("now"), _RUNNING)
    .values(lease_until=bindparam("until"), body_sha256=bindparam("digest"))
)


def doubt(db: Session, row_id: int, fence: int, digest: str, now: datetime) -> bool:
    """True when this writer may end the message now: its lease and fence hold and the mailing runs.
    The caller commits before it sends the terminator."""
    values = {"row_id": row_id, "row_fence": fence, "digest": digest, "now": now, "until": now + LEASE}
    return run(db, _DOUBT, values) == 1


@dataclass(frozen=True)
class Outcome:
    """What became of one attempt. `transition`: accept, reject, defer, forgo or lose."""

    row_id: int
    fence: int
    transition: str
    at: datetime
    reason: str = ""
    code: int | None = None
    reply: str = ""
    next_attempt_at: datetime | None = None
    dead_address: str = ""
    """The key of an address that the server says does not exist."""


_OUTCOMES = {
    name: move(name)
    .where(*_MINE)
    .values(
        attempt=Delivery.attempt + 1,
        reason=bindparam("new_reason"),
        smtp_code=bindparam("code"),
        smtp_reply=bindparam("reply"),
        next_attempt_at=bindparam("next_at"),
        settled_at=bindparam("settled"),
        **_NO_LEASE,
    )
    for name in ("accept", "reject", "defer", "forgo", "lose")
}


def settle(db: Session, outcome: Outcome) -> bool:
    """Record an outcome; False when the fence says that the row is another's by now."""
    values = {
        "row_id": outcome.row_id,
        "row_fence": outcome.fence,
        "new_reason": outcome.reason,
        "code": outcome.code,
        "reply": outcome.reply[:500],
        "next_at": outcome.next_attempt_at,
        "settled": None if outcome.transition == "defer" else outcome.at,
    }
    return run(db, _OUTCOMES[outcome.transition], values) == 1


def suppress(db: Session, row_ids: Sequence[int], reason: str, now: datetime) -> int:
    """Claimed rows whose people may no longer be written to."""
    statement = move("suppress").where(Delivery.id.in_(row_ids))
    return run(db, statement.values(reason=reason, settled_at=now, **_NO_LEASE))


def release(db: Session, owner: str) -> int:
    """Put back what this owner holds and has not tried."""
    held = move("release").where(Delivery.lease_owner == owner)
    return run(db, held.values(**_NO_LEASE))


def renew(db: Session, owner: str, now: datetime) -> int:
    """A sign of life: the owner's claimed rows get a fresh lease. Changes no state."""
    held = update(Delivery).where(Delivery.lease_owner == owner, Delivery.state == State.CLAIMED)
    return run(db, held.values(lease_until=now + LEASE))


# --- the sweeper's rows --------------------------------------------------------------------------


def requeue_dead(db: Session, now: datetime) -> int:
    """Claims whose lease ran out."""
    dead = move("requeue_dead").where(Delivery.lease_until < now)
    return run(db, dead.values(**_NO_LEASE))


def give_up(db: Session, now: datetime) -> int:
    """Messages in doubt whose lease ran out. The fence stays: a late reply may still resolve them."""
    lost = move("give_up").where(Delivery.lease_until < now)
    return run(
        db, lost.values(attempt=Delivery.attempt + 1, reason="lease", settled_at=now, lease_until=None)
    )


def requeue_due(db: Session, now: datetime) -> int:
    """Deferred rows whose time has come."""
    return run(db, move("requeue_due").where(Delivery.next_attempt_at <= now))


def expire(db: Session, now: datetime) -> int:
    """What waits in open mailings past their deadline."""
    open_states = (MailingState.RUNNING, MailingState.PAUSED)
    past = select(Mailing.id).where(Mailing.state.in_(open_states), Mailing.deadline < now)
    # the rest of a test waits for its winner, not for a server: it gets a deadline with its hour
    timed = or_(Delivery.state == State.QUEUED, Delivery.next_attempt_at.is_not(None))
    late = move("expire").where(Delivery.mailing_id.in_(past), timed)
    return run(db, late.values(reason="deadline", settled_at=now))


# --- a person's acts -----------------------------------------------------------------------------


def cancel(db: Session, mailing_id: int, now: datetime) -> int:
    """What has not been sent. Rows in doubt or in print keep their own road."""
    rest = move("cancel").where(Delivery.mailing_id == mailing_id)
    return run(db, rest.values(settled_at=now, **_NO_LEASE))


def count_as_sent(db: Session, row_id: int) -> bool:
    return run(db, move("count_as_sent").where(Delivery.id == row_id).values(reason="by hand")) == 1


def send_again(db: Session, row_id: int) -> bool:
    """The fence rises, so that a late reply to the first copy no longer counts."""
    again = move("send_again").where(Delivery.id == row_id)
    values = again.values(fence=Delivery.fence + 1, reason="", settled_at=None, next_attempt_at=None)
    return run(db, values) == 1


def retry(db: Session, mailing_id: int, which: ColumnElement[bool]) -> int:
    """What failed for one of the reasons of `retry`. Attempts are counted anew, and the fence rises."""
    again = move("retry").where(Delivery.mailing_id == mailing_id, which)
    values = again.values(
        attempt=0,
        fence=Delivery.fence + 1,
        reason="",
        smtp_code=None,
        smtp_reply="",
        settled_at=None,
        next_attempt_at=None,
    )
    return run(db, values)


_WAITS = (Delivery.state == State.DEFERRED, Delivery.next_attempt_at.is_(None))


def waits_for_winner(db: Session, mailing_id: int) -> bool:
    """Whether rows of a test's rest still have no hour."""
    found = select(Delivery.id).where(Delivery.mailing_id == mailing_id, *_WAITS).limit(1)
    return db.scalar(found) is not None


def of_rest(mailing_id: int, size: int, column: InstrumentedAttribute[int] = Delivery.id) -> Select[int]:
    """The next `size` rows of a test's rest that have no hour: their ids, or another column."""
    waiting = select(column).where(Delivery.mailing_id == mailing_id, *_WAITS)
    return waiting.order_by(Delivery.id).limit(size)


def let_go(
    db: Session, mailing_id: int, variant: ColumnElement[int], hour: ColumnElement[datetime], size: int
) -> int:
    """The next `size` rows of a test's rest get the winner's variant and an hour; the sweeper queues them
    then. Changes no state."""
    rest = update(Delivery).where(Delivery.id.in_(of_rest(mailing_id, size)))
    return run(db, rest.values(variant_id=variant, next_attempt_at=hour))


# --- letters -------------------------------------------------------------------------------------


def to_print(db: Session, owner: str, print_run_id: int) -> int:
    """The rows that a print run claimed are in it. The run itself is stored in the same transaction."""
    held = move("print").where(Delivery.lease_owner == owner)
    return run(db, held.values(print_run_id=print_run_id, **_NO_LEASE))


def unprint(db: Session, print_run_id: int) -> int:
    """The run was dropped: its letters wait for another."""
    dropped = move("unprint").where(Delivery.print_run_id == print_run_id)
    return run(db, dropped.values(print_run_id=None, sequence=None))


def post(db: Session, print_run_id: int, now: datetime) -> int:
    """The run was handed to the post."""
    posted = move("post").where(Delivery.print_run_id == print_run_id)
    return run(db, posted.values(attempt=Delivery.attempt + 1, settled_at=now))
