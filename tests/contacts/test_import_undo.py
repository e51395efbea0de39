"""Taking a whole import back: what it brought goes, what people did since stays."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from campaign.contacts import consent, profile, suppression
from campaign.contacts.csv_import import imports
from campaign.db import Database
from campaign.errors import Refused
from campaign.models import (
    Channel,
    Consent,
    ConsentAction,
    ConsentPurpose,
    Contact,
    ContactFact,
    ContactImport,
    ImportState,
    ImportTouch,
    SuppressionReason,
)
from campaign.storage import FileStore
from tests.contacts.test_imports import people, take, work
from tests.factories import make_contact, make_order, make_sender

HEAD = "Họ tên,E-mail,Điện thoại,Tỉnh,Tags,Công ty\n"
ROWS = HEAD + "Lan,lan@example.com,0901,,vip,Sen\nHoa,hoa@example.com,,Huế,,\nMai,mai@example.com,,,,\n"


def undo(database: Database, files: FileStore, import_id: int, now: datetime) -> ContactImport:
    with database.write() as db:
        imports.ask_undo(db, db.get_one(ContactImport, import_id), now)
    return work(database, files, import_id, now)


def test_everything_goes_back_to_what_it_was(database: Database, now: datetime, tmp_path: Path) -> None:
    files = FileStore(tmp_path)
    with database.write() as db:
        make_contact(db, full_name="Hoa", email="hoa@example.com", tags=["cũ"])
    done = take(
        database, files, now, ROWS.replace("0901", "0901234567").replace("Huế,,", "Huế,mới,").encode()
    )
    assert (done.counts["created"], done.counts["changed"]) == (2, 1)
    undone = undo(database, files, done.id, now + timedelta(days=1))
    assert undone.state is ImportState.UNDONE
    assert undone.counts == {"removed": 3, "restored": 1, "kept": 0, "retracted": 0}  # Sen came along
    with database.read() as db:
        hoa = db.scalars(select(Contact)).one()
        assert (hoa.full_name, hoa.province, hoa.tags) == ("Hoa", "Hà Nội", ["cũ"])
        assert db.scalar(select(func.count()).select_from(ImportTouch)) == 0
        assert {fact.contact_id for fact in db.scalars(select(ContactFact))} == {hoa.id}
    with pytest.raises(Refused):
        undo(database, files, done.id, now)


def test_whom_somebody_dealt_with_since_stays(database: Database, now: datetime, tmp_path: Path) -> None:
    files = FileStore(tmp_path)
    done = take(database, files, now, ROWS.replace("0901", "0901234567").encode())
    with database.write() as db:
        lan, hoa = (db.scalars(select(Contact).filter_by(full_name=name)).one() for name in ("Lan", "Hoa"))
        make_order(db, lan)
        profile.change(db, hoa, {"note": "gọi buổi sáng"}, source="form", now=now)
    undone = undo(database, files, done.id, now)
    # the organisation is Lan's, who stays
    assert (undone.counts["removed"], undone.counts["kept"]) == (1, 3)
    assert people(database) == 3


def test_a_fact_that_was_changed_since_stays(database: Database, now: datetime, tmp_path: Path) -> None:
    files = FileStore(tmp_path)
    with database.write() as db:
        make_contact(db, full_name="Hoa", email="hoa@example.com", phone="0900000001")
    text = HEAD + "Hoa,hoa@example.com,0900000002,Huế,,\n"
    done = take(database, files, now, text.encode())
    with database.write() as db:
        hoa = db.scalars(select(Contact)).one()
        profile.change(db, hoa, {"phone": "0900000003"}, source="form", now=now)
    undo(database, files, done.id, now)
    with database.read() as db:
        hoa = db.scalars(select(Contact)).one()
        assert (hoa.phone, hoa.province) == ("0900000003", "Hà Nội")


@pytest.mark.parametrize("said_no", [False, True])
def test_the_files_consent_is_retracted_and_a_no_stays(
    database: Database, now: datetime, tmp_path: Path, said_no: bool
) -> None:
    files = FileStore(tmp_path)
    with database.write() as db:
        sender = make_sender(db)
    options = {
        "consent": "yes", "sender_id": str(sender.id), "wording": "Tôi đồng ý", "collected_by": "Hương",
        "collected_on": "2026-03-01", "purposes": ["marketing"],
    }  # fmt: skip
    text = "Họ tên,E-mail\nLan,lan@example.com\n".encode()
    done = take(database, files, now, text, **options)
    assert done.counts["consents"] == 1
    with database.write() as db:
        lan = db.scalars(select(Contact)).one()
        if said_no:
            consent.withdraw(
                db, lan, sender.id, Channel.EMAIL, ConsentPurpose.MARKETING, source="page", now=now
            )
    undone = undo(database, files, done.id, now)
    assert undone.counts["retracted"] == (0 if said_no else 1)
    with database.read() as db:
        lan = db.get_one(Contact, lan.id)
        assert not consent.may_write(db, lan, Channel.EMAIL, ConsentPurpose.MARKETING, sender.id)
        assert (lan.erased_at is None) == said_no
        assert (lan.email == "") != said_no
        newest = db.scalars(select(Consent).order_by(Consent.at.desc(), Consent.id.desc())).first()
        assert newest is not None
        assert newest.action is (ConsentAction.WITHDRAWN if said_no else ConsentAction.RETRACTED)

    repeated = take(database, files, now, text, **options)
    assert repeated.counts["consents"] == (0 if said_no else 1)  # the right file may say it again
    with database.read() as db:
        lan = db.scalars(select(Contact).filter_by(email="lan@example.com")).one()
        may = consent.may_write(db, lan, Channel.EMAIL, ConsentPurpose.MARKETING, sender.id)
        assert may is not said_no


def test_an_address_never_to_write_to_stays_so(database: Database, now: datetime, tmp_path: Path) -> None:
    files = FileStore(tmp_path)
    with database.write() as db:
        make_contact(db, full_name="Hoa", email="hoa@example.com", code="K1")
        suppression.suppress(
            db, Channel.EMAIL, "hoa@example.com", SuppressionReason.REQUESTED, source="phone", now=now
        )
    done = take(database, files, now, "Mã KH,Họ tên,E-mail\nK1,Hoa,hoa.moi@example.com\n".encode())
    undo(database, files, done.id, now)
    with database.read() as db:
        assert db.scalars(select(Contact)).one().email == "hoa@example.com"
        for key in ("hoa@example.com", "hoa.moi@example.com"):
            assert suppression.find(db, Channel.EMAIL, key) is not None
