"""Whose order it is: a telephone in whatever writing, and never one of two people by chance."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.contacts import erased, erasure
from campaign.contacts.csv_import import orders
from campaign.contacts.csv_import.mapping import guess
from campaign.contacts.csv_import.outcome import Outcome
from campaign.contacts.csv_import.people import Plan
from campaign.contacts.csv_import.reading import read
from campaign.models import ImportKind, Order
from tests.factories import make_contact

HEAD = "Mã KH,E-mail,Điện thoại,Số đơn,Ngày mua,Số tiền\n"


def take(db: Session, *rows: str) -> Outcome:
    table = read((HEAD + "".join(f"{row},2/3/2026,100\n" for row in rows)).encode())
    return orders.run(db, table, Plan(guess(table.headings, ImportKind.ORDERS, {}), "import:2"))


def owners(db: Session) -> dict[str, int]:
    return {order.number: order.contact_id for order in db.scalars(select(Order))}


@pytest.mark.parametrize("on_file", ["0912 345 678", "+84 912.345.678"])
@pytest.mark.parametrize(
    "written", ["0912 345 678", "0912345678", "+84912345678", "84912345678", "912345678", "(0912) 345-678"]
)
def test_a_telephone_is_known_in_whatever_writing(db: Session, on_file: str, written: str) -> None:
    lan = make_contact(db, phone=on_file)
    make_contact(db, phone="0912 345 679")
    assert not take(db, f",,{written},D1").refusals
    assert owners(db) == {"D1": lan.id}


def test_who_shares_a_telephone_is_not_chosen_by_chance(db: Session) -> None:
    lan = make_contact(db, code="K1", email="lan@example.com", phone="0912345678")
    hoa = make_contact(db, code="K2", email="hoa@example.com", phone="+84 912 345 678")
    taken = take(
        db, ",,0912345678,D1", "K2,,0912345678,D2", ",lan@example.com,0912345678,D3", ",,0999999999,D4"
    )
    assert [(refusal.row.number, refusal.reason) for refusal in taken.refusals] == [
        (2, "contacts-import-several-customers"), (5, "contacts-import-unknown-customer")
    ]  # fmt: skip
    assert owners(db) == {"D2": hoa.id, "D3": lan.id}


def test_who_shares_an_address_is_told_from_the_other_by_telephone(db: Session) -> None:
    make_contact(db, full_name="Lan", email="nha@example.com", phone="0912345678")
    hoa = make_contact(db, full_name="Hoa", email="nha@example.com", phone="0987654321")
    taken = take(
        db, ",NHA@example.com,,D1", ",nha@example.com,987654321,D2", ",nha@example.com,0900000000,D3"
    )
    assert [(refusal.row.number, refusal.reason) for refusal in taken.refusals] == [
        (2, "contacts-import-several-customers"), (4, "contacts-import-several-customers")
    ]  # fmt: skip
    assert owners(db) == {"D2": hoa.id}


def test_an_address_that_one_person_has_decides_whatever_the_telephone(db: Session) -> None:
    lan = make_contact(db, email="lan@example.com", phone="0912345678")
    make_contact(db, email="hoa@example.com", phone="0987654321")
    assert not take(db, ",lan@example.com,0987654321,D1").refusals
    assert owners(db) == {"D1": lan.id}


def test_the_erased_are_read_once_and_who_goes_meanwhile_is_noticed(
    db: Session, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(orders, "CHUNK", 1)
    lan, hoa = make_contact(db, email="lan@example.com"), make_contact(db, email="hoa@example.com")
    erasure.empty(db, lan, now)
    asked_from: list[int] = []

    class Counted(erased.Erased):
        def refresh(self) -> None:
            asked_from.append(self._newest)
            super().refresh()

    monkeypatch.setattr(erased, "Erased", Counted)
    rows = "".join(
        f",{mail}@example.com,,D{at},2/3/2026,100\n" for at, mail in enumerate(("lan", "x", "hoa"))
    )
    table = read((HEAD + rows).encode())
    plan = Plan(guess(table.headings, ImportKind.ORDERS, {}), "import:2")
    outcome = Outcome()

    def hoa_goes(_done: int) -> None:
        if hoa.erased_at is None:
            erasure.empty(db, hoa, now)

    orders.run(db, table, plan, outcome=outcome, progress=hoa_goes)
    assert [refusal.reason for refusal in outcome.refusals] == [
        erased.REASON, "contacts-import-unknown-customer", erased.REASON,
    ]  # fmt: skip
    # each time from where the last one ended
    assert asked_from[0] == 0
    assert 0 < asked_from[1] < asked_from[2]
