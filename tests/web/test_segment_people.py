"""The people of a segment as a file: who may have it, what stands in it, and that it comes in again."""

from __future__ import annotations

import csv
import io

from bs4 import BeautifulSoup
from sqlalchemy import select

from campaign.contacts.csv_import.mapping import guess
from campaign.contacts.csv_safe import BOM
from campaign.db import Database
from campaign.models import AuditEntry, ImportKind, Role
from campaign.segments import people_file
from tests.factories import make_contact, make_organisation, make_segment
from tests.web.conftest import SignedIn

VIP = {"type": "tag", "tag": "vip"}


def test_the_file_has_today_s_people_and_no_formula(database: Database, signed_in: SignedIn) -> None:
    with database.write() as db:
        house = make_organisation(db, full_name="Mộc An", tags=["vip"])
        make_contact(
            db, code="KH7", full_name="=HYPERLINK(1)", tags=["vip"], email="lan@example.com", province="Huế",
            street='1 Hàng, "Gai"', organisation_id=house.id,
        )  # fmt: skip
        make_contact(db, full_name="Người khác")
        gone = make_contact(db, full_name="Đã xoá", tags=["vip"])
        gone.erased_at = gone.created_at
        segment = make_segment(db, name="Khách quý", rule=VIP)
    path = f"/segments/{segment.id}/people.csv"
    sent = signed_in(Role.MARKETER).post(path, data={"reason": "for the printer"})
    assert sent.headers["Content-Disposition"] == f"attachment; filename=segment-{segment.id}-people.csv"
    assert sent.headers["Cache-Control"] == "no-store"
    assert sent.text.startswith(BOM)
    rows = list(csv.DictReader(io.StringIO(sent.text.removeprefix(BOM), newline="")))
    assert [row["full_name"] for row in rows] == ["Mộc An", "'=HYPERLINK(1)"]
    lan = rows[1]
    assert (lan["code"], lan["kind"], lan["email"]) == ("KH7", "person", "lan@example.com")
    assert (lan["organisation"], lan["street"]) == ("Mộc An", '1 Hàng, "Gai"')
    with database.read() as db:
        entry = db.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()
        assert (entry.action, entry.noun, entry.noun_id) == ("export.recipients", "segment", str(segment.id))
        assert entry.detail["reason"] == "for the printer"


def test_an_import_knows_every_heading() -> None:
    known = guess(people_file.COLUMNS, ImportKind.CONTACTS, {})
    assert known == {name: name for name in people_file.COLUMNS}


def test_the_page_offers_it_to_those_who_may(database: Database, signed_in: SignedIn) -> None:
    with database.write() as db:
        segment = make_segment(db, name="Khách quý", rule=VIP)
    path = f"/segments/{segment.id}/people.csv"

    def offers(role: Role, language: str) -> str:
        page = signed_in(role, language=language).get(f"/segments/{segment.id}").text
        link = BeautifulSoup(page, "html.parser").find("a", href=path)
        return link.get_text(strip=True) if link else ""

    assert offers(Role.MARKETER, "vi") == "Tải danh sách khách (CSV)"
    assert offers(Role.ADMIN, "en") == "Download people (CSV)"
    assert offers(Role.CARE, "vi") == ""  # care sees segments, and takes no addresses out
    asked = signed_in(Role.MARKETER, language="en").get(path).text
    assert "Download the people of “Khách quý”" in asked
    assert "also of those who have not agreed" in asked


def test_more_people_than_are_read_at_once(database: Database, signed_in: SignedIn) -> None:
    many = people_file.ROWS_AT_ONCE + 2
    with database.write() as db:
        for number in range(many):
            make_contact(db, code=f"M{number}")
        segment = make_segment(db)
    sent = signed_in(Role.ADMIN).post(f"/segments/{segment.id}/people.csv", data={"reason": "a test"})
    rows = list(csv.DictReader(io.StringIO(sent.text.removeprefix(BOM), newline="")))
    assert len({row["code"] for row in rows}) == len(rows) == many
