"""What the moves have in common."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import CursorResult, Update
from sqlalchemy.orm import Session

NO_LEASE: dict[str, Any] = {"lease_owner": "", "lease_until": None}


def run(db: Session, statement: Update, parameters: dict[str, Any] | None = None) -> int:
    """Execute an UPDATE; how many rows moved."""
    result = db.connection().execute(statement, parameters or {})
    return cast("CursorResult[Any]", result).rowcount
