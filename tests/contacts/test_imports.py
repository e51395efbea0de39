"""An import from upload to result."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaign import audit
from campaign.contacts.csv_import import imports
from campaign.contacts.csv_import.people import Plan
from campaign.db import Database
from campaign.errors import InvalidInput, Refused
from campaign.models import Contact, ContactImport, ImportKind, ImportState
from campaign.storage import FileStore
from tests.factories import make_account, make_contact

CONTENT = "Họ tên,E-mail,Ghi chép\nLan,lan@example.com,x\nHoa,hỏng,\nMai,mai@example.com,\n".encode()


def test_upload_preview_finish_and_never_twice(db: Session, now: datetime, tmp_path: Path) -> None:
    files = FileStore(tmp_path)
    account = make_account(db)
    make_contact(db, full_name="Mai", email="mai@example.com")
    begun = imports.upload(
        db,
        files,
        kind=ImportKind.CONTACTS,
        file_name="khach.csv",
        file=io.BytesIO(CONTENT),
        now=now,
        account=account,
    )
    assert begun.mapping == {"Họ tên": "full_name", "E-mail": "email"}
    table = imports.table_of(files, begun)
    plan = Plan(begun.mapping, f"import:{begun.id}")
    shown = imports.preview(db, table, ImportKind.CONTACTS, plan, now=now)
    assert [(row.number, row.became) for row in shown] == [(2, "created"), (3, "refused"), (4, "unchanged")]
    assert shown[0].facts["email"] == "lan@example.com"
    assert db.scalar(select(func.count()).select_from(Contact)) == 1

    imports.finish(db, table, begun, plan, now=now, account=account)
    assert begun.state is ImportState.FINISHED
    assert begun.counts == {
        "rows": 3, "created": 1, "changed": 0, "unchanged": 1, "refused": 1, "consents": 0, "kept_silent": 0,
    }  # fmt: skip
    assert [entry["row"] for entry in begun.refused] == [3]
    assert audit.verify(db) is None
    with pytest.raises(Refused):
        imports.finish(db, table, begun, plan, now=now)


def test_the_mapping_of_the_last_file_is_remembered(db: Session, now: datetime, tmp_path: Path) -> None:
    files = FileStore(tmp_path)
    first = imports.upload(
        db, files, kind=ImportKind.CONTACTS, file_name="a.csv", file=io.BytesIO(CONTENT), now=now
    )
    mapped = {"Họ tên": "full_name", "E-mail": "email", "Ghi chép": "note"}
    imports.finish(db, imports.table_of(files, first), first, Plan(mapped, "x"), now=now)
    again = imports.upload(
        db, files, kind=ImportKind.CONTACTS, file_name="b.csv", file=io.BytesIO(CONTENT), now=now
    )
    assert again.mapping == mapped


def test_a_file_that_is_no_table_leaves_nothing_behind(db: Session, now: datetime, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput):
        imports.upload(
            db,
            FileStore(tmp_path / "files"),
            kind=ImportKind.CONTACTS,
            file_name="a.csv",
            file=io.BytesIO(b"a\0b"),
            now=now,
        )
    assert [path for path in (tmp_path / "files").rglob("*") if path.is_file()] == []
    assert db.scalar(select(func.count()).select_from(ContactImport)) == 0


def test_an_import_that_was_cut_off_is_finished_by_starting_again(
    database: Database, now: datetime, tmp_path: Path
) -> None:
    content = ("ten,mail\n" + "".join(f"Người {n},n{n}@example.com\n" for n in range(1200))).encode()
    files = FileStore(tmp_path / "files")
    with database.session() as db:
        begun = imports.upload(
            db, files, kind=ImportKind.CONTACTS, file_name="a.csv", file=io.BytesIO(content), now=now
        )
        plan = Plan({"ten": "full_name", "mail": "email"}, "x")
        table = imports.table_of(files, begun)
        db.commit()

        def commit_once_then_die(done: int) -> None:
            if db.scalar(select(func.count()).select_from(Contact)) > 600:
                raise KeyboardInterrupt
            db.commit()

        with pytest.raises(KeyboardInterrupt):
            imports.finish(db, table, begun, plan, now=now, progress=commit_once_then_die)
        db.rollback()
        assert db.scalar(select(func.count()).select_from(Contact)) == 500
        imports.finish(db, table, begun, plan, now=now, progress=lambda done: db.commit())
        db.commit()
        assert (begun.counts["created"], begun.counts["unchanged"]) == (700, 500)
        assert db.scalar(select(func.count()).select_from(Contact)) == 1200
