"""What taking an import back would do, said before it is done, and then what it did."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from campaign.contacts import consent, profile
from campaign.contacts.csv_import import undo_forecast
from campaign.db import Database
from campaign.models import Channel, ConsentPurpose, Contact, ContactImport
from campaign.storage import FileStore
from tests.contacts import test_import_orders_undo as of_orders
from tests.contacts.test_import_undo import HEAD, undo
from tests.contacts.test_imports import take
from tests.factories import make_contact, make_order, make_sender

CONSENT = {
    "consent": "yes", "wording": "Tôi đồng ý", "collected_by": "Hương", "collected_on": "2026-03-01",
    "purposes": ["marketing"],
}  # fmt: skip


def forecast(database: Database, import_id: int) -> dict[str, int]:
    with database.read() as db:
        return undo_forecast.of_import(db, db.get_one(ContactImport, import_id))


def test_what_is_said_of_people_is_what_happens(database: Database, now: datetime, tmp_path: Path) -> None:
    files = FileStore(tmp_path)
    with database.write() as db:
        sender = make_sender(db)
        make_contact(db, full_name="Hoa", email="hoa@example.com")
        make_contact(db, full_name="Tú", email="tu@example.com", province="Huế")
    text = (
        HEAD + "Lan,lan@example.com,,,,Sen\nMai,mai@example.com,,,,\nCúc,cuc@example.com,,,,Trúc\n"
        "Hoa,hoa@example.com,,Huế,,\nTú,tu@example.com,,Huế,,\n"
    )
    options = {**CONSENT, "sender_id": str(sender.id)}
    done = take(database, files, now, text.encode(), **options)
    assert (done.counts["created"], done.counts["consents"]) == (3, 5)
    with database.write() as db:
        lan, mai = (db.scalars(select(Contact).filter_by(full_name=name)).one() for name in ("Lan", "Mai"))
        make_order(db, lan)
        said = (Channel.EMAIL, ConsentPurpose.MARKETING)
        consent.withdraw(db, mai, sender.id, *said, source="page", now=now)
    before = forecast(database, done.id)
    # Lan has bought and Sen is her house, Mai has answered; Cúc and Trúc go
    assert before == {"removed": 2, "kept": 3, "changed": 1, "retracted": 4, "standing": 1, "unasked": 0}
    after = undo(database, files, done.id, now + timedelta(days=1)).counts
    assert (after["removed"], after["restored"], after["kept"], after["retracted"]) == (2, 1, 3, 4)
    assert not any(forecast(database, done.id).values())


def test_the_question_that_was_not_sent_is_counted(database: Database, now: datetime, tmp_path: Path) -> None:
    with database.write() as db:
        sender = make_sender(db)
    options = {**CONSENT, "consent": "ask", "sender_id": str(sender.id)}
    done = take(database, FileStore(tmp_path), now, (HEAD + "Lan,lan@example.com,,,,\n").encode(), **options)
    before = forecast(database, done.id)
    assert (before["unasked"], before["removed"], before["kept"]) == (1, 1, 0)
    assert undo(database, FileStore(tmp_path), done.id, now).counts["removed"] == 1


def test_people_of_another_file_do_not_count(database: Database, now: datetime, tmp_path: Path) -> None:
    files = FileStore(tmp_path)
    first = take(database, files, now, (HEAD + "Lan,lan@example.com,,,,\n").encode())
    with database.write() as db:
        mai = make_contact(db, full_name="Mai", email="mai@example.com")
        profile.change(db, mai, {"province": "Huế"}, source="import:9 x", now=now)
    take(database, files, now, (HEAD + "Mai,mai@example.com,0912345678,,,\n").encode())
    assert forecast(database, first.id) | {"removed": 0} == dict.fromkeys(
        ("removed", "kept", "changed", "retracted", "standing", "unasked"), 0
    )
    assert forecast(database, first.id)["removed"] == 1


def test_orders_are_told_apart(database: Database, now: datetime, tmp_path: Path) -> None:
    files = FileStore(tmp_path)
    with database.write() as db:
        make_contact(db, code="K1")
    of_orders.take(database, files, now, "K1,D1,1/2/2026,100,Trà\n")
    second = of_orders.take(
        database, files, now, "K1,D1,2/2/2026,150,Trà\nK1,D2,3/2/2026,70,\nK1,D3,3/2/2026,7,\n"
    )
    of_orders.take(database, files, now, "K1,D3,4/2/2026,9,\n")
    assert forecast(database, second.id) == {"removed": 1, "changed": 1, "kept": 1}
    undone = of_orders.undo(database, files, second.id, now)
    assert undone.counts == {"removed": 1, "restored": 1, "kept": 1}
