"""What is looked up first changes the way, never the answer."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.models import Contact
from campaign.segments import where
from campaign.segments.limits import ready
from campaign.segments.rule import LifeStage, Not, Op, Or, Orders, Rfm, RfmGroup, Rule
from campaign.segments.rule_orders import Measure
from campaign.segments.value import Group, Stage
from tests.factories import make_contact, make_order

RULES: list[Rule] = [
    *(RfmGroup(group) for group in Group), *(LifeStage(stage) for stage in Stage),
    Rfm((4, 5), (1, 5), (2, 3)), Rfm(), Rfm(currency="EUR"), RfmGroup(Group.LOYAL, "USD"),
    Orders(measure=Measure.SUM, op=Op.AT_LEAST, value=20, days=90),
    Orders(measure=Measure.COUNT, op=Op.AT_MOST, value=1, days=1000, channel="web"),
    Not(Orders(measure=Measure.AVERAGE, op=Op.AT_LEAST, value=15, older_than=30)),
    Orders(measure=Measure.COUNT, op=Op.AT_LEAST, value=1, days=500, product="Trà"),
    Or((RfmGroup(Group.LOST), RfmGroup(Group.CHAMPIONS), Rfm((3, 3)), LifeStage(Stage.LAPSED))),
]  # fmt: skip


@pytest.mark.parametrize("later", [False, True], ids=["nobody later", "somebody later"])
def test_the_same_people_with_and_without(db: Session, now: datetime, later: bool) -> None:
    chance = random.Random(3)
    for _ in range(40):
        contact = make_contact(db)
        for _ in range(chance.randrange(5)):
            make_order(
                db, contact, amount=chance.choice((-5, 10, 20, 500)), currency=chance.choice(("VND", "USD")),
                ordered_on=date(2026, 3, 9) - timedelta(days=chance.choice((0, 5, 80, 190, 400, 800))),
            )  # fmt: skip
    if later:
        make_order(db, contact, ordered_on=date(2026, 3, 20))
    db.flush()
    for rule in RULES:
        plain = set(db.scalars(select(Contact.id).where(where(rule, now))))
        looked_up = ready(db, rule, now)
        assert set(db.scalars(select(Contact.id).where(where(looked_up, now)))) == plain, rule
        # of another day the values say nothing, and are not used
        past = now - timedelta(days=100)
        assert set(db.scalars(select(Contact.id).where(where(looked_up, past)))) == set(
            db.scalars(select(Contact.id).where(where(rule, past)))
        )


def test_a_period_is_wide_that_holds_many_orders(db: Session, now: datetime) -> None:
    """Only SQLite must be told; and only of questions that an index of days alone does not answer."""
    contact = make_contact(db)
    for days in (1, *range(100, 120)):
        make_order(db, contact, ordered_on=date(2026, 3, 9) - timedelta(days=days))
    db.flush()

    def is_wide(**asked: object) -> bool:
        rule = ready(db, Orders(op=Op.AT_LEAST, value=1, **asked), now)  # type: ignore[arg-type]
        assert isinstance(rule, Orders)
        return rule.is_wide

    sqlite = db.get_bind().dialect.name == "sqlite"
    assert is_wide(measure=Measure.SUM, days=365) is sqlite
    assert is_wide(measure=Measure.COUNT, channel="web", days=365) is sqlite
    assert not is_wide(measure=Measure.SUM, days=10)
    assert not is_wide(measure=Measure.COUNT, days=365)
    assert not is_wide(measure=Measure.SUM)
