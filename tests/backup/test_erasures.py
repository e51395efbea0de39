"""A backup from before an erasure: restored, it brings nobody back, wherever the list is found."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from campaign.backup import make, restore
from campaign.beat import Beat
from campaign.care import erasure, erasure_list
from campaign.clock import utc_now
from campaign.config import Settings
from campaign.contacts import erased, profile
from campaign.db import Database
from campaign.errors import InvalidInput
from campaign.links import Addresses, Signer
from campaign.models import AuditEntry, Contact
from campaign.queue import Queues, connect
from tests.factories import make_contact

pytestmark = pytest.mark.usefixtures("postgres_programs")
WHERE = Addresses(Signer(b"a key for tests"), "https://mail.example.com", "reply.example.com")


def two_people(database: Database) -> int:
    with database.write() as db:
        make_contact(db, full_name="Mai", email="mai@example.com")
        return make_contact(db, full_name="Lan", email="lan@example.com").id


def forget(database: Database, id_: int) -> None:
    with database.write() as db:
        contact = db.get_one(Contact, id_)
        erasure.erase(db, contact, WHERE, reason="asked", actor=None, now=utc_now())


def is_forgotten(database: Database) -> bool:
    """Whether nobody is called Lan and no form takes her in, while Mai is there."""
    with database.session() as db:
        assert "Mai" in db.scalars(select(Contact.full_name)).all()
        if "Lan" in db.scalars(select(Contact.full_name)).all():
            return False
        with pytest.raises(InvalidInput, match=erased.REASON):
            profile.create(db, {"full_name": "Lan", "email": "lan@example.com"}, source="form", now=utc_now())
        db.rollback()
    return True


def test_the_replaced_database_says_who(
    database: Database,
    empty: Database,
    old: Settings,
    new: Settings,
    tmp_path: Path,
) -> None:
    lan = two_people(database)
    file = tmp_path / "b"
    make.backup(database, old, file, None, utc_now())
    restore.restore(empty, new, file, None, utc_now(), replace=False)
    forget(empty, lan)
    restored = restore.restore(empty, new, file, None, utc_now(), replace=True)
    assert (restored.erased_again, restored.erasures_known) == (1, True)
    assert is_forgotten(empty)
    with empty.read() as db:
        entry = db.scalars(select(AuditEntry).where(AuditEntry.action == "contact.erased")).one()
        assert "restored backup" in entry.detail["reason"]


def test_a_list_from_elsewhere_says_who(
    database: Database,
    empty: Database,
    old: Settings,
    new: Settings,
    tmp_path: Path,
) -> None:
    lan = two_people(database)
    file, list_ = tmp_path / "b", tmp_path / "list.json"
    make.backup(database, old, file, None, utc_now())
    forget(database, lan)
    with database.read() as db:
        erasure_list.write(erasure_list.of(db), list_)
    restored = restore.restore(empty, new, file, None, utc_now(), replace=False)
    assert (restored.erased_again, restored.erasures_known) == (0, False)
    assert not is_forgotten(empty)
    restored = restore.restore(empty, new, file, None, utc_now(), replace=True, erasures=list_)
    assert (restored.erased_again, restored.erasures_known) == (1, True)
    assert is_forgotten(empty)


def test_the_file_that_the_beat_keeps_says_who(
    database: Database,
    empty: Database,
    old: Settings,
    new: Settings,
    tmp_path: Path,
) -> None:
    lan = two_people(database)
    file = tmp_path / "b"
    make.backup(database, old, file, None, utc_now())
    forget(database, lan)
    Beat(old, database, Queues(connect(old))).round(utc_now())
    new.state_dir.mkdir(parents=True, exist_ok=True)
    new.erasures_file.write_bytes(old.erasures_file.read_bytes())
    restored = restore.restore(empty, new, file, None, utc_now(), replace=False)
    assert restored.erased_again == 1
    assert is_forgotten(empty)
