"""An import from upload to result, as workers and pages drive it."""

from __future__ import annotations

import io
import signal
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaign import audit
from campaign.clock import utc_now
from campaign.contacts.csv_import import imports, running
from campaign.contacts.csv_import.people import CHUNK
from campaign.db import Database
from campaign.errors import InvalidInput, Refused
from campaign.models import Contact, ContactFact, ContactImport, ImportKind, ImportState, ImportTouch
from campaign.storage import FileStore
from tests.factories import make_account, make_contact

CONTENT = "Họ tên,E-mail,Ghi chép\nLan,lan@example.com,x\nHoa,hỏng,\nMai,mai@example.com,\n".encode()


def upload(
    db: Session, files: FileStore, now: datetime, content: bytes = CONTENT, **facts: Any
) -> ContactImport:
    return imports.upload(
        db, files, kind=ImportKind.CONTACTS, file_name="khach.csv", file=io.BytesIO(content), now=now, **facts
    )


def work(database: Database, files: FileStore, import_id: int, now: datetime, **more: Any) -> ContactImport:
    assert running.work(running.Work(database, files, import_id, lambda: now, **more))
    return again(database, import_id)


def take_back_one(database: Database, files: FileStore, number: int, now: datetime) -> None:
    """Undo one of the finished imports, if there are any."""
    with database.write() as db:
        done = list(db.scalars(select(ContactImport).where(ContactImport.state == ImportState.FINISHED)))
        if not done:
            return
        chosen = done[number % len(done)]
        imports.ask_undo(db, chosen, now)
    assert work(database, files, chosen.id, now).state is ImportState.UNDONE


def again(database: Database, import_id: int) -> ContactImport:
    with database.read() as db:
        return db.get_one(ContactImport, import_id)


def take(
    database: Database,
    files: FileStore,
    now: datetime,
    content: bytes,
    mapped: Mapping[str, str] | None = None,
    **options: Any,
) -> ContactImport:
    """The whole way of a file."""
    with database.write() as db:
        begun = upload(db, files, now, content)
        imports.ask_run_at_once(begun, mapped or begun.mapping, options)
    return work(database, files, begun.id, now)


def people(database: Database) -> int:
    with database.read() as db:
        return db.scalar(select(func.count()).select_from(Contact)) or 0


def test_checked_then_run_and_never_twice(database: Database, now: datetime, tmp_path: Path) -> None:
    files = FileStore(tmp_path)
    with database.write() as db:
        account = make_account(db)
        make_contact(db, full_name="Mai", email="mai@example.com")
        begun = upload(db, files, now, account=account)
        assert begun.mapping == {"Họ tên": "full_name", "E-mail": "email"}
        imports.ask_check(begun, begun.mapping, {})
    checked = work(database, files, begun.id, now)
    assert checked.state is ImportState.CHECKED
    assert [(row["row"], row["became"]) for row in checked.preview] == [
        (2, "created"), (3, "refused"), (4, "unchanged")
    ]  # fmt: skip
    assert checked.preview[0]["facts"]["email"] == "lan@example.com"
    assert people(database) == 1
    expected = {
        "rows": 3, "created": 1, "changed": 0, "merged": 0, "unchanged": 1, "refused": 1, "consents": 0,
        "kept_silent": 0, "suppressed": 0,
    }  # fmt: skip
    assert checked.counts == expected

    with database.write() as db:
        imports.ask_run(db.get_one(ContactImport, begun.id))
    done = work(database, files, begun.id, now)
    assert (done.state, done.counts) == (ImportState.FINISHED, expected)
    with database.session() as db:
        assert [entry.row for entry in imports.refusals(db, done)] == [3]
        assert audit.verify(db) is None
        with pytest.raises(Refused):
            imports.ask_run(db.get_one(ContactImport, begun.id))
    assert not running.work(running.Work(database, files, begun.id, lambda: now))


def test_the_mapping_and_rule_of_the_last_file_of_a_source_are_remembered(
    database: Database, now: datetime, tmp_path: Path
) -> None:
    files = FileStore(tmp_path)
    mapped = {"Họ tên": "full_name", "E-mail": "email", "Ghi chép": "note"}
    take(database, files, now, CONTENT, mapped, rule="fill")
    with database.session() as db:
        again_ = upload(db, files, now)
        assert (again_.mapping, again_.options["rule"]) == (mapped, "fill")
        other = upload(db, files, now, "E-mail,Họ tên\nx@example.com,X\n".encode())
        assert other.options["rule"] == ""


def test_a_file_that_is_no_table_leaves_nothing_behind(db: Session, now: datetime, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput):
        upload(db, FileStore(tmp_path / "files"), now, b"a\0b")
    assert [path for path in (tmp_path / "files").rglob("*") if path.is_file()] == []
    assert db.scalar(select(func.count()).select_from(ContactImport)) == 0


def many(count: int) -> bytes:
    rows = "".join(f"Người {n},n{n}@example.com,{'hỏng' if n % 500 == 7 else ''}\n" for n in range(count))
    return f"Họ tên,E-mail,Ngày sinh\n{rows}".encode()


def test_a_worker_that_stops_leaves_the_rest_to_the_next(
    database: Database, now: datetime, tmp_path: Path
) -> None:
    files = FileStore(tmp_path)
    with database.write() as db:
        begun = upload(db, files, now, many(5000))
        imports.ask_run_at_once(begun, begun.mapping, {})
    told: list[int] = []
    first = running.Work(
        database, files, begun.id, lambda: now, stopping=lambda: bool(told), tell=told.append
    )
    assert not running.work(first)
    assert again(database, begun.id).rows_done == CHUNK
    done = work(database, files, begun.id, now)
    assert (done.counts["rows"], done.counts["created"], done.counts["refused"]) == (5000, 4990, 10)
    assert people(database) == 4990
    with database.read() as db:
        assert len(imports.refusals(db, done)) == 10


def test_two_workers_do_not_take_the_same_file(database: Database, now: datetime, tmp_path: Path) -> None:
    files = FileStore(tmp_path)
    with database.write() as db:
        begun = upload(db, files, now, many(10))
        imports.ask_run_at_once(begun, begun.mapping, {})
        begun.lease, begun.leased_until = "another", now + timedelta(seconds=30)
    work_ = running.Work(database, files, begun.id, lambda: now)
    assert not running.work(work_)
    with database.read() as db:
        assert running.waiting(db, now) == []
        assert running.waiting(db, now + timedelta(seconds=31)) == [begun.id]
    work(database, files, begun.id, now + timedelta(seconds=31))
    assert people(database) == 9  # the eighth has no birthday that a calendar knows


# by itself, so that the kill strikes on the way however slow the machine: soon after the first chunk was told
KILLED = """
import os, signal, sys, threading
from pathlib import Path
from campaign.clock import utc_now
from campaign.contacts.csv_import import running
from campaign.db import Database
from campaign.storage import FileStore
end = threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGKILL))
work = running.Work(
    Database(sys.argv[1]), FileStore(Path(sys.argv[2])), int(sys.argv[3]), utc_now,
    tell=lambda done: end.is_alive() or end.start(),
)
running.work(work)
"""


def test_a_worker_that_is_killed_loses_no_row_and_doubles_none(database: Database, tmp_path: Path) -> None:
    files = FileStore(tmp_path)
    count = 30_000
    with database.write() as db:
        begun = upload(db, files, utc_now(), many(count))
        imports.ask_run_at_once(begun, begun.mapping, {})
    url = database.url.render_as_string(hide_password=False)
    arguments = (sys.executable, "-c", KILLED, url, str(tmp_path), str(begun.id))
    assert subprocess.run(arguments).returncode == -signal.SIGKILL
    stopped = again(database, begun.id)
    assert stopped.state is ImportState.RUNNING
    assert 0 < stopped.rows_done < count
    later = utc_now() + timedelta(minutes=5)
    done = work(database, files, begun.id, later)
    refused = sum(n % 500 == 7 for n in range(count))
    assert (done.counts["rows"], done.counts["created"]) == (count, count - refused)
    assert people(database) == count - refused
    with database.read() as db:
        assert db.scalar(select(func.count()).select_from(ContactFact)) == 2 * (count - refused)
        assert db.scalar(select(func.count()).select_from(ImportTouch)) == count - refused
        assert len(imports.refusals(db, done)) == refused


def test_a_file_that_ends_in_rubbish_says_why_it_stopped(
    database: Database, now: datetime, tmp_path: Path
) -> None:
    files = FileStore(tmp_path)
    with database.write() as db:
        begun = upload(db, files, now, many(10))
        imports.ask_run_at_once(begun, begun.mapping, {})
        files.path(begun.file_key).write_bytes(many(10) + b'"\n')
    stopped = work(database, files, begun.id, now)
    assert (stopped.state, stopped.error["key"]) == (ImportState.UPLOADED, "contacts-import-quotes")


def test_what_was_taken_in_before_it_stopped_can_be_taken_back(
    database: Database, now: datetime, tmp_path: Path
) -> None:
    files = FileStore(tmp_path)
    with database.write() as db:
        begun = upload(db, files, now, many(CHUNK + 500))
        imports.ask_run_at_once(begun, begun.mapping, {})
        files.path(begun.file_key).write_bytes(many(CHUNK + 500) + b'"\n')
    stopped = work(database, files, begun.id, now)
    assert (stopped.state, stopped.rows_done) == (ImportState.FINISHED, CHUNK)
    assert stopped.error["key"] == "contacts-import-quotes"
    with database.write() as db:
        imports.ask_undo(db, db.get_one(ContactImport, begun.id), now)
    assert work(database, files, begun.id, now).counts["removed"] == CHUNK - CHUNK // 500
    assert people(database) == 0


def test_orders_go_the_same_way(database: Database, now: datetime, tmp_path: Path) -> None:
    files = FileStore(tmp_path)
    content = b"Customer code,Order number,Date,Total\nK1,D1,2026-03-01,120000\nK2,D2,2026-03-01,1\n"
    with database.write() as db:
        make_contact(db, code="K1")
        begun = imports.upload(
            db, files, kind=ImportKind.ORDERS, file_name="don.csv", file=io.BytesIO(content), now=now
        )
        imports.ask_check(begun, begun.mapping, {})
    checked = work(database, files, begun.id, now)
    assert [(row["row"], row["became"]) for row in checked.preview] == [(3, "refused")]
    with database.write() as db:
        imports.ask_run(db.get_one(ContactImport, begun.id))
    done = work(database, files, begun.id, now)
    assert (done.counts["created"], done.counts["refused"], done.rows_done) == (1, 1, 2)
    with database.write() as db:
        assert len(imports.refusals(db, done)) == 1
        imports.ask_undo(db, db.get_one(ContactImport, begun.id), now)
    assert work(database, files, begun.id, now).counts["removed"] == 1
