"""Erasure reaches what imports hold of a person; their export tells of it."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.care import erasure, retention
from campaign.clock import utc_now
from campaign.contacts import profile
from campaign.db import Database
from campaign.links import Addresses, Signer
from campaign.models import Contact, ContactImport, ImportRefusal, ImportState, ImportTouch, OrderTouch
from campaign.report.person import sections
from campaign.storage import FileStore
from tests.factories import make_contact, make_order

WHERE = Addresses(Signer(b"k" * 32), "https://house.example.com", "reply.example.com")


def an_import(db: Session, files: FileStore, name: str, state: ImportState) -> ContactImport:
    stored = files.put(f"imports/{name}", b"lan@example.com")
    begun = ContactImport(
        file_name=name, file_key=stored.key, sha256=stored.sha256, state=state, created_at=utc_now(),
        preview=[{"facts": {"email": "lan@example.com"}}],
    )  # fmt: skip
    db.add(begun)
    db.flush()
    return begun


def refuse(db: Session, begun: ContactImport, row: int, *cells: str) -> None:
    db.add(ImportRefusal(import_id=begun.id, row=row, reason="x", values={}, cells=list(cells)))


def a_house(db: Session, files: FileStore) -> tuple[Contact, list[ContactImport]]:
    lan = make_contact(db, email="Lan@example.com", phone="0912 345 678")
    brought, other, refused, running = (
        an_import(db, files, f"{number}.csv", state)
        for number, state in enumerate([ImportState.FINISHED] * 3 + [ImportState.RUNNING])
    )
    for one in (brought, running):
        db.add(ImportTouch(import_id=one.id, contact_id=lan.id))
    refuse(db, other, 2, "Hoa", "hoa@example.com", "0988 111 222")
    refuse(db, refused, 7, "Lan", "LAN@example.com", "")
    refuse(db, refused, 8, "Lan?", "", "+84 912.345.678")
    db.commit()
    return lan, [brought, other, refused, running]


def test_an_erasure_takes_refused_rows_at_once_and_files_with_the_next_clearing(
    database: Database, db: Session, tmp_path: Path
) -> None:
    files = FileStore(tmp_path)
    lan, imports = a_house(db, files)
    keys = [one.file_key for one in imports]
    erasure.erase(db, lan, WHERE, reason="asked", actor=None, now=utc_now())
    db.commit()
    assert [row.row for row in db.scalars(select(ImportRefusal))] == [2]
    db.commit()
    retention.keep(db, {retention.FILES: None}, None, utc_now())  # no rule for uploads
    db.commit()
    gone = retention.apply(database, files, utc_now)
    # a worker still reads the last one
    assert [files.path(key).exists() for key in keys] == [False, True, False, True]
    assert gone[retention.FILES] == 2
    db.expire_all()
    assert [bool(one.preview) for one in imports] == [False, True, False, False]
    imports[3].state = ImportState.FINISHED
    db.commit()
    retention.apply(database, files, lambda: utc_now() + timedelta(days=1))
    assert not files.path(keys[3]).exists()


def test_an_export_tells_of_refused_rows(db: Session, tmp_path: Path) -> None:
    lan, _ = a_house(db, FileStore(tmp_path))
    told = {section.name: list(section.rows()) for section in sections.of(db, lan)}["imports"]
    text = json.dumps(told, default=str)
    assert "+84 912.345.678" in text
    assert "LAN@example.com" in text
    assert "hoa@example.com" not in text


def rows_left(db: Session) -> list[int]:
    return list(db.scalars(select(ImportRefusal.row).order_by(ImportRefusal.row)))


def test_nobody_goes_along_whose_address_only_holds_theirs(db: Session, tmp_path: Path) -> None:
    """And what goes is found at every address that the person ever had."""
    an = make_contact(db, email="an@example.com", phone="")
    profile.change(db, an, {"email": "an.moi@example.com"}, source="page", now=utc_now())
    of_others, of_an = (
        an_import(db, FileStore(tmp_path), name, ImportState.FINISHED) for name in ("1.csv", "2.csv")
    )
    for row, cell in enumerate(
        ("lan@example.com", "an@example.com.vn", "to-an@example.com", "x.an@example.com", "an@example.com-x"),
        2,
    ):
        refuse(db, of_others, row, "Lan", cell)
    for row, cell in enumerate(("<AN@example.com>", "an@example.com.", "a@b.vn; an.moi@example.com"), 20):
        refuse(db, of_an, row, "An", cell)
    db.commit()
    told = {section.name: list(section.rows()) for section in sections.of(db, an)}["imports"]
    assert [row["row"] for row in told] == [20, 21, 22]
    erasure.erase(db, an, WHERE, reason="asked", actor=None, now=utc_now())
    db.commit()
    assert rows_left(db) == [2, 3, 4, 5, 6]
    assert (of_others.file_forgotten, of_an.file_forgotten) == (False, True)


def test_a_file_of_orders_with_one_of_theirs_is_forgotten(db: Session, tmp_path: Path) -> None:
    lan, hoa = make_contact(db), make_contact(db)
    theirs, of_others = (
        an_import(db, FileStore(tmp_path), name, ImportState.FINISHED) for name in ("don1.csv", "don2.csv")
    )
    for begun, contact in ((theirs, lan), (of_others, hoa)):
        db.add(OrderTouch(import_id=begun.id, order_id=make_order(db, contact).id, before={}, after={}))
    erasure.erase(db, lan, WHERE, reason="asked", actor=None, now=utc_now())
    db.commit()
    assert (theirs.file_forgotten, of_others.file_forgotten) == (True, False)
