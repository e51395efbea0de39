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
from campaign.segments.rule import LifeStage, Or, Rfm, RfmGroup, Rule
from campaign.segments.value import Group, Stage
from tests.factories import make_contact, make_order

RULES: list[Rule] = [
    *(RfmGroup(group) for group in Group), *(LifeStage(stage) for stage in Stage),
    Rfm((4, 5), (1, 5), (2, 3)), Rfm(), Rfm(currency="EUR"), RfmGroup(Group.LOYAL, "USD"),
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
