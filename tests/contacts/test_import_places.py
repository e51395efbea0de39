"""Imports and provinces: nothing is rewritten, each row says what it is, and nobody is merged by a map."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaign.contacts import places
from campaign.contacts.csv_import import people
from campaign.contacts.csv_import.reading import read
from campaign.contacts.places import AddressKind
from campaign.db import Database
from campaign.models import Contact, ContactFact
from tests.factories import make_contact

MAPPING = {
    "ten": "full_name",
    "so nha": "street",
    "phuong": "ward",
    "quan": "district",
    "tinh": "province",
    "sdt": "phone",
}
HEAD = "ten;so nha;phuong;quan;tinh\n"
OLD = "Nguyễn Lan;5 Yersin;Phú Cường;Thủ Dầu Một;Bình Dương\n"
NEW = "Nguyễn Lan;5 Yersin;Phú Cường;;TP. Hồ Chí Minh\n"


def run(db: Session, text: str, now: datetime, head: str = HEAD) -> dict[str, int]:
    table = read((head + text).encode())
    mapping = {heading: MAPPING[heading] for heading in table.headings}
    return dict(people.run(db, table, people.Plan(mapping, "import:1"), now=now).counts)


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
