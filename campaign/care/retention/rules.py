"""The rules: which kinds there are, the house's days, what would go, and the daily round."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaign import audit, house
from campaign.care.retention import engagement, frozen, imports, mail, people, printed, sign_ins
from campaign.care.retention.kind import LEAST_DAYS, Days, Kind, Limit, Stores
from campaign.care.retention.people import SILENT, SILENT_DEFAULT, silent
from campaign.db import Database
from campaign.errors import InvalidInput
from campaign.models import Account, AuditEntry, Contact
from campaign.storage import FileStore

NAME = "retention"
APPLIED = "retention.applied"
MOST_DAYS = 3650
EVERY = timedelta(hours=24)
# between two transactions on SQLite: who waits for its lock looks again within 100 ms (its own busy handler)
GIVE_WAY_SECONDS = 0.15

# in the order of the page: what people wrote and did, what went to them, what files left, colleagues
KINDS: tuple[Kind, ...] = (
    *mail.KINDS, *engagement.KINDS, *printed.KINDS, *frozen.KINDS, *people.KINDS, *imports.KINDS,
    *sign_ins.KINDS,
)  # fmt: skip


def defaults() -> Days:
    """What holds while the house has decided nothing."""
    return {kind.name: kind.default for kind in KINDS} | {SILENT: SILENT_DEFAULT}


def read(db: Session) -> Days:
    """What holds now."""
    return defaults() | (house.current_value(db, NAME) or {})


def least(name: str) -> int:
    """The smallest number of days that the kind allows."""
    return next((kind.least for kind in KINDS if kind.name == name), LEAST_DAYS)


def keep(db: Session, days: Days, actor: Account | None, now: datetime) -> None:
    """The house's own days; InvalidInput as by `check`."""
    check(days)
    house.keep(db, NAME, read(db) | days, actor, now)


def check(days: Days) -> None:
    """InvalidInput with the kind as its field."""
    for name, value in days.items():
        if name not in defaults():
            raise InvalidInput("retention-error-kind", field=name)
        if value is not None and not least(name) <= value <= MOST_DAYS:
            raise InvalidInput("retention-error-days", field=name, least=least(name), most=MOST_DAYS)


def would(db: Session, now: datetime, days: Days | None = None) -> dict[str, int]:
    """How much would go of each kind, by these days instead of those that hold."""
    days = read(db) | (days or {})
    found = {}
    for kind in KINDS:
        limit = _limit(now, days[kind.name])
        found[kind.name] = kind.count(db, limit) if limit else 0
    return found


def is_due(db: Session, now: datetime) -> bool:
    """Whether the last run is a day ago, or there was none."""
    last = select(AuditEntry.at).where(AuditEntry.action == APPLIED).order_by(AuditEntry.id.desc()).limit(1)
    at = db.scalar(last)
    return at is None or now - at >= EVERY


def apply(
    database: Database,
    files: FileStore,
    clock: Callable[[], datetime],
    stopping: Callable[[], bool] = lambda: False,
    actor: Account | None = None,
) -> dict[str, int]:
    """Clear everything whose time is over, batch by batch, and say so in the log. What is left when it is
    stopped goes the next time."""
    now, stores = clock(), Stores(database, files)
    with database.read() as db:
        days = read(db)
    gone = {kind.name: 0 for kind in KINDS}
    for kind in KINDS:
        if limit := _limit(now, days[kind.name]):
            gone[kind.name] += _all(database, kind.clear(stores, limit), stopping)
    # what was forgotten waits for no day
    gone[imports.FILES] += _all(database, imports.clear_forgotten(stores, Limit(now, now)), stopping)
    with database.write() as db:
        audit.record(db, actor, APPLIED, "house", NAME, now, gone=gone, days=days)
    return gone


def _all(database: Database, steps: Iterator[int], stopping: Callable[[], bool]) -> int:
    """Step by step until there is none, or it shall stop; how many went."""
    gone = 0
    while not stopping():
        cleared = next(steps, None)
        if cleared is None:
            break
        gone += cleared
        if database.is_sqlite:
            time.sleep(GIVE_WAY_SECONDS)
    return gone


def count_silent(db: Session, now: datetime, days: int | None) -> int:
    """How many are proposed after so many days."""
    return (db.scalar(select(func.count()).select_from(Contact).where(silent(now, days))) or 0) if days else 0


def _limit(now: datetime, days: int | None) -> Limit | None:
    return None if days is None else Limit(now, now - timedelta(days=days))
