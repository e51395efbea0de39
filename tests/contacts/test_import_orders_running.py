"""Orders are taken in as people are: chunk by chunk, going on after a crash, telling how far it is."""

from __future__ import annotations

import io
import signal
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from campaign.clock import utc_now
from campaign.contacts.csv_import import imports, orders, running
from campaign.db import Database
from campaign.models import ContactImport, ImportKind, ImportState, Order, OrderTouch
from campaign.storage import FileStore
from tests.contacts.test_imports import KILLED, again, work
from tests.factories import make_contact

HEAD = "Mã KH,Số đơn,Ngày mua,Số tiền\n"


def many(count: int) -> str:
    """One in ten without an amount."""
    return HEAD + "".join(f"K1,D{n},1/2/2026,{'' if n % 10 == 7 else n}\n" for n in range(count))


def begin(database: Database, files: FileStore, now: datetime, text: str) -> ContactImport:
    with database.write() as db:
        if not db.scalar(select(func.count()).select_from(ContactImport)):
            make_contact(db, code="K1")
        begun = imports.upload(
            db, files, kind=ImportKind.ORDERS, file_name="don.csv", file=io.BytesIO(text.encode()), now=now
        )
        imports.ask_run_at_once(begun, begun.mapping, {})
    return begun


def kept(database: Database) -> int:
    with database.read() as db:
        return db.scalar(select(func.count()).select_from(Order)) or 0


def test_the_counts_grow_with_each_chunk(
    database: Database, now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(orders, "CHUNK", 20)
    files = FileStore(tmp_path)
    begun = begin(database, files, now, many(50))
    seen: list[tuple[int, int, int]] = []

    def look(done: int) -> None:
        at = again(database, begun.id)
        seen.append((at.rows_done, at.counts["created"], at.counts["refused"]))

    work(database, files, begun.id, now, tell=look)
    assert seen == [(20, 18, 2), (40, 36, 4), (50, 45, 5)]


def test_the_check_tells_how_far_it_is_and_keeps_nothing(
    database: Database, now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(orders, "CHUNK", 20)
    files = FileStore(tmp_path)
    begun = begin(database, files, now, many(50))
    with database.write() as db:
        row = db.get_one(ContactImport, begun.id)
        row.state = ImportState.UPLOADED
        imports.ask_check(row, row.mapping, {})
    seen: list[int] = []
    checked = work(
        database,
        files,
        begun.id,
        now,
        tell=lambda done: seen.append(again(database, begun.id).counts["created"]),
    )
    assert seen == [18, 36, 45]
    assert (checked.counts["created"], checked.counts["refused"], kept(database)) == (45, 5, 0)


def test_a_worker_that_stops_leaves_the_rest_to_the_next(
    database: Database, now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(orders, "CHUNK", 20)
    files = FileStore(tmp_path)
    begun = begin(database, files, now, many(50))
    told: list[int] = []
    first = running.Work(database, files, begun.id, lambda: now, enough=lambda: bool(told), tell=told.append)
    assert not running.work(first)
    assert (again(database, begun.id).rows_done, kept(database)) == (20, 18)
    done = work(database, files, begun.id, now)
    assert (done.counts["rows"], done.counts["created"], done.counts["unchanged"]) == (50, 45, 0)
    assert (done.counts["refused"], kept(database)) == (5, 45)
    with database.write() as db:
        assert len(imports.refusals(db, done)) == 5
        imports.ask_undo(db, db.get_one(ContactImport, begun.id), now)
    assert work(database, files, begun.id, now).counts["removed"] == 45


def test_a_worker_that_is_killed_loses_no_row_and_doubles_none(database: Database, tmp_path: Path) -> None:
    files = FileStore(tmp_path)
    count = 20_000
    begun = begin(database, files, utc_now(), many(count))
    url = database.url.render_as_string(hide_password=False)
    arguments = (sys.executable, "-c", KILLED, url, str(tmp_path), str(begun.id))
    assert subprocess.run(arguments).returncode == -signal.SIGKILL
    stopped = again(database, begun.id)
    assert stopped.state is ImportState.RUNNING
    assert 0 < stopped.rows_done < count
    assert stopped.counts["created"] == kept(database)
    done = work(database, files, begun.id, utc_now() + timedelta(minutes=5))
    refused = count // 10
    assert (done.counts["rows"], done.counts["created"]) == (count, count - refused)
    assert (done.counts["unchanged"], done.counts["refused"]) == (0, refused)
    with database.read() as db:
        assert db.scalar(select(func.count()).select_from(OrderTouch)) == count - refused
        assert len(imports.refusals(db, done)) == refused


def test_a_file_of_orders_may_be_as_long_as_one_of_people(
    database: Database, now: datetime, tmp_path: Path
) -> None:
    files = FileStore(tmp_path)
    text = HEAD + "K9,D1,1/2/2026,1\n" * 200_001
    with database.write() as db:
        begun = imports.upload(
            db, files, kind=ImportKind.ORDERS, file_name="don.csv", file=io.BytesIO(text.encode()), now=now
        )
    assert begun.options["rows"] == 200_001
