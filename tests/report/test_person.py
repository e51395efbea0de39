"""Everything held on one person: whole, theirs alone, with harmless names, and never in memory as a whole."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from campaign import audit, config
from campaign.contacts import consent, holds, in_charge, profile
from campaign.contacts.csv_import import imports, running
from campaign.db import Database
from campaign.i18n import LANGUAGES, has
from campaign.inbound import intake, process
from campaign.links import Addresses, Signer
from campaign.models import (
    Base,
    Channel,
    ConsentPurpose,
    Contact,
    EventKind,
    HoldReason,
    ImportKind,
    Order,
    Role,
)
from campaign.report.person import archive, page, sections
from campaign.storage import FileStore
from tests.factories import make_account, make_contact, make_delivery, make_order, make_sender
from tests.inbound.letters import answer
from tests.report.test_numbers import happen

SETTINGS = config.load({"CAMPAIGN_SECRET_KEY": "a key for tests"})


def unpacked(db: Session, contact: Contact, now: datetime) -> dict[str, bytes]:
    whole = b"".join(archive.pieces(db, SETTINGS, contact, now))
    with zipfile.ZipFile(io.BytesIO(whole)) as packed:
        assert packed.testzip() is None
        return {name: packed.read(name) for name in packed.namelist()}


def section(files: dict[str, bytes], name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(files[f"data/{name}.json"])
    return rows


def test_every_table_that_names_a_person_is_in_it() -> None:
    """Also one that nobody thought of: it is told as it stands. What names a delivery is told by name."""
    named = {table.name: set() for table in Base.metadata.sorted_tables}
    for table in Base.metadata.sorted_tables:
        named[table.name] |= {key.column.table.name for key in table.foreign_keys}
    people = {name for name, others in named.items() if "contact" in others}
    assert people <= set(sections.TOLD) | {table.name for table, _ in sections.untold()}
    assert {name for name, others in named.items() if "delivery" in others} <= set(sections.TOLD) | {"trial"}


def test_a_table_without_words_is_told_as_it_stands(
    db: Session, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    contact = make_contact(db)
    holds.place(db, contact, HoldReason.PAUSE, now=now, account=None, note="đi xa")
    monkeypatch.setattr(sections, "TOLD", {key: name for key, name in sections.TOLD.items() if key != "hold"})
    more = section(unpacked(db, contact, now), "more")
    assert [(row["table"], row["facts"]["note"]) for row in more] == [("hold", "đi xa")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_section_and_column_has_words(language: str) -> None:
    for name in {*sections.TOLD.values(), sections.MORE}:
        assert has(language, f"person-section-{name}")
    for table in sections.TOLD:
        for column in Base.metadata.tables[table].columns:
            key = column.name.replace("_", "-")
            if column.name not in sections.OURS and table not in (
                "audit_entry",
                "audience_member",
                "contact_tag",
                "import_touch",
            ):
                words = has(language, f"person-column-{key}") or has(language, f"contacts-field-{key}")
                assert words, f"{table}.{column.name}"


def test_all_that_is_held_is_in_it_and_nothing_of_others(
    database: Database, now: datetime, tmp_path: Path
) -> None:
    ours = Addresses(Signer(SETTINGS.secret_key), SETTINGS.base_url, SETTINGS.inbound_domain)
    files = FileStore(tmp_path)
    with database.write() as db:
        begun = imports.upload(
            db, files, kind=ImportKind.CONTACTS, file_name="hội chợ.csv", now=now,
            file=io.BytesIO("Tên,Email,Tags\nLan <b>,lan@example.com,vip\n".encode()),
        )  # fmt: skip
        imports.ask_run_at_once(begun, begun.mapping, {"source": "fair"})
    assert running.work(running.Work(database, files, begun.id, lambda: now))
    with database.write() as db:
        lan = db.query(Contact).filter_by(email_key="lan@example.com").one()
        other = make_contact(db, full_name="Người Khác", email="khac@example.com", note="bí mật")
        sender = make_sender(db)
        profile.change(db, lan, {"note": "thích trà sen"}, source="form", now=now)
        terms = consent.Terms("Tôi đồng ý.", method="form")
        consent.grant(
            db, lan, sender.id, Channel.EMAIL, ConsentPurpose.MARKETING, terms, source="web", now=now
        )
        holds.place(db, lan, HoldReason.PAUSE, now=now, account=None, note="đi xa")
        make_order(db, lan)
        make_order(db, other)
        delivery = make_delivery(db, contact=lan, address=lan.email, address_key=lan.email_key)
        make_delivery(db, contact=other)
        happen(db, delivery.id, EventKind.OPEN)
        mail = intake.store(db, answer("Cảm ơn nhé", "lan@example.com"), "lan@example.com",
                            ours.reply(delivery.id), now)  # fmt: skip
        process.process(db, Signer(SETTINGS.secret_key), mail.id, now)
        audit.record(db, None, "export.person", "contact", lan.id, now, reason="asked")
    with database.read() as db:
        found = unpacked(db, db.get_one(Contact, lan.id), now)
    assert section(found, "profile")[0]["note"] == "thích trà sen"
    assert section(found, "profile")[0]["tags"] == ["vip"]
    assert {row["field"] for row in section(found, "facts")} >= {"email", "note"}
    assert section(found, "consents")[0]["wording"] == "Tôi đồng ý."
    assert section(found, "holds")[0]["note"] == "đi xa"
    assert len(section(found, "orders")) == len(section(found, "statistics")) == 1
    assert [row["message_number"] for row in section(found, "messages")] == [delivery.id]
    assert {row["kind"] for row in section(found, "events")} == {"open", "reply"}
    assert "Cảm ơn" in section(found, "replies")[0]["text"]
    assert section(found, "imports")[0]["source"] == "fair"
    assert section(found, "log")[-1]["action"] == "export.person"
    assert any(b"lan@example.com" in data for name, data in found.items() if name.startswith("replies/"))
    html = found["index.html"].decode()
    assert "Lan &lt;b&gt;" in html
    assert "<b>" not in html
    assert "Dữ liệu chúng tôi lưu về" in html
    everything = b"\n".join(found.values()).decode()
    assert not any(word in everything for word in ("khac@example.com", "Người Khác", "bí mật"))


def test_a_person_reads_it_in_their_language(db: Session, now: datetime) -> None:
    english = make_contact(db, full_name="Ann", language="en")
    assert b"What we hold on Ann" in unpacked(db, english, now)["index.html"]
    assert page.language_of("zh") == "en"


def test_values_are_told_in_words(db: Session, now: datetime) -> None:
    colleague = make_account(db, Role.CARE, name="Trần Văn Hùng")
    contact = make_contact(
        db, birth_calendar="lunar", birth_day=1, birth_month=11, relationship_level="accountable",
        traits={"interests": "trà đạo"}, language="vi",
    )  # fmt: skip
    in_charge.hand_over(db, contact, colleague, source="form", now=now)
    files = unpacked(db, contact, now)
    html = files["index.html"].decode()
    for words in ("âm lịch", "Sinh nhật: ngày", "Trách nhiệm", "Sở thích: trà đạo", "Tiếng Việt"):
        assert words in html, words
    for raw in ("accountable", "lunar", "search words", contact.search_words):
        assert raw not in html, raw
    changes = section(files, "facts")
    assert [fact["new"] for fact in changes if fact["field"] == "owner_id"] == ["Trần Văn Hùng"]


def test_names_in_the_archive_are_ours(db: Session, now: datetime) -> None:
    """A subject, a code or a name that looks like a path goes nowhere."""
    contact = make_contact(db, full_name="../../etc/passwd", code="../../KH1")
    delivery = make_delivery(db, contact=contact)
    ours = Addresses(Signer(SETTINGS.secret_key), SETTINGS.base_url, SETTINGS.inbound_domain)
    raw = answer("x", "a@example.com").replace(b"Subject: ", b"Subject: ../../../tmp/evil ", 1)
    mail = intake.store(db, raw, "a@example.com", ours.reply(delivery.id), now)
    process.process(db, Signer(SETTINGS.secret_key), mail.id, now)
    names = list(unpacked(db, contact, now))
    assert any(name.startswith("replies/") for name in names)
    for name in names:
        assert ".." not in name
        assert not name.startswith("/")
        assert name.split("/")[0] in {"index.html", "data", "messages", "replies"}


def test_it_is_sent_as_it_is_read(db: Session, now: datetime) -> None:
    contact = make_contact(db)
    orders = [
        {"contact_id": contact.id, "number": f"{number}", "ordered_on": now.date(), "amount": number}
        for number in range(3_000)
    ]
    db.execute(insert(Order), orders)
    pieces = list(archive.pieces(db, SETTINGS, contact, now))
    whole = sum(map(len, pieces))
    assert len(pieces) > 1_000
    assert max(map(len, pieces)) < whole / 2
