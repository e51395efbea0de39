"""The house's settings: versions of one value by name, each change recorded with what stood before."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from campaign import audit
from campaign.models import Account, HouseSetting


def current(db: Session, name: str) -> HouseSetting | None:
    """The version that holds; None while nobody decided anything."""
    newest = select(HouseSetting).where(HouseSetting.name == name).order_by(HouseSetting.id.desc()).limit(1)
    return db.scalar(newest)


_VALUE = (
    select(HouseSetting.id, HouseSetting.value)
    .where(HouseSetting.name == bindparam("setting"))
    .order_by(HouseSetting.id.desc())
    .limit(1)
)


def current_value(db: Session, name: str) -> dict[str, Any] | None:
    """Only what it says: at a tenth of the cost, for who asks several times a second."""
    return current_version(db, name)[1]


def current_version(db: Session, name: str) -> tuple[int, dict[str, Any] | None]:
    """The number of the version that holds, and what it says; 0 and None while nobody decided anything."""
    row = db.connection().execute(_VALUE, {"setting": name}).first()
    return (row[0], row[1]) if row else (0, None)


def keep(db: Session, name: str, value: dict[str, Any], actor: Account | None, now: datetime) -> None:
    """A new version, unless it says what already holds."""
    before = current(db, name)
    if before is not None and before.value == value:
        return
    db.add(HouseSetting(name=name, value=value, account_id=actor.id if actor else None, at=now))
    db.flush()
    audit.record(
        db,
        actor,
        "house.changed",
        "house",
        name,
        now,
        **{key: [(before.value if before else {}).get(key), value[key]] for key in value},
    )
