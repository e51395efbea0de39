"""The moves of the table in `campaign.dispatch.states`, one function each.

They take a `Session`, never commit, and say whether, or how many, rows moved. Statements run on the
session's connection: objects that the session already holds do not notice.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple, cast

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Select,
    Text,
    Update,
    bindparam,
    case,
    func,
    or_,
    select,
    update,
)
from sqlalchemy import cast as sql_cast
from sqlalchemy import column as sql_column
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import InstrumentedAttribute, Session

from campaign.dispatch.states import LEASE, move
from campaign.models import Channel, Delivery, Mailing, MailingState
from campaign.models import DeliveryState as State

# a cancelled mailing whose rows are not all back after this long is looked at no more
RETURN_WITHIN = timedelta(days=7)

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
    # picked once: as a plain subquery PostgreSQL may ask for it again and again, each time for other rows
    .cte("picked")
)
_CLAIM = (
    move("claim")
    .where(Delivery.id.in_(select(_NEXT.c.id)))
    .values(
        fence=Delivery.fence + 1,
        lease_owner=bindparam("owner"),
        lease_until=bindparam("until"),
        dated_at=func.coalesce(Delivery.dated_at, bindparam("dated", type_=Delivery.dated_at.type)),
    )
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
        "dated": now.replace(microsecond=0),
    }
    return sorted(db.connection().execute(_CLAIM, values).scalars())


class Outcome(NamedTuple):
    """What became of one attempt. `transition`: accept, reject, defer, forgo or lose."""

    row_id: int
    fence: int
    transition: str
    at: datetime
    reason: str = ""
    code: int | None = None
    reply: str = ""
    next_attempt_at: datetime | None = None
    body_sha256: str = ""
    dead_address: bool = False
    """The server says that the address does not exist."""


ATTEMPTS = ("accept", "reject", "defer", "forgo", "lose")
"""The transitions of an outcome."""
REPLY_LENGTH = 500


def settle(db: Session, outcomes: Sequence[Outcome]) -> int:
    """Record outcomes; how many rows moved. The others are no longer this attempt's: it was recorded
    before, or the fence has risen. Doing it twice changes nothing."""
    moved = 0
    by_transition: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        by_transition.setdefault(outcome.transition, []).append(outcome)
    for transition, alike in by_transition.items():
        moved += _RECORD[db.get_bind().dialect.name](db, transition, alike)
    return moved


def _attempted(transition: str, outcome: Any) -> Update:
    """The move of one attempt; `outcome` names where its values come from."""
    return (
        move(transition)
        .where(Delivery.id == outcome("row_id"), Delivery.fence == outcome("fence_then"))
        .values(
            # what was given up has counted the attempt already
            attempt=Delivery.attempt + case((Delivery.state == State.CLAIMED, 1), else_=0),
            reason=outcome("why"),
            smtp_code=outcome("code"),
            smtp_reply=outcome("reply"),
            next_attempt_at=outcome("due"),
            body_sha256=outcome("digest"),
            settled_at=None if transition == "defer" else outcome("at"),
            **_NO_LEASE,
        )
    )


_ONE_BY_ONE = {name: _attempted(name, bindparam) for name in ATTEMPTS}


def _record_one_by_one(db: Session, transition: str, outcomes: Sequence[Outcome]) -> int:
    """One prepared statement, run for each: what SQLite is fastest with."""
    rows = [
        {
            "row_id": one.row_id, "fence_then": one.fence, "why": one.reason, "code": one.code,
            "reply": one.reply[:REPLY_LENGTH], "due": one.next_attempt_at, "digest": one.body_sha256,
            "at": one.at,
        }
        for one in outcomes
    ]  # fmt: skip
    result = db.connection().execute(_ONE_BY_ONE[transition], rows)
    return cast("CursorResult[Any]", result).rowcount


_COLUMNS = {
    "row_id": Delivery.id, "fence_then": Delivery.fence, "why": Delivery.reason, "code": Delivery.smtp_code,
    "reply": Delivery.smtp_reply, "due": Delivery.next_attempt_at, "digest": Delivery.body_sha256,
    "at": Delivery.settled_at,
}  # fmt: skip
_FOUND = (
    func.jsonb_to_recordset(sql_cast(bindparam("rows", type_=Text), JSONB))
    .table_valued(*(sql_column(name, column.type) for name, column in _COLUMNS.items()))
    .render_derived(name="found", with_types=True)
)
_AT_ONCE = {name: _attempted(name, lambda column: _FOUND.c[column]) for name in ATTEMPTS}


def _record_at_once(db: Session, transition: str, outcomes: Sequence[Outcome]) -> int:
    """One statement over a table made of JSON: what PostgreSQL is fastest with, for psycopg writes arrays in
    Python."""
    rows = [
        {
            "row_id": one.row_id, "fence_then": one.fence, "why": one.reason, "code": one.code,
            "reply": one.reply[:REPLY_LENGTH],
            "due": one.next_attempt_at.isoformat() if one.next_attempt_at else None,
            "digest": one.body_sha256, "at": one.at.isoformat(),
        }
        for one in outcomes
    ]  # fmt: skip
    return run(db, _AT_ONCE[transition], {"rows": json.dumps(rows)})


_RECORD = {"sqlite": _record_one_by_one, "postgresql": _record_at_once}


def suppress(db: Session, row_ids: Sequence[int], reason: str, now: datetime, owner: str) -> int:
    """Rows that this owner claimed and has not begun, whose people may no longer be written to."""
    statement = move("suppress").where(Delivery.id.in_(row_ids), Delivery.lease_owner == owner)
    return run(db, statement.values(reason=reason, settled_at=now, **_NO_LEASE))


def postpone(db: Session, row_ids: Sequence[int], until: datetime, owner: str) -> int:
    """Rows that this owner claimed and has not begun, and may not begin before then."""
    statement = move("postpone").where(Delivery.id.in_(row_ids), Delivery.lease_owner == owner)
    return run(db, statement.values(next_attempt_at=until, **_NO_LEASE))


def rest(db: Session, rows: Sequence[int] | Select[int], until: datetime, reason: str) -> int:
    """Rows that wait for an hour, by their ids; no attempt is used up."""
    statement = move("rest").where(Delivery.id.in_(rows))
    return run(db, statement.values(next_attempt_at=until, reason=reason, **_NO_LEASE))


def release(db: Session, owner: str, now: datetime) -> int:
    """Put back what this owner holds and has not tried; what belongs to a cancelled mailing is called off."""
    cancelled = select(Mailing.id).where(Mailing.state == MailingState.CANCELLED)
    off = move("call_off").where(Delivery.lease_owner == owner, Delivery.mailing_id.in_(cancelled))
    held = move("release").where(Delivery.lease_owner == owner)
    called_off = run(db, off.values(settled_at=now, **_NO_LEASE))
    return called_off + run(db, held.values(**_NO_LEASE))


def renew(db: Session, owner: str, now: datetime) -> int:
    """A sign of life: the owner's claimed rows get a fresh lease. Changes no state."""
    held = update(Delivery).where(Delivery.lease_owner == owner, Delivery.state == State.CLAIMED)
    return run(db, held.values(lease_until=now + LEASE))


# --- claims of the dead, decided by their host's journal ------------------------------------------


def held_by(db: Session, owner: str) -> dict[int, tuple[int, State]]:
    """Rows that this owner holds, or held when they were given up: their fence and state."""
    held = select(Delivery.id, Delivery.fence, Delivery.state).where(
        Delivery.lease_owner == owner, Delivery.state.in_((State.CLAIMED, State.UNKNOWN))
    )
    return {row_id: (fence, state) for row_id, fence, state in db.connection().execute(held)}


def requeue_dead(db: Session, row_ids: Sequence[int], owner: str) -> int:
    """Claims that were surely not ended."""
    dead = move("requeue_dead").where(Delivery.id.in_(row_ids), Delivery.lease_owner == owner)
    return run(db, dead.values(**_NO_LEASE))


def give_up(db: Session, digests: Mapping[int, str], owner: str, now: datetime) -> int:
    """Claims that may have been ended, with the hashes of their bodies ('' when not known). Owner and fence
    stay: a late reply, or journal, may still resolve them."""
    moved = 0
    for row_id, digest in digests.items():
        lost = move("give_up").where(Delivery.id == row_id, Delivery.lease_owner == owner)
        moved += run(db, lost.values(body_sha256=digest, **_given_up("lease", now)))
    return moved


def leases_over(db: Session, before: datetime) -> list[tuple[str, datetime]]:
    """Owners of e-mails whose lease ended before then, and when the last of these leases did."""
    over = select(Delivery.lease_owner, func.max(Delivery.lease_until)).where(
        Delivery.state == State.CLAIMED, Delivery.lease_until < before, Delivery.channel == Channel.EMAIL
    )
    found = db.execute(over.group_by(Delivery.lease_owner))
    return [(owner, until) for owner, until in found if until is not None]


def give_up_away(db: Session, before: datetime, now: datetime, owners: Sequence[str] | None = None) -> int:
    """E-mails whose lease ended before then: their host has been away for so long. Of these owners, if any
    are named."""
    away = move("give_up").where(Delivery.lease_until < before, Delivery.channel == Channel.EMAIL)
    if owners is not None:
        away = away.where(Delivery.lease_owner.in_(owners))
    return run(db, away.values(**_given_up(AWAY, now)))


def give_back(db: Session, row_ids: Sequence[int], owner: str) -> int:
    """Given up while their host was away, and by its journal not ended. No attempt was used up."""
    back = move("give_back").where(
        Delivery.id.in_(row_ids), Delivery.lease_owner == owner, Delivery.reason == AWAY
    )
    values = {"attempt": Delivery.attempt - 1, "reason": "", "settled_at": None}
    return run(db, back.values(**values, **_NO_LEASE))


AWAY = "host_away"
"""Why it was given up: nobody could read the journal."""


def _given_up(reason: str, now: datetime) -> dict[str, Any]:
    return {"attempt": Delivery.attempt + 1, "reason": reason, "settled_at": now, "lease_until": None}


# --- the sweeper's rows --------------------------------------------------------------------------


def requeue_letters(db: Session, now: datetime) -> int:
    """Claims of print runs whose lease ran out: none of them was stored."""
    dead = move("requeue_dead").where(Delivery.lease_until < now, Delivery.channel == Channel.LETTER)
    return run(db, dead.values(**_NO_LEASE))


def restored(db: Session, now: datetime) -> int:
    """What senders held when the backup was made: they may have ended it since."""
    held = move("restored")
    values = held.values(reason="restored", settled_at=now, fence=Delivery.fence + 1, **_NO_LEASE)
    return run(db, values)


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


def cancel_returned(db: Session, now: datetime) -> int:
    """What came back from lanes, or from the dead, after its mailing was cancelled."""
    cancelled = select(Mailing.id).where(
        Mailing.state == MailingState.CANCELLED, Mailing.finished_at > now - RETURN_WITHIN
    )
    return run(db, move("cancel").where(Delivery.mailing_id.in_(cancelled)).values(settled_at=now))


# --- a person's acts -----------------------------------------------------------------------------


def cancel(db: Session, mailing_id: int, now: datetime) -> int:
    """What waits, and the letters that a print run only holds. E-mails in the hands of a lane are its own:
    it hears of the cancellation within a second and calls off what it has not begun."""
    rest = move("cancel").where(Delivery.mailing_id == mailing_id)
    held = move("call_off").where(Delivery.mailing_id == mailing_id, Delivery.channel == Channel.LETTER)
    waiting = run(db, rest.values(settled_at=now, **_NO_LEASE))
    return waiting + run(db, held.values(settled_at=now, **_NO_LEASE))


def count_as_sent(db: Session, row_id: int) -> bool:
    sent = move("count_as_sent").where(Delivery.id == row_id).values(reason="by hand", **_NO_LEASE)
    return run(db, sent) == 1


def send_again(db: Session, row_id: int) -> bool:
    """The fence rises, so that a late reply to the first copy no longer counts."""
    again = move("send_again").where(Delivery.id == row_id)
    values = again.values(
        fence=Delivery.fence + 1, reason="", settled_at=None, next_attempt_at=None, **_NO_LEASE
    )
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
