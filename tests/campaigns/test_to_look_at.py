"""Whom one can preview a message with: found as in the list of contacts, people only."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from campaign.campaigns.people import to_look_at
from tests.factories import make_contact, make_organisation


def test_people_are_found_as_in_the_list(db: Session, now: datetime) -> None:
    house = make_organisation(db, full_name="Trà Mộc An")
    make_contact(db, full_name="Vũ Lan", phone="0912 345 678", organisation_id=house.id)
    make_contact(db, full_name="Đỗ Thị Ễn", email="en@example.com")
    db.flush()
    for asked, expected in (
        ("lan vu", ["Vũ Lan"]), ("5678", ["Vũ Lan"]), ("moc an", ["Vũ Lan"]),
        ("EN@example.com", ["Đỗ Thị Ễn"]),
        ("x" * 1_000_000, []), ("\u200d", []),
    ):  # fmt: skip
        assert [found.full_name for found in to_look_at(db, None, asked, now)] == expected, asked[:20]
