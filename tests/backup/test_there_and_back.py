"""A backup taken while others write, restored into an empty installation: whole, locked, and safe to open."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaign import audit, migrations
from campaign.backup import make, postgres, restore
from campaign.backup.sealed import Secret
from campaign.beat import Beat
from campaign.campaigns import unlock
from campaign.clock import utc_now
from campaign.config import Settings
from campaign.db import Database
from campaign.dispatch import control, lock, moves, send
from campaign.dispatch.lane_report import Stop
from campaign.errors import IntegrityError, Refused, SetupError
from campaign.models import AuditEntry, Channel, DeliveryState, Mailing, MailingState
from campaign.queue import Queues, connect
from campaign.storage import FileStore
from tests.dispatch.making import make_mailing, rows_of, states

SECRET = Secret(passphrase=b"tra sen mua ha")
pytestmark = pytest.mark.usefixtures("postgres_programs")


def _running(db: Session, settings: Settings) -> Mailing:
    """Five recipients: two of them in a sender's hands."""
    now = utc_now()
    mailing = make_mailing(db, now, people=5)
    control.start(db, mailing, now)
    lock.check(db, settings, now)
    assert len(moves.claim(db, mailing.id, Channel.EMAIL, "a lane", 2, now)) == 2
    db.commit()
    return mailing


def test_restored_it_is_whole_and_locked_and_a_person_opens_it(
    database: Database, db: Session, old: Settings, new: Settings, empty: Database, tmp_path: Path
) -> None:
    mailing = _running(db, old)
    before = states(db, mailing)
    held = before[DeliveryState.CLAIMED]
    FileStore(old.files_dir).put("print_runs/1.pdf", b"%PDF-1.7 letters")
    file = tmp_path / "monday.backup"
    db.close()
    made = make.backup(database, old, file, SECRET, utc_now())
    assert made.counts["delivery"] == 5
    assert file.stat().st_mode & 0o777 == 0o600
    assert b"p1@example.com" not in file.read_bytes()

    restore.restore(empty, new, file, SECRET, utc_now(), replace=False)
    assert FileStore(new.files_dir).get("print_runs/1.pdf") == b"%PDF-1.7 letters"
    with empty.read() as there:
        assert audit.verify(there) is None
        locked = lock.look(there, new)
        assert locked is not None
        assert locked.restored
        assert locked.backup_made_at == made.at

    # nothing moves: neither a lane, nor the beat
    later = utc_now() + timedelta(minutes=3)
    report = send.run_email_lane(empty, new, mailing.id, clock=lambda: later)
    assert (report.stop, report.outcomes) == (Stop.NOT_RUNNING, {})
    assert "campaign db unlock" in report.detail
    Beat(new, empty, Queues(connect(new))).round(later)
    with empty.session() as there:
        assert states(there, there.get_one(Mailing, mailing.id)) == before

    with empty.write() as there:
        found = unlock.unlock(there, new, None, later)
    assert (found.mailings, found.waiting, found.held) == (1, 5 - held, held)
    with empty.session() as there:
        restored = there.get_one(Mailing, mailing.id)
        assert restored.state is MailingState.PAUSED
        after = states(there, restored)
        assert after[DeliveryState.UNKNOWN] == held
        assert after.get(DeliveryState.QUEUED, 0) == 5 - held
        assert lock.look(there, new) is None
        # what a sender of the old installation held may be sent again by a person only
        assert all(row.settled_at for row in rows_of(there, restored) if row.state == DeliveryState.UNKNOWN)
        entry = there.scalars(select(AuditEntry).where(AuditEntry.action == "dispatch.unlock")).one()
        assert (entry.detail["paused"], entry.detail["unknown"]) == (1, held)
        assert audit.verify(there) is None
    with empty.write() as there, pytest.raises(Refused, match="not-locked"):
        unlock.unlock(there, new, None, later)


def test_a_backup_under_load_is_of_one_moment(
    database: Database, db: Session, old: Settings, new: Settings, empty: Database, tmp_path: Path
) -> None:
    """A writer appends to the chain all the time; in the copy the chain is whole and the counts agree."""
    db.close()
    stop = threading.Event()
    written = 0

    def work() -> None:
        nonlocal written
        while not stop.is_set():
            with database.write() as here:
                audit.record(here, None, "test.write", "row", written, utc_now())
                FileStore(old.files_dir).put(f"raw/{written}", b"x" * 1000)
            written += 1

    writer = threading.Thread(target=work)
    writer.start()
    try:
        while written < 20:
            stop.wait(0.01)
        before = written
        made = make.backup(database, old, tmp_path / "b", None, utc_now())
        after = written
    finally:
        stop.set()
        writer.join()
    assert after > before, "the writer waited for the backup"
    manifest = restore.restore(empty, new, tmp_path / "b", None, utc_now(), replace=False).manifest
    assert manifest.counts == made.counts
    with empty.read() as there:
        assert audit.verify(there) is None
        copied = there.scalars(select(AuditEntry.noun_id).where(AuditEntry.action == "test.write")).all()
    assert before <= len(copied) <= after + 1
    # every file that a row of the copy names is in the backup
    assert all(FileStore(new.files_dir).path(f"raw/{number}").is_file() for number in copied)


def test_what_is_there_is_not_overwritten_by_mistake(
    database: Database, db: Session, old: Settings, new: Settings, empty: Database, tmp_path: Path
) -> None:
    _running(db, old)
    db.close()
    file = tmp_path / "b"
    make.backup(database, old, file, None, utc_now())
    with pytest.raises(SetupError, match="overwrites nothing"):
        make.backup(database, old, file, None, utc_now())
    migrations.upgrade(empty)
    restore.restore(empty, new, file, None, utc_now(), replace=False)
    with pytest.raises(SetupError, match="--replace"):
        restore.restore(empty, new, file, None, utc_now(), replace=False)
    with empty.write() as there:
        audit.record(there, None, "test.later", "row", 1, utc_now())
    restore.restore(empty, new, file, None, utc_now(), replace=True)
    with empty.read() as there:
        later = select(AuditEntry).where(AuditEntry.action == "test.later")
        assert there.scalar(later) is None
        assert there.scalar(select(func.count()).select_from(Mailing)) == 1
        assert lock.look(there, new) is not None
    # a restored installation can be backed up and restored once more
    second = tmp_path / "c"
    make.backup(empty, new, second, None, utc_now())
    restore.restore(empty, new, second, None, utc_now(), replace=True)


def test_a_folder_that_takes_no_file_is_named(database: Database, old: Settings) -> None:
    # into /proc nobody writes, not even root
    with pytest.raises(SetupError, match=r"/proc takes no file from us .*give it to the user"):
        make.backup(database, old, Path("/proc/monday.backup"), None, utc_now())


def test_a_damaged_backup_changes_nothing(
    database: Database, db: Session, old: Settings, new: Settings, empty: Database, tmp_path: Path
) -> None:
    _running(db, old)
    db.close()
    file = tmp_path / "b"
    make.backup(database, old, file, None, utc_now())
    good = file.read_bytes()
    restore.restore(empty, new, file, None, utc_now(), replace=False)
    for damaged in (good[: len(good) // 2], good[:-40], good[:3000] + bytes([good[3000] ^ 1]) + good[3001:]):
        file.write_bytes(damaged)
        with pytest.raises(IntegrityError):
            restore.restore(empty, new, file, None, utc_now(), replace=True)
    with empty.read() as there:
        assert there.scalar(select(func.count()).select_from(Mailing)) == 1


def test_programs_that_are_connected_are_named(
    database: Database,
    backend: str,
    db: Session,
    old: Settings,
    new: Settings,
    empty: Database,
    tmp_path: Path,
) -> None:
    if backend == "sqlite":
        pytest.skip("a supervisor's lock file says it on SQLite: tests/cli")
    make.backup(database, old, tmp_path / "b", None, utc_now())
    with empty.engine.connect(), pytest.raises(SetupError, match="1 other connections"):
        restore.restore(empty, new, tmp_path / "b", None, utc_now(), replace=False)


def test_a_missing_program_is_named(
    database: Database, backend: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if backend == "sqlite":
        pytest.skip("SQLite needs no programs")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(SetupError, match=r"pg_dump is not installed here.*apt-get install"):
        postgres.dump(database, tmp_path / "x")
