"""The people of a segment as a CSV file: who they are and where they are reached, and nothing more.

The headings are those by which an import knows the columns, so that a file comes in again as it went out.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, aliased

from campaign.contacts import csv_safe
from campaign.db import among, as_ids
from campaign.models import Contact
from campaign.segments.compile import where
from campaign.segments.limits import ready
from campaign.segments.rule import Rule

COLUMNS = (
    "code", "kind", "full_name", "form_of_address", "organisation", "position", "email", "phone", "street",
    "ward", "district", "province", "postal_code", "country", "language",
)  # fmt: skip
# contacts read at once; a million are never held
ROWS_AT_ONCE = 1_000
# finding a million ids takes longer than counting them; so many times the time of a count
TIMES = 4


def ids_of(db: Session, rule: Rule, now: datetime) -> array[int]:
    """Who fits a bound rule, by number: eight bytes each. Asked where questions have an end (`asking`)."""
    fits = and_(where(ready(db, rule, now), now), Contact.erased_at.is_(None))
    found = db.scalars(select(Contact.id).where(fits).execution_options(yield_per=ROWS_AT_ONCE))
    return array("q", sorted(array("q", found)))


def lines(db: Session, ids: Sequence[int]) -> Iterator[str]:
    """The file in pieces; who was erased since is not in it."""
    return csv_safe.lines(_rows(db, ids), csv_safe.cell)


def _rows(db: Session, ids: Sequence[int]) -> Iterator[Sequence[object]]:
    yield COLUMNS
    house = aliased(Contact)
    values = [getattr(Contact, name) for name in COLUMNS if name != "organisation"]
    values.insert(COLUMNS.index("organisation"), func.coalesce(house.full_name, ""))
    dialect = db.get_bind().dialect.name
    query = (
        select(*values)
        .outerjoin(house, house.id == Contact.organisation_id)
        .where(among(dialect, Contact.id.expression, "these"), Contact.erased_at.is_(None))
        .order_by(Contact.id)
    )
    left = iter(ids)
    while some := list(islice(left, ROWS_AT_ONCE)):
        for row in db.execute(query, {"these": as_ids(dialect, some)}):
            yield [getattr(value, "value", value) for value in row]
