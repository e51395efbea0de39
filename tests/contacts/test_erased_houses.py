"""Organisations and erasure: theirs, and the places of their people where they were before."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.care import erasure
from campaign.contacts import erased, profile, suppression
from campaign.db import Database
from campaign.errors import InvalidInput
from campaign.links import Addresses, Signer
from campaign.models import Channel, Contact, ContactKind, ImportRefusal, Suppression, SuppressionReason
from campaign.storage import FileStore
from tests.contacts.test_imports import take
from tests.factories import make_contact, make_organisation

WHERE = Addresses(Signer(b"a key for tests"), "https://mail.example.com", "reply.example.com")
NOWHERE = {"street": "", "ward": "", "province": "", "postal_code": "", "email": "", "phone": ""}
HANG_BE = {"street": "7 Hàng Bè", "ward": "Phường Hoàn Kiếm", "province": "Hà Nội", "postal_code": ""}
LE_LOI = {"street": "12 Lê Lợi", "ward": "Phường Bến Nghé", "province": "TP. Hồ Chí Minh", "postal_code": ""}
HOUSE = {"email": "", "phone": ""}
HEAD = "Loại,Họ tên,Địa chỉ,Phường,Tỉnh\n"
AT_HANG_BE, AT_LE_LOI = "Số 7 Hàng Bè,P. Hoàn Kiếm,HN", "12 le loi,P. Bến Nghé,TP.HCM"


def forget(db: Session, contact: Contact, now: datetime) -> None:
    db.flush()
    erasure.erase(db, contact, WHERE, reason="asked", actor=None, now=now)


def moves(db: Session, contact: Contact, now: datetime) -> None:
    profile.change(db, contact, LE_LOI, source="form", now=now)


@pytest.mark.parametrize("home", [AT_HANG_BE, AT_LE_LOI])
def test_whoever_worked_in_a_house_that_moved_is_kept_away_from_both_its_places(
    database: Database, now: datetime, tmp_path: Path, home: str
) -> None:
    with database.write() as db:
        hotel = make_organisation(db, **HANG_BE, **HOUSE)
        lan = make_contact(db, full_name="Lê Thị Lan", organisation_id=hotel.id, **NOWHERE)
        profile.change(db, lan, {"full_name": "Nguyễn Thị Lan"}, source="form", now=now)
        moves(db, hotel, now)
        forget(db, lan, now)
    rows = f",NGUYEN THI LAN,{home}\n,Lê Thị Lan,{home}\n,Trần Hoa,{home}\n"
    done = take(database, FileStore(tmp_path), now, (HEAD + rows).encode())
    assert (done.counts["created"], done.counts["refused"]) == (1, 2)


def test_who_left_an_organisation_is_kept_away_from_its_place(db: Session, now: datetime) -> None:
    hotel, shop = make_organisation(db, **HANG_BE, **HOUSE), make_organisation(db, **LE_LOI, **HOUSE)
    lan = make_contact(db, full_name="Nguyễn Thị Lan", organisation_id=hotel.id, **NOWHERE)
    profile.change(db, lan, {"organisation_id": shop.id}, source="form", now=now)
    profile.change(db, lan, {"organisation_id": None}, source="form", now=now)
    forget(db, lan, now)
    for place in (HANG_BE, LE_LOI):
        with pytest.raises(InvalidInput, match=erased.REASON):
            profile.create(db, {"full_name": "Nguyễn Thị Lan", **place}, source="form", now=now)
        assert profile.create(db, {"full_name": "Trần Hoa", **place}, source="form", now=now).id


def test_a_block_at_a_former_place_of_the_house_is_a_hash_afterwards(db: Session, now: datetime) -> None:
    hotel = make_organisation(db, **HANG_BE, **HOUSE)
    lan = make_contact(db, full_name="Nguyễn Thị Lan", organisation_id=hotel.id, **NOWHERE)
    key = lan.place_key
    suppression.suppress(db, Channel.LETTER, key, SuppressionReason.RETURNED, source="x", now=now)
    moves(db, hotel, now)
    forget(db, lan, now)
    assert db.scalars(select(Suppression.address_key)).all() == []


@pytest.mark.parametrize("home", [AT_HANG_BE, AT_LE_LOI])
@pytest.mark.parametrize("kind", ["tổ chức", ""])
def test_an_organisation_comes_back_at_none_of_its_places(
    database: Database, now: datetime, tmp_path: Path, home: str, kind: str
) -> None:
    """Though a file takes it for a person. Its neighbours, and those who work there, are let in."""
    with database.write() as db:
        house = make_organisation(db, full_name="Trà Hoa Sen", **HANG_BE, **HOUSE)
        moves(db, house, now)
        forget(db, house, now)
    rows = f"{kind},TRA HOA SEN,{home}\n{kind},Trà Hoa Lài,{home}\n,Trần Hoa,{home}\n"
    done = take(database, FileStore(tmp_path), now, (HEAD + rows).encode())
    assert (done.counts["created"], done.counts["refused"]) == (2, 1)
    with database.read() as db:
        refused = db.scalars(select(ImportRefusal)).one()
        assert (refused.row, refused.reason, refused.cells) == (2, erased.REASON, [])


def test_an_organisation_is_refused_by_hand_and_one_that_lives_may_not_become_it(
    db: Session, now: datetime
) -> None:
    house = make_organisation(db, full_name="Trà Hoa Sen", **HANG_BE, **HOUSE)
    moves(db, house, now)
    forget(db, house, now)
    named = {"full_name": "Trà Hoa Sen", "kind": ContactKind.ORGANISATION}
    with pytest.raises(InvalidInput, match=erased.REASON):
        profile.create(db, named | HANG_BE, source="form", now=now)
    elsewhere = profile.create(
        db, named | {"street": "1 Tràng Tiền", "province": "Hà Nội"}, source="x", now=now
    )
    with pytest.raises(InvalidInput, match=erased.REASON):
        profile.change(db, elsewhere, HANG_BE, source="form", now=now)
