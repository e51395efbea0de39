"""Erasure reaches what imports hold of a person; their export tells of it."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.care import erasure, retention
from campaign.clock import utc_now
from campaign.db import Database
from campaign.links import Addresses, Signer
from campaign.models import Contact, ContactImport, ImportRefusal, ImportState, ImportTouch
from campaign.report.person import sections
from campaign.storage import FileStore
from tests.factories import make_contact

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
