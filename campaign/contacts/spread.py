"""Some contacts, evenly spread over all: where a look at a few suffices, a million are not read."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaign.db import among, as_ids
from campaign.models import Contact

# so many are looked at
LOOKED_AT = 4_000


def numbers(db: Session) -> Sequence[int] | None:
    """Evenly spaced numbers of contacts; None where all are few enough to be read."""
    first, last = db.execute(select(func.min(Contact.id), func.max(Contact.id))).one()
    if first is None or last - first < LOOKED_AT:
        return None
    return range(first, last + 1, (last - first) // LOOKED_AT + 1)


def zones(db: Session) -> list[str]:
    """The time zones in which contacts say to live, in order; of many contacts those of some, so that a zone
    where hardly anybody lives may be missing."""
    wanted = select(Contact.time_zone).distinct().order_by(Contact.time_zone)
    some = numbers(db)
    if some is None:
        return list(db.scalars(wanted))
    dialect = db.get_bind().dialect.name
    few = wanted.where(among(dialect, Contact.id.expression, "some"))
    return list(db.scalars(few, {"some": as_ids(dialect, some)}))
