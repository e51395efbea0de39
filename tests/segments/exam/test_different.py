"""Different: answers of members against everybody else's, to the same letters, each person once."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from campaign.models import Contact, Delivery, DeliveryState, Event, EventKind, Mailing, MessageKind
from campaign.segments.exam.different import Different, different
from campaign.segments.exam.verdict import Verdict
from campaign.segments.places import ProvinceToday
from campaign.segments.rule import (
    Act,
    And,
    ContactPersonOf,
    Engagement,
    InSegment,
    Measure,
    Not,
    Op,
    Or,
    Orders,
    Rule,
    Tag,
)
from tests.conftest import NOW
from tests.factories import make_contact, make_delivery, make_mailing, make_message, make_order

VIP = Tag("vip")
STARTED = NOW - timedelta(days=60)
BOUGHT = Orders(measure=Measure.COUNT, op=Op.AT_LEAST, value=0)


def mailing_of(db: Session, days: int = 60, **facts: object) -> Mailing:
    return make_mailing(db, started_at=NOW - timedelta(days=days), **facts)


def write_to(db: Session, mailing: Mailing, people: list[Contact], answers: int) -> list[Delivery]:
    """Deliveries to all of them; the first ones click within the month."""
    deliveries = [make_delivery(db, mailing, person) for person in people]
    for delivery in deliveries[:answers]:
        happen(db, delivery, EventKind.CLICK)
    return deliveries


def happen(
    db: Session,
    delivery: Delivery,
    kind: EventKind,
    at: datetime = STARTED + timedelta(days=2),
    **facts: bool,
) -> None:
    db.add(Event(delivery_id=delivery.id, kind=kind, at=at, **facts))
    db.flush()


def people(db: Session, number: int, *tags: str) -> list[Contact]:
    return [make_contact(db, tags=list(tags)) for _ in range(number)]


def hits(found: Different) -> tuple[int, int, int, int]:
    one, other = found.comparison.one, found.comparison.other
    return one.hits, one.total, other.hits, other.total


@pytest.mark.parametrize(
    ("vip", "others", "verdict", "key"),
    [
        (18, 4, Verdict.PASSES, "more"),
        (2, 16, Verdict.WEAK, "fewer"),
        (9, 7, Verdict.WEAK, "unclear"),
        (1, 1, Verdict.UNKNOWN, "few"),
    ],
)
def test_verdict_by_answers(db: Session, vip: int, others: int, verdict: Verdict, key: str) -> None:
    mailing = mailing_of(db)
    write_to(db, mailing, people(db, 30, "vip"), vip)
    write_to(db, mailing, people(db, 30), others)
    found = different(db, VIP, NOW)
    assert hits(found) == (vip, 30, others, 30)
    low, high = found.comparison.interval
    assert low < (vip - others) / 30 < high
    assert (found.verdict, found.reasons[0].key) == (verdict, f"exam-different-{key}")
    if key == "few":
        assert not [name for name in found.reasons[0].values if "share" in name], "no bare percentage"


def test_without_a_mailing_to_both_nothing_is_known(db: Session) -> None:
    assert different(db, VIP, NOW).reasons[0].key == "exam-different-no-mailings"
    write_to(db, mailing_of(db), people(db, 3, "vip"), 1)  # to members only
    write_to(db, mailing_of(db), people(db, 3), 1)
    lately = mailing_of(db, days=29)  # its month is not over
    greeting = mailing_of(db, message=make_message(db, kind=MessageKind.GREETING))
    for mailing in (lately, greeting):
        write_to(db, mailing, people(db, 2, "vip") + people(db, 2), 1)
    found = different(db, VIP, NOW)
    assert (found.verdict, found.mailings) == (Verdict.UNKNOWN, 0)


def test_a_person_counts_once_with_the_last_mailing(db: Session) -> None:
    members, others = people(db, 2, "vip"), people(db, 2)
    write_to(db, mailing_of(db, 61), members + others, 4)
    last = mailing_of(db, 60)
    write_to(db, last, [members[0], *others], 0)
    assert hits(different(db, VIP, NOW)) == (1, 2, 0, 2)


def test_what_counts_as_an_answer(db: Session) -> None:
    mailing = mailing_of(db)
    clicked, replied, opened, scanned, late, refused, bought, bought_late = people(db, 8, "vip")
    deliveries = {person.id: make_delivery(db, mailing, person) for person in (
        clicked, replied, opened, scanned, late, refused, bought, bought_late
    )}  # fmt: skip
    for kind, moment in ((EventKind.CLICK, 1), (EventKind.CLICK, 3), (EventKind.REPLY, 4)):
        happen(db, deliveries[clicked.id], kind, STARTED + timedelta(days=moment))
    happen(db, deliveries[replied.id], EventKind.REPLY)
    happen(db, deliveries[opened.id], EventKind.OPEN)
    happen(db, deliveries[scanned.id], EventKind.CLICK, machine=True)
    happen(db, deliveries[late.id], EventKind.CLICK, STARTED + timedelta(days=31))
    happen(db, deliveries[refused.id], EventKind.CLICK)
    deliveries[refused.id].state = DeliveryState.REJECTED
    day = STARTED.date()
    make_order(db, bought, ordered_on=day + timedelta(days=30))
    make_order(db, bought_late, ordered_on=day + timedelta(days=31))
    make_order(db, opened, ordered_on=date(2025, 1, 1))
    write_to(db, mailing, people(db, 1), 0)
    assert hits(different(db, VIP, NOW)) == (3, 7, 0, 1)


def test_orders_are_no_answer_where_the_rule_asks_for_orders(db: Session) -> None:
    mailing = mailing_of(db)
    members, others = people(db, 2, "vip"), people(db, 2)
    write_to(db, mailing, members + others, 1)
    make_order(db, members[1], ordered_on=STARTED.date() + timedelta(days=3))
    rule: Rule = And((VIP, BOUGHT))
    found = different(db, rule, NOW)
    assert hits(found) == (1, 2, 0, 2)
    assert not found.orders
    assert found.reasons[-1].key == "exam-different-without-orders"
    assert hits(different(db, VIP, NOW)) == (2, 2, 0, 2)


def clicked(days: int = 90, act: Act = Act.CLICKED) -> Engagement:
    return Engagement(act=act, days=days)


def click_in(db: Session, mailing: Mailing, person: Contact, days: int) -> None:
    """A click so many days before today, on a delivery of that mailing."""
    delivery = make_delivery(db, mailing, person, settled_at=mailing.started_at)
    happen(db, delivery, EventKind.CLICK, NOW - timedelta(days=days))


def test_a_click_on_a_letter_does_not_prove_that_one_clicks_on_that_letter(db: Session) -> None:
    """Everybody clicks by chance alike; "who clicked" is known by nothing but the letter that judges."""
    mailing = mailing_of(db)
    write_to(db, mailing, people(db, 60), 20)
    found = different(db, clicked(), NOW)
    assert (found.verdict, found.mailings) == (Verdict.UNKNOWN, 0)
    assert hits(found) == (0, 0, 0, 0), "an expected result rests on this"
    assert [reason.key for reason in found.reasons] == ["exam-different-not-then"]


@pytest.mark.parametrize("rule", [clicked(), clicked(0), And((Not(clicked(act=Act.RECEIVED)), clicked()))])
def test_members_are_those_of_the_eve_of_a_letter(db: Session, rule: Rule) -> None:
    before, mailing = mailing_of(db, days=100), mailing_of(db)
    keen, idle = people(db, 30), people(db, 30)
    for person in keen:
        click_in(db, before, person, 80)
    for deliveries in (write_to(db, mailing, keen, 12), write_to(db, mailing, idle, 12)):
        assert len(deliveries) == 30
    if isinstance(rule, And):  # who received anything is not in it; nobody was a member
        assert different(db, rule, NOW).reasons[0].key == "exam-different-not-then"
        return
    found = different(db, rule, NOW)
    assert hits(found) == (12, 30, 12, 30)
    assert found.reasons[-1].key == "exam-different-then"
    assert found.verdict is Verdict.WEAK


def test_it_is_seen_through_other_segments_and_organisations(db: Session) -> None:
    mailing = mailing_of(db)
    write_to(db, mailing, people(db, 60), 20)
    inner = InSegment(7, And((Not(Tag("no")), clicked())))
    for rule in (inner, Not(Not(inner)), Or((inner, ContactPersonOf(clicked())))):
        assert different(db, rule, NOW).reasons[0].key == "exam-different-not-then"


def test_what_was_done_after_the_eve_is_not_looked_at(db: Session) -> None:
    """Neither by days with a date, nor by a reply to an older letter."""
    before, mailing = mailing_of(db, days=100), mailing_of(db)
    members, others = people(db, 2), people(db, 2)
    for person in members:
        delivery = make_delivery(db, before, person, settled_at=before.started_at)
        happen(db, delivery, EventKind.REPLY, STARTED + timedelta(days=1))
    write_to(db, mailing, members + others, 1)
    silent = Engagement(act=Act.NO_REPLY, days=90)
    assert hits(different(db, silent, NOW)) == (1, 2, 0, 2)
    since = (NOW - timedelta(days=100)).date()
    replied = Engagement(act=Act.REPLIED, since=since, until=NOW.date())
    assert different(db, replied, NOW).reasons[0].key == "exam-different-not-then"


def test_who_bought_after_a_click_was_no_customer_before_it(db: Session) -> None:
    """Buying lately and clicking lately go together: members are those who had bought when it went out."""
    mailing = mailing_of(db)
    bought_then, bought_since, never = people(db, 2), people(db, 2), people(db, 2)
    for who, day in ((bought_then, 70), (bought_since, 50)):
        for person in who:
            make_order(db, person, ordered_on=(NOW - timedelta(days=day)).date())
    write_to(db, mailing, bought_since + bought_then + never, 2)
    lately = Orders(measure=Measure.COUNT, op=Op.AT_LEAST, value=1, days=90)
    found = different(db, lately, NOW)
    assert hits(found) == (0, 2, 2, 4)
    assert [reason.key for reason in found.reasons[1:]] == [
        "exam-different-then", "exam-different-without-orders",
    ]  # fmt: skip


def test_of_many_letters_each_person_counts_with_the_newest(db: Session) -> None:
    old, older = mailing_of(db, days=100), mailing_of(db, days=130)
    keen, idle = people(db, 3), people(db, 3)
    for person in keen:
        click_in(db, older, person, 125)
    write_to(db, old, [*keen[:2], *idle], 0)
    last = mailing_of(db)
    write_to(db, last, [keen[0], idle[0]], 1)
    found = different(db, clicked(400), NOW)
    assert (hits(found), found.mailings) == ((1, 2, 0, 3), 2)


def test_where_someone_lives_leaves_orders_as_answers(db: Session) -> None:
    mailing = mailing_of(db)
    here, there = people(db, 1), [make_contact(db, province="Cà Mau")]
    write_to(db, mailing, here + there, 0)
    make_order(db, here[0], ordered_on=STARTED.date() + timedelta(days=3))
    assert hits(different(db, ProvinceToday("ha-noi"), NOW)) == (1, 1, 0, 1)
