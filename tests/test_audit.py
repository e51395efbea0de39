"""The chain holds, and breaks where somebody laid hands on it."""

from datetime import datetime

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from campaign import audit
from campaign.db import Database


@pytest.fixture
def three(database: Database, now: datetime) -> Database:
    with database.write() as db:
        for number in range(3):
            audit.record(db, None, "sender.created", "sender", number, now, name=f"Số {number}")
    return database


def test_a_fresh_chain_is_whole(three: Database) -> None:
    with three.read() as db:
        assert audit.verify(db) is None


@pytest.mark.parametrize(
    ("act", "found"),
    [
        ("UPDATE audit_entry SET actor = 'somebody' WHERE id = 2", audit.Broken(2, "changed")),
        ("DELETE FROM audit_entry WHERE id = 2", audit.Broken(3, "missing before")),
        ("DELETE FROM audit_entry WHERE id = 1", audit.Broken(2, "missing before")),
    ],
)
def test_a_hand_on_the_rows_is_found(three: Database, act: str, found: audit.Broken) -> None:
    with three.write() as db:
        _drop_guards(db)
        db.execute(text(act))
        _restore_guards(db)
    with three.read() as db:
        assert audit.verify(db) == found


def _drop_guards(db: Session) -> None:
    """What an intruder with the owner's password would do first."""
    if db.get_bind().dialect.name == "postgresql":
        db.execute(text("ALTER TABLE audit_entry DISABLE TRIGGER USER"))
    else:
        db.execute(text("DROP TRIGGER audit_entry_no_update"))
        db.execute(text("DROP TRIGGER audit_entry_no_delete"))


def _restore_guards(db: Session) -> None:
    if db.get_bind().dialect.name == "postgresql":
        db.execute(text("ALTER TABLE audit_entry ENABLE TRIGGER USER"))
