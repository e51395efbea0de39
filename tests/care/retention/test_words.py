"""Words of replies, files of print runs, orders of erased people: what goes and what stays, on every page."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaign.care import erasure, inbox
from campaign.care.retention import kind, mail
from campaign.clock import utc_now
from campaign.contacts import order_statistics
from campaign.db import Database
from campaign.links import Addresses, Signer
from campaign.models import (
    Channel,
    Contact,
    InboundMail,
    InboundState,
    Order,
    OrderStatistics,
    PrintRun,
    PrintRunState,
    Reply,
    ReplyState,
    Role,
)
from campaign.report.timeline import Kind, of_contact
from campaign.storage import FileStore
from tests.care.retention.clearing import clear, plans_of
from tests.conftest import NOW
from tests.factories import make_account, make_contact, make_delivery, make_mailing, make_order

DAYS = 400
LATER = NOW + timedelta(days=DAYS + 10)
WHERE = Addresses(Signer(b"k" * 32), "https://house.example.com", "reply.example.com")


@pytest.fixture
def files(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files")


def a_reply(db: Session, state: ReplyState, number: int, **facts: object) -> Reply:
    raw = InboundMail(
        sha256=str(number), envelope_from="lan@example.com", envelope_to="r@reply.example.com",
        raw=b"From: lan@example.com", state=InboundState.PARSED, received_at=NOW,
    )  # fmt: skip
    db.add(raw)
    db.flush()
    delivery = make_delivery(db)
    words = {
        "from_address": "lan@example.com", "subject": "Trà", "text": "Cho tôi hai hộp",
        "full_text": "Cho tôi hai hộp > cũ", "received_at": NOW,
    }  # fmt: skip
    reply = Reply(
        channel=Channel.EMAIL, inbound_mail_id=raw.id, delivery_id=delivery.id, state=state,
        contact_id=delivery.contact_id, **(words | facts),
    )  # fmt: skip
    db.add(reply)
    db.flush()
    return reply


def test_words_go_with_their_mail_and_the_fact_stays(
    database: Database, files: FileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kind, "BATCH", 2)
    with database.write() as db:
        done = [a_reply(db, state, n) for n, state in enumerate((ReplyState.ANSWERED, ReplyState.CLOSED) * 2)]
        waits = a_reply(db, ReplyState.OPEN, 10)
        young = a_reply(db, ReplyState.CLOSED, 11, received_at=LATER)
    assert clear(database, files, "reply-words", LATER, DAYS) == 4
    with database.write() as db:
        for reply in db.scalars(select(Reply).where(Reply.id.in_([one.id for one in done]))).all():
            assert (reply.from_address, reply.subject, reply.text, reply.full_text) == ("", "", "", "")
            assert (reply.contact_id is not None, reply.received_at) == (True, NOW)
            raw = db.get_one(InboundMail, reply.inbound_mail_id)
            assert (raw.raw, raw.envelope_from) == (b"", "")
        for kept in (waits, young):
            assert db.get_one(Reply, kept.id).text == "Cho tôi hai hộp"
            assert db.get_one(InboundMail, kept.inbound_mail_id).raw != b""
        page = of_contact(db, done[0].contact_id, now=LATER, zone=ZoneInfo("Asia/Ho_Chi_Minh"))
        replied = [entry for entry in page.entries if entry.kind is Kind.REPLIED]
        assert [(entry.text, entry.title) for entry in replied] == [("", "")]
        # a person may open it again, and write to the address that the profile has
        clerk = make_account(db, Role.CARE)
        inbox.reopen(db, db.get_one(Reply, done[0].id), clerk, LATER)
    assert clear(database, files, "reply-words", LATER, DAYS) == 0


def test_the_oldest_words_are_found_by_an_index(database: Database, files: FileStore) -> None:
    with database.write() as db:
        a_reply(db, ReplyState.CLOSED, 1)
    with plans_of(database.engine, "reply") as plans:
        assert clear(database, files, "reply-words", LATER, DAYS) == 1
    assert plans
    # SQLite would look for the state of three kinds of replies, which are all there are
    assert [plan for plan in plans if "ix_reply_words" not in plan] == []
    assert mail.KINDS[1].default is None


def test_files_of_posted_runs_go_and_their_numbers_stay(database: Database, files: FileStore) -> None:
    with database.write() as db:
        mailing = make_mailing(db)
        posted = {PrintRunState.MADE: None, PrintRunState.PRINTED: None, PrintRunState.POSTED: NOW}
        runs = []
        for state, at in [*posted.items(), (PrintRunState.POSTED, LATER)]:
            keys = [
                files.put(f"print-runs/{len(runs)}.{end}", b"Lan, 7 Hang Be").key for end in ("pdf", "zip")
            ]
            run = PrintRun(
                mailing_id=mailing.id, state=state, letters=2, pages=3, pdf_key=keys[0], zip_key=keys[1],
                pdf_sha256="a" * 64, created_at=NOW, posted_at=at,
            )  # fmt: skip
            db.add(run)
            db.flush()
            runs.append(run.id)
    assert clear(database, files, "print-files", LATER, DAYS) == 1
    with database.read() as db:
        rows = [db.get_one(PrintRun, number) for number in runs]
        assert [bool(run.pdf_key) and bool(run.zip_key) for run in rows] == [True, True, False, True]
        assert (rows[2].letters, rows[2].pages, rows[2].pdf_sha256) == (2, 3, "a" * 64)
    assert len(list(files.path("print-runs").iterdir())) == 6


def test_orders_go_with_whole_erased_customers_only(
    database: Database, files: FileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody who is still a customer looks as if they had bought less, or were new."""
    monkeypatch.setattr(kind, "BATCH", 2)
    now = utc_now()
    with database.write() as db:
        stays, erased, lately = (make_contact(db) for _ in range(3))
        for contact in (stays, erased, lately):
            for year in (2010, 2015, 2026):
                make_order(db, contact, ordered_on=date(year, 1, 5))
        erasure.erase(db, erased, WHERE, reason="asked", actor=None, now=now - timedelta(days=DAYS + 1))
        erasure.erase(db, lately, WHERE, reason="asked", actor=None, now=now)
        before = _statistics(db, stays)
    assert clear(database, files, "erased-orders", now, DAYS) == 3
    with database.read() as db:
        counts = select(Order.contact_id, func.count()).group_by(Order.contact_id)
        assert {row[0]: row[1] for row in db.execute(counts)} == {stays.id: 3, lately.id: 3}
        assert _statistics(db, stays) == before != []
        assert _statistics(db, erased) == []
        assert order_statistics.wrong(db) == 0
        assert db.get_one(Contact, erased.id).code


def _statistics(db: Session, contact: Contact) -> list[tuple[object, ...]]:
    kept = OrderStatistics
    columns = (kept.currency, kept.first_on, kept.last_on, kept.orders, kept.days, kept.amount)
    return [tuple(row) for row in db.execute(select(*columns).where(kept.contact_id == contact.id))]
