"""What the moves have in common."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, Update, and_, select
from sqlalchemy.orm import Session

from campaign.models import Delivery

NO_LEASE: dict[str, Any] = {"lease_owner": "", "lease_until": None}


def unheld(db: Session, *which: ColumnElement[bool]) -> ColumnElement[bool]:
    """Of these rows those that no other transaction is moving. Who never waits for a row stops nobody who
    waits for it; it comes again, or those rows need it no more."""
    if db.get_bind().dialect.name == "sqlite":
        return and_(*which)  # one writes at a time
    rows = select(Delivery.id).where(*which).with_for_update(key_share=True, skip_locked=True)
    # a CTE, which is looked for once; as a subquery it would be compared with every row there is
    return Delivery.id.in_(select(rows.cte("unheld").c.id))


def run(db: Session, statement: Update, parameters: dict[str, Any] | None = None) -> int:
    """Execute an UPDATE; how many rows moved."""
    result = db.connection().execute(statement, parameters or {})
    return cast("CursorResult[Any]", result).rowcount
