"""Frozen rows of audiences: addresses and merge values, of what was sent and of what never was."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, exists, func, null, or_, select, update
from sqlalchemy import cast as sql_cast
from sqlalchemy.orm import Session

from campaign.care.retention import ended, kind
from campaign.care.retention.kind import Kind, Limit, Stores
from campaign.dispatch import control, moves
from campaign.inbound import erasure
from campaign.models import (
    Audience,
    AudienceCheck,
    AudienceMember,
    Campaign,
    CampaignState,
    CheckState,
    Delivery,
    DeliveryState,
    Mailing,
    Submission,
    SubmissionState,
)
from campaign.models.base import BigId

# known for good: a letter at the printer's and an outcome that a person still decides keep their values
SETTLED = (
    DeliveryState.ACCEPTED,
    DeliveryState.REJECTED,
    DeliveryState.SUPPRESSED,
    DeliveryState.EXPIRED,
    DeliveryState.CANCELLED,
)
CHECKING = (CheckState.FREEZING, CheckState.READING)
# how often anybody wants to hear (once in thirty days) is counted by the addresses of what was sent
LEAST_SENT = 60


# those of answers and greetings have one row each
AUDIENCES_AT_ONCE = 50


class _Due(NamedTuple):
    audience_id: int
    mailing_id: int | None
    """None: it was never sent."""


class _Row(NamedTuple):
    member_id: int
    contact_id: int
    delivery_id: int | None


class _Part(NamedTuple):
    """Some rows of one audience; `is_last` when it has no others."""

    due: _Due
    rows: list[_Row]
    is_last: bool


def _sent(limit: Limit) -> Any:
    """Audiences of mailings that are over, by the mailing's number."""
    return (
        select(Mailing.audience_id, Mailing.id)
        .join(Audience, Audience.id == Mailing.audience_id)
        .where(Audience.emptied_at.is_(None), ended.over(limit.before), ~ended.needed(limit.now))
        .order_by(Mailing.id)
    )


def _unsent(limit: Limit) -> Any:
    """Sent back, withdrawn, edited or frozen once more, and of campaigns that were called off. Submissions
    and checks are looked up by their message, for which they have an index."""
    open_states = (SubmissionState.WAITING, SubmissionState.APPROVED)
    called_off = select(Campaign.message_id).where(Campaign.state == CampaignState.CANCELLED)
    reviewed = exists().where(
        Submission.message_id == Audience.message_id,
        Submission.audience_id == Audience.id,
        Submission.state.in_(open_states),
        Submission.message_id.not_in(called_off),
    )
    read = exists().where(
        AudienceCheck.message_id == Audience.message_id,
        AudienceCheck.audience_id == Audience.id,
        AudienceCheck.state.in_(CHECKING),
    )
    return (
        select(Audience.id, sql_cast(null(), BigId))
        .where(Audience.emptied_at.is_(None), Audience.frozen_at < limit.before)
        .where(Audience.id.not_in(select(Mailing.audience_id)), ~reviewed, ~read)
        .order_by(Audience.id)
    )


Find = Callable[[Limit], Any]


def _due(db: Session, find: Find, limit: Limit, of: Collection[int] = ()) -> list[_Due]:
    """All of them, or those of these audiences."""
    wanted = find(limit).where(Audience.id.in_(of)) if of else find(limit)
    return [_Due(*row) for row in db.execute(wanted)]


def _worded(mailing_id: Any) -> tuple[Any, ColumnElement[bool]]:
    """How a member finds its delivery, and that it still says something and may go."""
    ours = and_(
        Delivery.mailing_id == mailing_id,
        Delivery.contact_id == AudienceMember.contact_id,
        Delivery.channel == AudienceMember.channel,
    )
    settled = or_(Delivery.id.is_(None), Delivery.state.in_(SETTLED))
    return ours, and_(AudienceMember.address != "", settled)


def _counting(find: Find) -> Callable[[Session, Limit], int]:
    """All of them in one statement: there may be as many audiences as answers were written."""

    def count(db: Session, limit: Limit) -> int:
        due = find(limit).order_by(None).subquery()
        audience_id, mailing_id = due.c
        ours, worded = _worded(mailing_id)
        rows = (
            select(func.count())
            .select_from(due)
            .join(AudienceMember, AudienceMember.audience_id == audience_id)
            .outerjoin(Delivery, ours)
            .where(worded)
        )
        return db.scalar(rows) or 0

    return count


def _clearing(find: Find) -> Callable[[Stores, Limit], Iterator[int]]:
    """Rows are found outside the transaction that empties them, in the order of an index; whether their
    audience is still due is asked once more within it."""

    def clear(stores: Stores, limit: Limit) -> Iterator[int]:
        with stores.database.read() as db:
            waiting = deque(_due(db, find, limit))
        behind = 0
        while waiting:
            with stores.database.read() as db:
                parts = _next(db, waiting, behind)
            with stores.database.write() as db:
                still = _still(db, parts, find, limit)
                done = [_empty(db, part, limit) if part.due in still else None for part in parts]
            for part, count in zip(parts, done, strict=True):
                behind = 0 if part.is_last or count is None else part.rows[-1].contact_id
                if behind == 0:
                    waiting.popleft()
            yield sum(count or 0 for count in done)

    return clear


def _next(db: Session, waiting: Sequence[_Due], behind: int) -> list[_Part]:
    """A batch of rows: the rest of the first audience, behind that contact, and as many others as fit. Rows
    of the last person of a batch may stand in the next one."""
    parts: list[_Part] = []
    room = kind.BATCH
    for due in islice(waiting, AUDIENCES_AT_ONCE):
        ours, worded = _worded(due.mailing_id)
        found = (
            select(AudienceMember.id, AudienceMember.contact_id, Delivery.id)
            .outerjoin(Delivery, ours)
            .where(AudienceMember.audience_id == due.audience_id, worded)
            .where(AudienceMember.contact_id >= behind)
            .order_by(AudienceMember.contact_id)
            .limit(room)
        )
        rows = [_Row(*row) for row in db.execute(found)]
        parts.append(_Part(due, rows, len(rows) < room))
        room, behind = room - len(rows), 0
        if room == 0:
            break
    return parts


def _still(db: Session, parts: Sequence[_Part], find: Find, limit: Limit) -> set[_Due]:
    """Which audiences are due now that their mailings are held: somebody may have failures tried again."""
    numbers = [part.due.mailing_id for part in parts if part.due.mailing_id is not None]
    mailings = select(Mailing).where(Mailing.id.in_(numbers)).order_by(Mailing.id)
    for mailing in db.scalars(mailings).all():
        control.lock(db, mailing)
    return set(_due(db, find, limit, [part.due.audience_id for part in parts]))


def _empty(db: Session, part: _Part, limit: Limit) -> int:
    """How many rows."""
    deliveries = [row.delivery_id for row in part.rows if row.delivery_id is not None]
    if part.rows:
        moves.empty_old(db, [row.member_id for row in part.rows], deliveries)
        erasure.shorten_bounces(db, deliveries)
    if part.is_last:
        _note_emptied(db, part.due, limit.now)
    return len(part.rows)


def _note_emptied(db: Session, due: _Due, now: datetime) -> None:
    """Unless rows are left whose outcome may still change: then it is looked at again."""
    left = select(AudienceMember.id).where(
        AudienceMember.audience_id == due.audience_id, AudienceMember.address != ""
    )
    if db.scalar(left.limit(1)) is not None:
        return
    db.get_one(Audience, due.audience_id).emptied_at = now
    db.flush()
    # by which a check would have gone on; it names a recipient beside each finding
    over = update(AudienceCheck).where(AudienceCheck.audience_id == due.audience_id)
    db.execute(over.where(AudienceCheck.state.not_in(CHECKING)).values(gathered={}))


KINDS = (
    # what exactly did she receive? The answer is the house's to give up
    Kind("frozen-values", None, _counting(_sent), _clearing(_sent), LEAST_SENT),
    # a list that nobody sent proves nothing; long enough to take a draft up again
    Kind("unsent-lists", 90, _counting(_unsent), _clearing(_unsent)),
)
