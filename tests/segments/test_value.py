"""Value: groups part all scores; the database scores as the pure function does, as of any day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from campaign.db import Database
from campaign.models import Order
from campaign.segments import value_sql, value_table
from campaign.segments.rfm import Purchases
from campaign.segments.value import BOXES, Group, Tier, group_of, inside
from campaign.segments.value_table import Share
from tests.factories import make_contact, make_order
from tests.segments import reference

TODAY = date(2026, 3, 9)
rows = st.lists(
    st.tuples(
        st.integers(0, 11),
        st.integers(-2, 6),
        st.sampled_from((-100, 0, 1, 100, 250)),
        st.sampled_from(("VND", "VND", "USD")),
    ),
    max_size=40,
)


@pytest.mark.parametrize("scores", list(product(range(1, 6), repeat=3)))
def test_scores_are_in_one_group_and_in_the_one_of_the_table(scores: tuple[int, int, int]) -> None:
    found = [group for group, boxes in BOXES.items() if any(inside(box, scores) for box in boxes)]
    assert found == [group_of(*scores)] == [reference.group_of(*scores)]


def test_every_group_has_boxes() -> None:
    assert set(BOXES) == set(Group)


@pytest.fixture
def people(database: Database) -> Iterator[tuple[Session, list[int]]]:
    with database.write() as db:
        ids = [make_contact(db).id for _ in range(12)]
    with database.session() as db:
        yield db, ids


@settings(max_examples=80)
@given(rows=rows, later=st.integers(-3, 3))
def test_the_database_scores_as_the_pure_function_does(
    people: tuple[Session, list[int]], rows: list[tuple[int, int, int, str]], later: int
) -> None:
    """As of today and of other days, with orders after the day, and with other currencies about."""
    db, ids = people
    db.execute(delete(Order))
    if rows:
        db.execute(insert(Order), [
            {"contact_id": ids[who], "number": str(at), "ordered_on": TODAY - timedelta(days=age),
             "amount": amount, "currency": currency}
            for at, (who, age, amount, currency) in enumerate(rows)
        ])  # fmt: skip
    day = TODAY + timedelta(days=later)
    purchases = Purchases()
    for who, age, amount, currency in rows:
        if currency == "VND" and age + later >= 0:
            purchases.add(str(ids[who]), age + later, amount)
    expected = {int(one.customer_id): one[1:] for one in purchases.scored()}
    found = {
        row.contact_id: ((day - row.last_on).days, row.days, row.amount, row.r, row.f, row.m)
        for row in db.execute(value_sql.scores(day, "VND"))
    }
    assert found == expected
    orders = {who: [] for who in ids}
    for order in db.scalars(select(Order)):
        orders[order.contact_id].append(order)
    tiers = {row.contact_id: row.tier for row in db.execute(value_sql.tiers(day, "VND"))}
    assert tiers == {
        who: tier.value for who in ids if (tier := reference.tier_of(who, orders, day, "VND")) is not None
    }
    db.rollback()


def test_the_table_and_the_line_add_up(db: Session) -> None:
    """Sums of 1000, 100, 100 and a refund: equal sums share a tier, the refund counts as nothing."""
    people = [make_contact(db) for _ in range(4)]
    for person, amount in zip(people, (1000, 100, 100, -50), strict=True):
        make_order(db, person, amount=amount, ordered_on=TODAY)
    db.flush()
    found, line = value_table.table(db, TODAY, "VND"), value_table.pareto(db, TODAY, "VND")
    assert found.whole == Share(4, 1150)
    assert found.cells == {(1, 1): Share(4, 1150)}
    assert sum(share.people for share in found.groups.values()) == 4
    # before the second stand 1000 of 1200, which is over 80% and under 95%
    assert line.tiers == {Tier.A: Share(1, 1000), Tier.B: Share(2, 200), Tier.C: Share(1, 0)}
    assert line.whole == 1200
    assert [one.amount for one in line.slices] == [1000, 100, 100, 0]
    assert value_table.currencies(db) == ["VND"]
    nobody = value_table.table(db, TODAY - timedelta(days=1), "VND")
    assert (nobody.whole, nobody.cells) == (Share(), {})
    assert value_table.pareto(db, TODAY, "USD").whole == 0
