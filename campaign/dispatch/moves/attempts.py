"""An attempt: what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import ARRAY, CursorResult, Text, Update, bindparam, case, func
from sqlalchemy import cast as sql_cast
from sqlalchemy import column as sql_column
from sqlalchemy.orm import Session

from campaign.dispatch.moves.running import NO_LEASE, run
from campaign.dispatch.states import move
from campaign.models import Delivery
from campaign.models import DeliveryState as State


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
        move(transition, by_id=True)
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
            **NO_LEASE,
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
    func.unnest(*(sql_cast(bindparam(name, type_=Text), ARRAY(_COLUMNS[name].type)) for name in _COLUMNS))
    .table_valued(*(sql_column(name, column.type) for name, column in _COLUMNS.items()))
    .render_derived(name="found")
)
_AT_ONCE = {name: _attempted(name, lambda column: _FOUND.c[column]) for name in ATTEMPTS}


def _record_at_once(db: Session, transition: str, outcomes: Sequence[Outcome]) -> int:
    """One statement over a table made of a column's values each: what PostgreSQL is fastest with. As texts,
    for psycopg writes arrays in Python, and JSON takes twice as long to write and to read."""
    columns = {
        "row_id": [str(one.row_id) for one in outcomes],
        "fence_then": [str(one.fence) for one in outcomes],
        "why": [_quoted(one.reason) for one in outcomes],
        "code": ["NULL" if one.code is None else str(one.code) for one in outcomes],
        "reply": [_quoted(one.reply[:REPLY_LENGTH]) for one in outcomes],
        "due": [
            "NULL" if one.next_attempt_at is None else one.next_attempt_at.isoformat() for one in outcomes
        ],
        "digest": [_quoted(one.body_sha256) for one in outcomes],
        "at": [one.at.isoformat() for one in outcomes],
    }
    return run(db, _AT_ONCE[transition], {name: f"{{{','.join(each)}}}" for name, each in columns.items()})


def _quoted(text: str) -> str:
    """As an element of an array that is written as text."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


_RECORD = {"sqlite": _record_one_by_one, "postgresql": _record_at_once}
