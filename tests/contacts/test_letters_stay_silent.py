"""A no to letters holds for the person at their place, however a file, a form or an undo writes the two."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.care import erasure
from campaign.contacts import consent, erased, profile, suppression
from campaign.contacts.csv_import import people
from campaign.contacts.csv_import.reading import read
from campaign.contacts.reachable import reachable
from campaign.db import Database
from campaign.errors import InvalidInput
from campaign.links import Addresses, Signer
from campaign.models import Channel, Consent, ConsentAction, ConsentPurpose, Contact, SuppressionReason
from tests.factories import make_contact, make_organisation, make_sender

MAPPING = {
    "ten": "full_name", "mail": "email", "so nha": "street", "phuong": "ward", "quan": "district",
    "tinh": "province",
    "sdt": "phone", "zip": "postal_code", "ma": "code",
}  # fmt: skip
LAN = {
    "full_name": "Nguyễn Thị Lan", "email": "lan@example.com", "street": "12 Lê Lợi",
    "ward": "Phường Bến Nghé", "province": "TP. Hồ Chí Minh", "postal_code": "", "phone": "",
}  # fmt: skip
HOME = "12 Lê Lợi;Phường Bến Nghé;TP. Hồ Chí Minh"
ROW = "NGUYEN THI LAN;12 Lê Lợi;;Hồ Chí Minh"  # without its ward
WHERE = Addresses(Signer(b"a key for tests"), "https://mail.example.com", "reply.example.com")
REQUESTED, RETURNED = SuppressionReason.REQUESTED, SuppressionReason.RETURNED


def run(db: Session, head: str, text: str, now: datetime) -> dict[str, int]:
    table = read(f"{head}\n{text}\n".encode())
    mapping = {heading: MAPPING[heading] for heading in table.headings}
    db.flush()
    counts = dict(people.run(db, table, people.Plan(mapping, "import:1 "), now=now).counts)
    db.expire_all()
    return counts


def block(db: Session, contact: Contact, now: datetime, reason: SuppressionReason = REQUESTED) -> None:
    """As care does it: never at this address, without an entry in the ledger."""
    key = suppression.keys_of(contact)[Channel.LETTER]
    suppression.suppress(db, Channel.LETTER, key, reason, source="phone", now=now)


def by_letter(db: Session, now: datetime, sender_id: int = 1) -> set[int]:
    db.flush()
    query = reachable(Channel.LETTER, ConsentPurpose.MARKETING, sender_id, now)
    return set(db.scalars(select(Contact.id).where(query)))


@pytest.mark.parametrize(
    "row",
    [
        "NGUYEN THI LAN;lan@example.com;12 Lê Lợi;Phường Bến Nghé;TP. Hồ Chí Minh",
        "Nguyễn Thị Lan;lan@example.com;12 Lê Lợi;P. Bến Nghé;TP. Hồ Chí Minh",
        "Nguyễn Thị Lan;lan@example.com;12 Lê Lợi;Phường Sài Gòn;TP. Hồ Chí Minh",
        "Chị Nguyễn Thị Lan;lan@example.com;Số 12 đường Lê Lợi;;TP.HCM",
        "Nguyễn Thị Lan;lan@example.com;7 Hàng Bè;Hoàn Kiếm;Hà Nội",
        "Lan Anh Nguyễn;lan@example.com;7 Hàng Bè;Hoàn Kiếm;Hà Nội",
    ],
)
def test_a_row_about_the_same_mailbox_revives_no_letters(database: Database, now: datetime, row: str) -> None:
    with database.write() as db:
        make_sender(db)
        lan = make_contact(db, **LAN)
        block(db, lan, now)
        counts = run(db, "ten;mail;so nha;phuong;tinh", row, now)
        assert counts["changed"] == 1
        assert by_letter(db, now) == set()
        # and back again, which is a change like any other
        run(db, "ten;mail;so nha;phuong;tinh", f"Nguyễn Thị Lan;lan@example.com;{HOME}", now)
        assert by_letter(db, now) == set()


@pytest.mark.parametrize(
    "given",
    [
        {"postal_code": "70000"}, {"street": "12, Le Loi"}, {"ward": "P. Bến Nghé"}, {"province": "TP.HCM"},
        {"full_name": "NGUYEN THI LAN"}, {"full_name": "Nguyễn Thị Lam"},
        {"street": "7 Hàng Bè", "ward": "", "province": "Hà Nội"},
    ],
)  # fmt: skip
def test_a_change_by_hand_revives_no_letters(db: Session, now: datetime, given: dict[str, str]) -> None:
    make_sender(db)
    lan = make_contact(db, **LAN)
    block(db, lan, now)
    profile.change(db, lan, given, source="form", now=now)
    assert by_letter(db, now) == set()
    assert suppression.of_contact(db, lan)[Channel.LETTER].reason is REQUESTED


def test_a_dead_house_stays_behind_in_whatever_writing(db: Session, now: datetime) -> None:
    make_sender(db)
    lan = make_contact(db, **LAN)
    block(db, lan, now, RETURNED)
    profile.change(db, lan, {"postal_code": "70000", "ward": "P. Bến Nghé"}, source="form", now=now)
    assert by_letter(db, now) == set()
    profile.change(db, lan, {"street": "14 Lê Lợi"}, source="form", now=now)
    assert by_letter(db, now) == {lan.id}


def test_whoever_works_in_a_house_that_moves_keeps_their_no(db: Session, now: datetime) -> None:
    make_sender(db)
    hotel = make_organisation(db)
    nowhere = {"street": "", "ward": "", "province": "", "organisation_id": hotel.id}
    an, binh = (make_contact(db, full_name=name, **nowhere) for name in ("Lê An", "Lê Bình"))
    block(db, an, now)
    profile.change(db, hotel, {"street": "9 Hàng Gai"}, source="form", now=now)
    assert by_letter(db, now) == {binh.id}


def test_a_mailbox_corrected_by_hand_keeps_its_owners_no(db: Session, now: datetime) -> None:
    lan = make_contact(db, **LAN)
    suppression.suppress(db, Channel.EMAIL, lan.email_key, REQUESTED, source="phone", now=now)
    profile.change(db, lan, {"email": "lan.nguyen@example.com"}, source="form", now=now)
    assert suppression.of_contact(db, lan)[Channel.EMAIL].reason is REQUESTED


@pytest.mark.parametrize(
    "row",
    [
        f"NGUYEN THI LAN;{HOME}", "Nguyễn Thị Lan;12 Lê Lợi;P. Bến Nghé;TP. Hồ Chí Minh",
        "Chị Nguyễn Thị Lan;Số 12, Lê Lợi;Bến Nghé;Sài Gòn", "Nguyễn Thị Lan;12 Lê Lợi;;Hồ Chí Minh",
        "Ms Nguyen Thi Lan;12 Le Loi Street;Ben Nghe Ward;Ho Chi Minh City",
    ],
)  # fmt: skip
@pytest.mark.parametrize("by", ["ledger", "block"])
@pytest.mark.parametrize("code", ["", "SHOP1"])
def test_nobody_is_written_to_as_a_twin(
    database: Database, now: datetime, row: str, by: str, code: str
) -> None:
    """With a code of a shop the row is about somebody new, whoever lives there."""
    with database.write() as db:
        sender = make_sender(db)
        lan = make_contact(db, **LAN, code="OLD1")
        if by == "block":
            block(db, lan, now)
        else:
            refuse(db, lan, sender.id, now)
        run(db, "ma;ten;so nha;phuong;tinh", f"{code};{row}", now)
        assert by_letter(db, now, sender.id) == set()


def refuse(db: Session, contact: Contact, sender_id: int, now: datetime) -> None:
    consent.withdraw(
        db, contact, sender_id, Channel.LETTER, ConsentPurpose.MARKETING, source="phone", now=now
    )
    db.flush()


def test_a_twin_has_refused_what_was_refused_and_nothing_else(database: Database, now: datetime) -> None:
    with database.write() as db:
        sender = make_sender(db)
        lan = make_contact(db, **LAN, code="OLD1")
        refuse(db, lan, sender.id, now)
        run(db, "ma;ten;so nha;phuong;tinh", f"SHOP1;NGUYEN THI LAN;{HOME}", now)
        twin = db.scalars(select(Contact).where(Contact.code == "SHOP1")).one()
        entry = db.scalars(select(Consent).where(Consent.contact_id == twin.id)).one()
        assert (entry.action, entry.purpose, entry.evidence) == (
            ConsentAction.WITHDRAWN, ConsentPurpose.MARKETING, {"same_person_as": lan.id},
        )  # fmt: skip
        assert suppression.of_contact(db, lan) == suppression.of_contact(db, twin) == {}
        typed = profile.create(db, LAN | {"email": "", "code": "HAND"}, source="form", now=now)
        assert typed.id not in by_letter(db, now, sender.id)


def test_the_place_that_somebody_who_refused_has_left_is_not_free(database: Database, now: datetime) -> None:
    with database.write() as db:
        sender = make_sender(db)
        lan = make_contact(db, **LAN)
        refuse(db, lan, sender.id, now)
        run(db, "ten;mail;so nha;phuong;tinh", "Nguyễn Thị Lan;lan@example.com;7 Hàng Bè;;Hà Nội", now)
        run(db, "ten;so nha;phuong;tinh", f"NGUYEN THI LAN;{HOME}", now)
        assert len(db.scalars(select(Contact)).all()) == 2
        assert by_letter(db, now, sender.id) == set()


@pytest.mark.parametrize(
    "row",
    [
        "Nguyễn Thị Lan;12 Lê Lợi;Phường Bến Nghé;TP.HCM", "Nguyễn Thị Lan;12 Lê Lợi;P. Bến Nghé;Hồ Chí Minh",
        "CHỊ NGUYỄN THỊ LAN;Số 12 Đ. Lê Lợi;Bến Nghé;Thành phố Hồ Chí Minh",
        "Nguyễn Thị Lan;12 Lê Lợi;;TP.HCM",
        "Nguyễn Thị Lan;7 Hàng Bè;;Hà Nội",  # where she lived before
        "Nguyen Thi Lan;7 hang be;;HN", "Lê Thị Lan;so 7 Hàng Bè;;Hà Nội",  # under her former name
    ],
)  # fmt: skip
def test_who_was_erased_comes_back_in_no_writing(database: Database, now: datetime, row: str) -> None:
    with database.write() as db:
        lan = make_contact(
            db, **LAN | {"full_name": "Lê Thị Lan", "street": "7 Hàng Bè", "ward": "", "province": "Hà Nội"}
        )
        profile.change(db, lan, {"full_name": LAN["full_name"]}, source="form", now=now)
        profile.change(
            db, lan, {key: LAN[key] for key in ("street", "ward", "province")}, source="x", now=now
        )
        db.flush()
        erasure.erase(db, lan, WHERE, reason="asked", actor=None, now=now)
        counts = run(db, "ten;so nha;phuong;tinh", row + "\nNguyễn Thị Hoa;" + row.split(";", 1)[1], now)
        assert (counts["refused"], counts["created"]) == (1, 1)  # another name in the house is let in
        name, street, ward, province = row.split(";")
        given = {"full_name": name, "street": street, "ward": ward, "province": province}
        # without its ward it may be a namesake's, and a person decides
        reason = erased.MAYBE if row == "Nguyễn Thị Lan;12 Lê Lợi;;TP.HCM" else erased.REASON
        with pytest.raises(InvalidInput, match=reason):
            profile.create(db, given, source="form", now=now)


def test_a_hash_of_before_places_had_a_key_still_holds(database: Database, now: datetime) -> None:
    with database.write() as db:
        lan = make_contact(db, **LAN)
        db.flush()
        exact = lan.letter_key
        made = erased.remember(db, make_contact(db), now)
        hasher = erased.Hasher(erased._secret(db))
        kind = erased.ErasedKind.LETTER
        erased.keep(db, made.id, [(kind, hasher.digest(kind, exact))])
        lan.full_name = "Somebody Else"
        profile.refresh_keys(lan)
        counts = run(db, "ten;so nha;phuong;tinh", f"Nguyễn Thị Lan;{HOME}", now)
        assert counts["refused"] == 1


@pytest.mark.parametrize(
    "row",
    [
        "NGUYEN THI LAN;12 Lê Lợi;Phường Bến Nghé;TP. Hồ Chí Minh;",
        "Chị Nguyễn Thị Lan;12 Lê Lợi;Phường Bến Nghé;TP. Hồ Chí Minh;",
        "Nguyễn Thị Lan;12 Lê Lợi;Phường Bến Nghé;TP.HCM;", "Nguyễn Thị Lan;12 Lê Lợi;P.Bến Nghé;HCM;70000",
        "Nguyễn Thị Lan;Số 12 Lê Lợi;Phường Bến Nghé;TP. Hồ Chí Minh;",
        "CHI NGUYEN THI LAN;so 12 duong le loi;p ben nghe;hcmc;",
    ],
)  # fmt: skip
def test_one_person_in_many_writings_is_found_again(database: Database, now: datetime, row: str) -> None:
    with database.write() as db:
        make_contact(db, **LAN | {"email": ""})
        counts = run(db, "ten;so nha;phuong;tinh;zip", row, now)
        assert (counts.get("created", 0), len(db.scalars(select(Contact)).all())) == (0, 1)


@pytest.mark.parametrize("name", ["Nguyễn Văn Ân", "Nguyễn Văn Anh", "Nguyễn An", "Anh Thư", "Trần Văn An"])
@pytest.mark.parametrize("others", [f"{HOME};", ";;;0912345678", f"{HOME};0912345678"])
def test_a_family_stays_as_many_as_it_is(database: Database, now: datetime, name: str, others: str) -> None:
    with database.write() as db:
        father = make_contact(
            db, **LAN | {"full_name": "Nguyễn Văn An", "email": "", "phone": "0912 345 678"}
        )
        counts = run(db, "ten;so nha;phuong;tinh;sdt", f"{name};{others}", now)
        assert counts["created"] == 1
        assert len({father.letter_key, *db.scalars(select(Contact.letter_key))} - {""}) <= 2


@pytest.mark.parametrize(
    ("district", "created"),
    [("Quận Gò Vấp", 1), ("Q. 10", 1), ("Quận 3", 0), ("Q3", 0), ("Q. 03", 0), ("District 3", 0), ("", 0)],
)
def test_namesakes_in_two_districts_are_two(db: Session, now: datetime, district: str, created: int) -> None:
    """Of one ward's number and one street's name a city may have several."""
    home = {"street": "12 Lê Lợi", "ward": "Phường 5", "district": "Quận 3", "email": ""}
    make_contact(db, **LAN | home)
    row = f"Nguyễn Thị Lan;12 Lê Lợi;P.5;{district};TP.HCM"
    counts = run(db, "ten;so nha;phuong;quan;tinh", row, now)
    assert counts.get("created", 0) == created
    assert run(db, "ten;so nha;phuong;quan;tinh", row, now).get("created", 0) == 0


def test_a_telephone_and_the_same_name_in_another_writing_are_one(database: Database, now: datetime) -> None:
    with database.write() as db:
        make_contact(db, **LAN | {"email": "", "phone": "0912 345 678"})
        counts = run(db, "ten;sdt", "CHI NGUYEN THI LAN;+84 912345678\nBà Nguyễn Thị Lan;0912345678", now)
        assert counts.get("created", 0) == 0


@pytest.mark.parametrize("size", [1, 4_000])
def test_a_twin_at_a_home_to_which_the_same_file_moves_somebody_is_silent(
    db: Session, now: datetime, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(people, "CHUNK", size)
    sender = make_sender(db)
    lan = make_contact(db, **LAN, code="OLD1")
    refuse(db, lan, sender.id, now)
    there = "7 Hàng Bè;Hoàn Kiếm;Hà Nội"
    rows = f"OLD1;Nguyễn Thị Lan;{there}\nSHOP1;NGUYEN THI LAN;{there}"
    assert run(db, "ma;ten;so nha;phuong;tinh", rows, now)["created"] == 1
    assert by_letter(db, now, sender.id) == set()


@pytest.mark.parametrize("by", ["ledger", "block"])
def test_a_no_that_is_said_while_a_file_is_taken_in_holds_for_the_rest_of_it(
    db: Session, now: datetime, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    monkeypatch.setattr(people, "CHUNK", 1)
    sender = make_sender(db)
    lan = make_contact(db, **LAN, code="OLD1")
    db.flush()
    table = read(f"ma;ten;so nha;phuong;tinh\nX;Lê Hoa;1 Hàng Bè;;Huế\nSHOP1;Lan;;;\nSHOP2;{ROW}\n".encode())

    def say_no(_done: int) -> None:
        if by == "block":
            block(db, lan, now)
        elif not consent.history(db, lan):
            refuse(db, lan, sender.id, now)

    mapping = {heading: MAPPING[heading] for heading in table.headings}
    people.run(db, table, people.Plan(mapping, "import:1 "), now=now, progress=say_no)
    twin = db.scalars(select(Contact).where(Contact.code == "SHOP2")).one()
    assert twin.id not in by_letter(db, now, sender.id)
