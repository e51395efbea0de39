"""What stands in the tables, counted by the beat alone and kept in one row: pages and scrapes read that row,
however many there are and however often they ask.

Counting reads an index of all deliveries, some 0.5 s a million; it is done again when 20 times as long as
it took has passed, so it never takes more than a twentieth of the beat's time.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from campaign.db import Database
from campaign.dispatch import progress
from campaign.models import Delivery, DeliveryState, InboundMail, InboundState, Mailing, MailingState
from campaign.watch import signs

EVERY = timedelta(seconds=5)
SHARE = 20


@dataclass(frozen=True)
class Counts:
    """Deliveries by state and what waits for how long; ages in seconds, 0 when nothing waits."""

    states: dict[str, int] = field(default_factory=dict)
    mailings_running: int = 0
    oldest_queued: float = 0.0
    retry_overdue: float = 0.0
    """How long ago the most overdue deferred delivery was due."""
    inbound_waiting: int = 0
    shelf: int = 0
    """Mails that came in and cannot be read: a person looks."""
    rate: float = 0.0
    """Accepted a second, between the last two countings."""
    took: float = 0.0
    mailings: dict[str, Any] = field(default_factory=dict)
    """Of large mailings that are on their way: see `campaign.dispatch.progress.kept`."""

    def of(self, state: DeliveryState) -> int:
        return self.states.get(state.value, 0)


def kept(db: Session) -> tuple[Counts, datetime | None]:
    """The last counting and its moment; empty and None before the first."""
    row = signs.last(db, signs.COUNTS)
    return (Counts(**row.detail), row.at) if row else (Counts(), None)


def keep(database: Database, now: datetime) -> bool:
    """Count again if it is time to; whether it was."""
    with database.read() as db:
        before, at = kept(db)
        # a counting of the future is one of a clock that was ahead: it is no reason to wait for that hour
        if at is not None and abs(now - at) < max(EVERY, timedelta(seconds=SHARE * before.took)):
            return False
        began = time.monotonic()
        facts = _count(db, now)
        took = time.monotonic() - began
    accepted = facts["states"].get(DeliveryState.ACCEPTED.value, 0)
    passed = (now - at).total_seconds() if at else 0.0
    gained = accepted - before.of(DeliveryState.ACCEPTED)
    rate = max(0.0, gained / passed) if passed > 0 else 0.0
    with database.write() as db:
        signs.note(db, signs.COUNTS, now, asdict(Counts(**facts, rate=rate, took=took)))
    return True


def _count(db: Session, now: datetime) -> Mapping[str, Any]:
    states, mailings = _deliveries(db)
    inbound = {
        row[0]: row[1]
        for row in db.execute(
            select(InboundMail.state, func.count())
            .where(InboundMail.state.in_((InboundState.NEW, InboundState.SHELVED)))
            .group_by(InboundMail.state)
        )
    }
    running = Mailing.state == MailingState.RUNNING
    return {
        "states": states,
        "mailings": mailings,
        "mailings_running": db.scalar(select(func.count()).select_from(Mailing).where(running)) or 0,
        "oldest_queued": _age(db, _oldest_queued(), now),
        "retry_overdue": _age(db, _oldest_due(), now),
        "inbound_waiting": inbound.get(InboundState.NEW, 0),
        "shelf": inbound.get(InboundState.SHELVED, 0),
    }


def _deliveries(db: Session) -> tuple[dict[str, int], dict[str, Any]]:
    """All by state, and those of large mailings that are on their way by mailing, channel and state."""
    going = set(db.scalars(select(Mailing.id).where(Mailing.state.in_(progress.MOVING))))
    states: Counter[str] = Counter()
    mailings: defaultdict[int, defaultdict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    columns = (Delivery.mailing_id, Delivery.channel, Delivery.state)
    for mailing_id, channel, state, count in db.execute(select(*columns, func.count()).group_by(*columns)):
        states[state.value] += count
        if mailing_id in going:
            mailings[mailing_id][channel.value][state.value] = count
    large = {
        str(mailing_id): dict(channels)
        for mailing_id, channels in mailings.items()
        if sum(sum(counts.values()) for counts in channels.values()) > progress.LARGE
    }
    return dict(states), large


def _oldest_queued() -> Select[datetime | None]:
    """Since when rows of running mailings wait: since the start, or since a retry was due."""
    fresh = exists().where(
        Delivery.mailing_id == Mailing.id,
        Delivery.state == DeliveryState.QUEUED,
        Delivery.next_attempt_at.is_(None),
    )
    started = select(func.min(Mailing.started_at).label("at")).where(
        Mailing.state == MailingState.RUNNING, fresh
    )
    due = (
        select(func.min(Delivery.next_attempt_at).label("at"))
        .join(Mailing, Mailing.id == Delivery.mailing_id)
        .where(Mailing.state == MailingState.RUNNING, Delivery.state == DeliveryState.QUEUED)
    )
    both = started.union_all(due).subquery()
    return select(func.min(both.c.at))


def _oldest_due() -> Select[datetime | None]:
    return (
        select(func.min(Delivery.next_attempt_at))
        .join(Mailing, Mailing.id == Delivery.mailing_id)
        .where(Mailing.state == MailingState.RUNNING, Delivery.state == DeliveryState.DEFERRED)
    )


def _age(db: Session, query: Select[datetime | None], now: datetime) -> float:
    moment = db.scalar(query)
    return max(0.0, (now - moment).total_seconds()) if moment else 0.0
