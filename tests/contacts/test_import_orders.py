"""Importing orders."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.contacts.csv_import import orders
from campaign.contacts.csv_import.cells import amount
from campaign.contacts.csv_import.mapping import guess
from campaign.contacts.csv_import.people import Plan
from campaign.contacts.csv_import.reading import read
from campaign.errors import InvalidInput
from campaign.models import ImportKind, Order
from tests.factories import make_contact

TEXT = """Mã KH;E-mail;Số đơn;Ngày mua;Số tiền;Sản phẩm
K1;;D1;02/03/2026;1.250.000 đ;Trà sen
;hoa@example.com;D1;2026-03-03;260000;Trà nhài
K9;;D2;02/03/2026;1;x
K1;;D3;32/03/2026;1;x
K1;;D4;02/03/2026;nhiều;x
"""


def test_orders_find_their_customers_and_come_once(db: Session) -> None:
    lan, hoa = make_contact(db, code="K1"), make_contact(db, email="hoa@example.com")
    table = read(TEXT.encode())
    plan = Plan(guess(table.headings, ImportKind.ORDERS, {}), "import:2")
    first = orders.run(db, table, plan)
    assert (first.counts["created"], first.counts["refused"]) == (2, 3)
    assert sorted(refusal.reason for refusal in first.refusals) == [
        "contacts-error-amount", "contacts-error-date", "contacts-import-unknown-customer",
    ]  # fmt: skip
    assert orders.run(db, table, plan).counts["unchanged"] == 2
    kept = db.scalars(select(Order).order_by(Order.id)).all()
    assert [(order.contact_id, order.number, order.ordered_on, order.amount) for order in kept] == [
        (lan.id, "D1", date(2026, 3, 2), 1_250_000),
        (hoa.id, "D1", date(2026, 3, 3), 260_000),
    ]


def test_a_corrected_amount_changes_the_order(db: Session) -> None:
    make_contact(db, code="K1")
    for value, became in (("100", "created"), ("200", "changed")):
        table = read(f"Mã KH,Số đơn,Ngày mua,Số tiền\nK1,D1,02/03/2026,{value}\n".encode())
        plan = Plan(guess(table.headings, ImportKind.ORDERS, {}), "import:2")
        assert orders.run(db, table, plan).counts[became] == 1
    assert db.scalars(select(Order.amount)).one() == 200


def test_the_cost_of_goods_comes_with_a_file_and_stays_without_it(db: Session) -> None:
    make_contact(db, code="K1")
    for heading, cells in (("Giá vốn", "70.000"), ("Giá vốn", ""), ("Ghi chú", "x")):
        text = f"Mã KH,Số đơn,Ngày mua,Số tiền,{heading}\nK1,D1,02/03/2026,100000,{cells}\n"
        table = read(text.encode())
        plan = Plan(guess(table.headings, ImportKind.ORDERS, {}), "import:2")
        assert not orders.run(db, table, plan).refusals
        assert db.scalars(select(Order.cost)).one() == 70_000


@pytest.mark.parametrize(
    ("text", "currency", "value"),
    [
        ("1.250.000", "VND", 1_250_000), ("1,250,000 ₫", "VND", 1_250_000), ("260000", "VND", 260_000),
        ("12.50", "USD", 1250), ("$1,299.9", "USD", 129_990),
        ("-5", "USD", -500), ("1.234,56 €", "EUR", 123_456),
    ],
)  # fmt: skip
def test_amounts_as_people_write_them(text: str, currency: str, value: int) -> None:
    assert amount(text, currency) == value


@pytest.mark.parametrize("text", ["", "nhiều", "1.2.3", "--5", "9" * 30])
def test_what_is_no_amount(text: str) -> None:
    with pytest.raises(InvalidInput):
        amount(text, "VND")
