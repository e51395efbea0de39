"""Imports and provinces: nothing is rewritten, each row says what it is, and nobody is merged by a map."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaign.contacts import consent, places, suppression
from campaign.contacts.csv_import import people
from campaign.contacts.csv_import.reading import read
from campaign.contacts.csv_import.undo import undo
from campaign.contacts.places import AddressKind
from campaign.contacts.reachable import reachable
from campaign.db import Database
from campaign.models import Channel, ConsentPurpose, Contact, ContactFact, ContactImport, SuppressionReason
from tests.factories import make_contact, make_sender

MAPPING = {
    "ten": "full_name",
    "so nha": "street",
    "phuong": "ward",
    "quan": "district",
    "tinh": "province",
    "sdt": "phone",
    "mail": "email",
}
HEAD = "ten;so nha;phuong;quan;tinh\n"
OLD = "Nguyễn Lan;5 Yersin;Phú Cường;Thủ Dầu Một;Bình Dương\n"
NEW = "Nguyễn Lan;5 Yersin;Phú Cường;;TP. Hồ Chí Minh\n"


def run(
    db: Session, text: str, now: datetime, head: str = HEAD, import_id: int | None = None
) -> dict[str, int]:
    table = read((head + text).encode())
    mapping = {heading: MAPPING[heading] for heading in table.headings}
    return dict(
        people.run(
            db, table, people.Plan(mapping, f"import:{import_id or 1} ", import_id=import_id), now=now
        ).counts
    )


def test_what_the_file_says_is_kept_and_has_its_key(database: Database, now: datetime) -> None:
    with database.write() as db:
        run(db, OLD + "Lê An;1 Lê Lợi;Huế;;TT-Huế\nVũ Bình;2 Lê Lợi;;;Biên Hoà\n", now)
        kept = db.execute(
            select(Contact.province, Contact.district, Contact.province_key).order_by(Contact.id)
        ).all()
        assert [tuple(row) for row in kept] == [
            ("Bình Dương", "Thủ Dầu Một", "binh-duong"), ("TT-Huế", "", "thua-thien-hue"),
            ("Biên Hoà", "", ""),
        ]  # fmt: skip
        tally = places.tally(db)
        assert (tally.new, tally.old, tally.unknown, tally.renamed) == (0, 2, 1, 2)
        assert [contact.full_name for contact in db.scalars(
            select(Contact).where(places.condition(AddressKind.UNKNOWN))
        )] == ["Vũ Bình"]  # fmt: skip


def test_the_same_file_twice_changes_nothing(database: Database, now: datetime) -> None:
    with database.write() as db:
        run(db, OLD, now)
        facts = db.scalar(select(func.count()).select_from(ContactFact))
        again = run(db, OLD, now)
        assert (again["unchanged"], again.get("changed", 0), again.get("created", 0)) == (1, 0, 0)
        assert db.scalar(select(func.count()).select_from(ContactFact)) == facts


def test_two_writings_of_one_address_are_two_people_until_somebody_says_so(
    database: Database, now: datetime
) -> None:
    """Wards of the same name lie in both; a map is no reason to make two customers one."""
    with database.write() as db:
        first = run(db, OLD, now)
        second = run(db, NEW, now)
        assert (first["created"], second["created"]) == (1, 1)
        assert db.scalar(select(func.count()).select_from(Contact)) == 2


def test_a_row_that_brings_another_province_brings_its_key(database: Database, now: datetime) -> None:
    with database.write() as db:
        lan = make_contact(db, full_name="Nguyễn Lan", email="", phone="0901234567", province="Hải Dương")
        run(db, "Nguyễn Lan;0901 234 567;Hải Phòng\n", now, head="ten;sdt;tinh\n")
        db.refresh(lan)
        assert (lan.province, lan.province_key) == ("Hải Phòng", "hai-phong")


@pytest.mark.parametrize("reason", [SuppressionReason.REQUESTED, SuppressionReason.RETURNED])
def test_a_no_to_letters_holds_in_every_writing_of_the_place(
    database: Database, now: datetime, reason: SuppressionReason
) -> None:
    with database.write() as db:
        run(db, OLD, now)
        lan = db.scalars(select(Contact)).one()
        suppression.suppress(db, Channel.LETTER, lan.letter_key, reason, source="x", now=now)
        db.flush()
        run(db, NEW + NEW.replace("Lan", "Hoa") + NEW.replace("5 Yersin", "6 Yersin"), now)
        twin, neighbour, moved = db.scalars(select(Contact).where(Contact.id != lan.id).order_by(Contact.id))
        assert suppression.of_contact(db, twin)[Channel.LETTER].reason is reason
        assert suppression.of_contact(db, neighbour) == {}  # another name in the house
        assert suppression.of_contact(db, moved) == {}  # another house, or another Lan
        reachable_ = select(Contact.id).where(reachable(Channel.LETTER, ConsentPurpose.MARKETING, 1, now))
        assert set(db.scalars(reachable_)) == {neighbour.id, moved.id}


def test_a_no_holds_when_a_file_writes_todays_province_and_when_it_is_taken_back(
    database: Database, now: datetime
) -> None:
    with database.write() as db:
        begun = ContactImport(
            file_name="x.csv", file_key="x", sha256="", mapping={}, options={}, counts={}, created_at=now,
            preview=[], error={},
        )  # fmt: skip
        db.add(begun)
        lan = make_contact(
            db, full_name="Nguyễn Lan", email="lan@example.com", street="5 Yersin", ward="Phú Cường",
            province="Bình Dương", postal_code="",
        )  # fmt: skip
        db.flush()
        asked = SuppressionReason.REQUESTED
        suppression.suppress(db, Channel.LETTER, lan.letter_key, asked, source="x", now=now)
        text = "Nguyễn Lan;lan@example.com;TP.HCM\n"
        run(db, text, now, head="ten;mail;tinh\n", import_id=begun.id)
        db.refresh(lan)
        assert lan.province == "TP.HCM"
        assert suppression.of_contact(db, lan)[Channel.LETTER].reason is asked
        undo(db, begun, lambda: now, None, lambda *_: None)
        db.refresh(lan)
        assert lan.province == "Bình Dương"
        assert Channel.LETTER in suppression.of_contact(db, lan)


def test_a_withdrawn_letter_is_withdrawn_for_a_twin_at_the_same_place(
    database: Database, now: datetime
) -> None:
    with database.write() as db:
        sender = make_sender(db)
        run(db, OLD, now)
        lan = db.scalars(select(Contact)).one()
        consent.withdraw(
            db, lan, sender.id, Channel.LETTER, ConsentPurpose.MARKETING, source="phone", now=now
        )
        run(db, NEW, now)
        twin = db.scalars(select(Contact).where(Contact.id != lan.id)).one()
        assert not consent.may_write(db, twin, Channel.LETTER, ConsentPurpose.MARKETING, sender.id)
        # the ledgers say it: what was not refused may still be sent
        assert suppression.of_contact(db, lan) == suppression.of_contact(db, twin) == {}
        assert consent.may_write(db, twin, Channel.LETTER, ConsentPurpose.GREETING, sender.id)
