"""A sweep, which comes every two seconds, does not read what is settled: the plans of its statements."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from campaign.db import Database
from campaign.dispatch import control, moves, sweep
from campaign.models import Channel, DeliveryState, Mailing, MailingState
from tests.dispatch.making import make_mailing, states

ROWS = 400
# past every deadline
LATER = timedelta(days=9)
Statement = tuple[str, Any]


@pytest.fixture
def mailing(db: Session, now: datetime) -> Mailing:
    """Nearly everybody has it: one row waits, one is tried."""
    made = make_mailing(db, now, ROWS)
    control.start(db, made, now)
    moves.claim(db, made.id, Channel.EMAIL, "lane", ROWS, now)
    ids = "(SELECT min(id) FROM delivery)"
    db.execute(text(f"UPDATE delivery SET state = 'accepted', lease_owner = '' WHERE id > {ids} + 1"))
    db.execute(text(f"UPDATE delivery SET state = 'queued', lease_owner = '' WHERE id = {ids}"))
    db.commit()
    return made


@contextmanager
def heard(database: Database) -> Iterator[list[Statement]]:
    """Statements about deliveries."""
    found: list[Statement] = []

    def hear(_connection, _cursor, statement, parameters, _context, _many) -> None:
        if "delivery" in statement:
            found.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", hear)
    yield found
    event.remove(database.engine, "before_cursor_execute", hear)


def wide_reads(db: Session, statement: Statement) -> list[str]:
    """Lines of its plan that come to deliveries by less than mailing, channel and state. (PostgreSQL has so
    few rows here that what is claimed may be found in any way; at full size it is found by its leases.)"""
    connection = db.connection()
    words, values = statement
    if connection.dialect.name == "sqlite":
        lines = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}", values)]
        reads = [line for line in lines if "delivery" in line and "ix_delivery_lease" not in line]
    else:
        lines = [row[0].strip() for row in connection.exec_driver_sql(f"EXPLAIN {words}", values)]
        by_claims = [f"{line} {after}" for line, after in pairwise(lines) if "ix_delivery_claim" in line]
        reads = [] if values.get("state_1") == "claimed" else by_claims
    named = ("mailing_id", "channel", "state")
    return [line for line in reads if "PRIMARY KEY" not in line and not all(name in line for name in named)]


def test_a_sweep_reads_only_what_is_not_settled(
    database: Database, db: Session, mailing: Mailing, now: datetime
) -> None:
    if not database.is_sqlite:
        db.execute(text("ANALYZE delivery"))
        db.execute(text("SET LOCAL enable_seqscan = off"))
    with heard(database) as statements:
        sweep.sweep(db, now)
        sweep.sweep(db, now + LATER)
        mailing.state, mailing.finished_at = MailingState.CANCELLED, now + LATER
        db.flush()
        sweep.sweep(db, now + LATER)
    assert len(statements) > 5
    assert [wide for statement in statements for wide in wide_reads(db, statement)] == []
    db.commit()
    assert states(db, mailing)[DeliveryState.ACCEPTED] == ROWS - 2
