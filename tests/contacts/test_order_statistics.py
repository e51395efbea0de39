"""The statistics of orders are what the orders come to, whatever happens to the orders."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from campaign.contacts import order_statistics
from campaign.db import Database
from campaign.models import Order, OrderStatistics
from tests.factories import make_contact, make_order

FIRST_DAY = date(2026, 3, 1)
days = st.integers(0, 4).map(lambda after: FIRST_DAY + timedelta(days=after))
amounts = st.sampled_from((0, 100, 250, -100, 10**15))
currencies = st.sampled_from(("VND", "USD"))
places = st.integers(0, 2)
LONG_ENOUGH_TO_WAIT = 0.5  # seconds; were it too short, the test would only show less


def reference(db: Session) -> dict[tuple[int, str], tuple]:
    """Order by order, without the database's arithmetic."""
    found: dict[tuple[int, str], list[Order]] = {}
    for order in db.scalars(select(Order).execution_options(populate_existing=True)):
        found.setdefault((order.contact_id, order.currency), []).append(order)
    return {
        key: (
            min(order.ordered_on for order in orders), max(order.ordered_on for order in orders), len(orders),
            len({order.ordered_on for order in orders}), sum(order.amount for order in orders),
        )
        for key, orders in found.items()
    }  # fmt: skip


def kept(db: Session) -> dict[tuple[int, str], tuple]:
    columns = (getattr(OrderStatistics, name) for name in order_statistics.COLUMNS)
    return {(row[0], row[1]): tuple(row[2:]) for row in db.execute(select(*columns))}


class Shop(RuleBasedStateMachine):
    """Inserts one by one and many at once, through the ORM and past it; changes; removals; rollbacks."""

    def __init__(self, database: Database, people: list[int]) -> None:
        super().__init__()
        self.people = people
        self.db = database.session()
        self.db.execute(delete(Order))
        self.db.commit()
        self.number = 0

    def _row(self, who: int, day: date, amount: int, currency: str) -> dict[str, object]:
        self.number += 1
        return {
            "contact_id": self.people[who], "number": str(self.number), "ordered_on": day, "amount": amount,
            "currency": currency, "product": "", "channel": "",
        }  # fmt: skip

    @rule(rows=st.lists(st.tuples(places, days, amounts, currencies), min_size=1, max_size=6))
    def many(self, rows: list[tuple[int, date, int, str]]) -> None:
        self.db.execute(insert(Order), [self._row(*row) for row in rows])

    @rule(who=places, day=days, amount=amounts, currency=currencies)
    def one(self, who: int, day: date, amount: int, currency: str) -> None:
        self.db.add(Order(**self._row(who, day, amount, currency)))
        self.db.flush()

    @rule(who=places, day=days, amount=amounts, currency=currencies)
    def edit_one(self, who: int, day: date, amount: int, currency: str) -> None:
        order = self.db.scalars(select(Order).where(Order.contact_id == self.people[who]).limit(1)).first()
        if order is not None:
            order.ordered_on, order.amount, order.currency = day, amount, currency
            self.db.flush()

    @rule(day=days, later=st.integers(-3, 3))
    def move_a_day(self, day: date, later: int) -> None:
        moved = update(Order).where(Order.ordered_on == day).values(ordered_on=day + timedelta(days=later))
        self.db.execute(moved)

    @rule(product=st.text("ab", max_size=3))
    def rename(self, product: str) -> None:
        self.db.execute(update(Order).values(product=product))

    @rule(who=places, to=places)
    def merge(self, who: int, to: int) -> None:
        self.db.execute(
            update(Order).where(Order.contact_id == self.people[who]).values(contact_id=self.people[to])
        )

    @rule(who=places, day=days)
    def remove(self, who: int, day: date) -> None:
        self.db.execute(delete(Order).where(Order.contact_id == self.people[who], Order.ordered_on >= day))

    @rule()
    def keep(self) -> None:
        self.db.commit()

    @rule()
    def give_up(self) -> None:
        self.db.rollback()

    @invariant()
    def rows_are_what_orders_come_to(self) -> None:
        assert kept(self.db) == reference(self.db)
        assert order_statistics.wrong(self.db) == 0

    def teardown(self) -> None:
        self.db.rollback()
        self.db.close()


def test_after_any_history_of_orders_the_rows_are_what_they_come_to(database: Database) -> None:
    with database.write() as db:
        people = [make_contact(db).id for _ in range(3)]
    run_state_machine_as_test(
        lambda: Shop(database, people),
        settings=settings(max_examples=25, stateful_step_count=20),
    )


def test_a_wrong_row_is_found_and_mended(db: Session) -> None:
    lan, hoa = make_contact(db), make_contact(db)
    for who in (lan, lan, hoa):
        make_order(db, who, ordered_on=FIRST_DAY, amount=100)
    db.flush()
    assert order_statistics.wrong(db) == 0
    db.execute(update(OrderStatistics).where(OrderStatistics.contact_id == lan.id).values(amount=1))
    db.execute(delete(OrderStatistics).where(OrderStatistics.contact_id == hoa.id))
    assert order_statistics.wrong(db) == 2
    order_statistics.rebuild(db)
    assert order_statistics.wrong(db) == 0
    assert kept(db) == reference(db)


def test_two_writers_of_one_customer(database: Database) -> None:
    """The second writes while the first has not committed; nobody's order is forgotten."""
    with database.write() as db:
        lan = make_contact(db).id

    def write(number: str) -> None:
        with database.write() as db:
            db.execute(insert(Order).values(contact_id=lan, number=number, ordered_on=FIRST_DAY, amount=1))

    second = threading.Thread(target=write, args=("b",))
    with database.write() as db:
        db.execute(insert(Order).values(contact_id=lan, number="a", ordered_on=FIRST_DAY, amount=1))
        second.start()
        second.join(LONG_ENOUGH_TO_WAIT)  # for us: it goes on when we have committed
    second.join()
    with database.read() as db:
        assert kept(db) == {(lan, "VND"): (FIRST_DAY, FIRST_DAY, 2, 1, 2)}


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_statement_that_touches_nothing_is_fine(db: Session, count: int) -> None:
    lan = make_contact(db)
    for _ in range(count):
        make_order(db, lan)
    db.flush()
    db.execute(delete(Order).where(Order.contact_id == -1))
    db.execute(update(Order).where(Order.contact_id == -1).values(amount=1))
    assert len(kept(db)) == min(count, 1)
