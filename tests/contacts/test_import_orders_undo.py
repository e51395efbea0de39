"""Taking a file of orders back."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import delete, select

from campaign.contacts.csv_import import imports, orders
from campaign.db import Database
from campaign.errors import Refused
from campaign.models import ContactImport, ImportKind, ImportState, Order, OrderStatistics, OrderTouch
from campaign.storage import FileStore
from tests.contacts.test_imports import work
from tests.factories import make_contact

HEAD = "Mã KH,Số đơn,Ngày mua,Số tiền,Sản phẩm\n"


def take(database: Database, files: FileStore, now: datetime, rows: str) -> ContactImport:
    with database.write() as db:
        file = io.BytesIO((HEAD + rows).encode())
        begun = imports.upload(db, files, kind=ImportKind.ORDERS, file_name="o.csv", file=file, now=now)
        imports.ask_run_at_once(begun, begun.mapping, {"source": "shop"})
    return work(database, files, begun.id, now)


def undo(database: Database, files: FileStore, import_id: int, now: datetime) -> ContactImport:
    with database.write() as db:
        imports.ask_undo(db, db.get_one(ContactImport, import_id), now)
    return work(database, files, import_id, now)


def kept(database: Database) -> list[tuple[str, int, str]]:
    with database.read() as db:
        rows = db.scalars(select(Order).order_by(Order.number))
        return [(order.number, order.amount, order.product) for order in rows]


@pytest.fixture
def files(database: Database, tmp_path: Path) -> FileStore:
    with database.write() as db:
        make_contact(db, code="K1")
    return FileStore(tmp_path)


def test_what_it_brought_goes_and_what_it_changed_is_as_before(
    database: Database, files: FileStore, now: datetime
) -> None:
    take(database, files, now, "K1,D1,1/2/2026,100,Trà\n")
    second = take(database, files, now, "K1,D1,2/2/2026,150,Trà\nK1,D2,3/2/2026,70,\nK1,D2,3/2/2026,80,\n")
    assert kept(database) == [("D1", 150, "Trà"), ("D2", 80, "")]
    undone = undo(database, files, second.id, now)
    assert undone.state is ImportState.UNDONE
    assert undone.counts == {"removed": 1, "restored": 1, "kept": 0}
    assert kept(database) == [("D1", 100, "Trà")]
    with database.read() as db:
        assert db.scalars(select(OrderStatistics.amount)).all() == [100]
        assert db.scalars(select(Order.ordered_on)).one().isoformat() == "2026-02-01"
        assert second.id not in db.scalars(select(OrderTouch.import_id)).all()
    again = take(database, files, now, "K1,D2,3/2/2026,80,\n")
    assert again.counts["created"] == 1


def test_what_was_changed_since_stays(database: Database, files: FileStore, now: datetime) -> None:
    first = take(database, files, now, "K1,D1,1/2/2026,100,\nK1,D2,1/2/2026,100,\nK1,D3,1/2/2026,100,\n")
    take(database, files, now, "K1,D1,1/2/2026,120,\n")
    with database.write() as db:
        db.scalars(select(Order).where(Order.number == "D2")).one().product = "đổi tay"
    undone = undo(database, files, first.id, now)
    assert undone.counts == {"removed": 1, "restored": 0, "kept": 2}
    assert kept(database) == [("D1", 120, ""), ("D2", 100, "đổi tay")]


def test_a_later_file_that_changed_nothing_holds_nothing(
    database: Database, files: FileStore, now: datetime
) -> None:
    first = take(database, files, now, "K1,D1,1/2/2026,100,\n")
    assert take(database, files, now, "K1,D1,1/2/2026,100,\n").counts["unchanged"] == 1
    undo(database, files, first.id, now)
    assert kept(database) == []


def test_files_over_several_chunks_and_a_stop_on_the_way(
    database: Database, files: FileStore, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(orders, "CHUNK", 2)
    rows = "".join(f"K1,D{number},1/2/2026,{number},\n" for number in range(1, 6)) + "K1,D1,1/2/2026,9,\n"
    done = take(database, files, now, rows)
    assert done.counts["created"] == 5
    assert undo(database, files, done.id, now).counts["removed"] == 5
    assert kept(database) == []


def test_a_file_from_before_it_was_noted_is_refused(
    database: Database, files: FileStore, now: datetime
) -> None:
    done = take(database, files, now, "K1,D1,1/2/2026,100,\n")
    with database.write() as db:
        db.execute(delete(OrderTouch))
        with pytest.raises(Refused, match="no-undo-orders"):
            imports.ask_undo(db, db.get_one(ContactImport, done.id), now)
    assert kept(database) == [("D1", 100, "")]
