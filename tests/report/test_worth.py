"""What a customer is worth: by currency, never mixed; what is not known is not guessed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session

from campaign.models import Channel, Contact, DeliveryState
from campaign.report import worth, worth_terms
from campaign.report.worth import Touches, Worth
from campaign.report.worth_terms import Terms
from campaign.segments.exam import settings as exam_settings
from tests.conftest import NOW
from tests.factories import make_contact, make_delivery, make_mailing, make_order

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
TODAY = NOW.astimezone(ZONE).date()
TERMS = Terms(Decimal(40), Decimal(80), Decimal(12), 20, 9_000)


def read(db: Session, contact: Contact, terms: Terms = TERMS, **more: object) -> list[Worth]:
    return worth.of_contact(db, contact.id, terms, now=NOW, zone=ZONE, **more)[0]


def order(db: Session, contact: Contact, ago: int, amount: int, **facts: object) -> None:
    make_order(db, contact, ordered_on=TODAY - timedelta(days=ago), amount=amount, **facts)


def test_sales_by_year_and_of_the_last_twelve_months(db: Session) -> None:
    contact = make_contact(db)
    order(db, contact, 10, 300_000)
    order(db, contact, 20, -100_000)
    order(db, contact, 500, 1_000_000)
    order(db, make_contact(db), 5, 99)
    (one,) = read(db, contact)
    assert (one.all.orders, one.all.amount, one.recent.orders, one.recent.amount) == (
        3,
        1_200_000,
        2,
        200_000,
    )
    assert one.first_on == TODAY - timedelta(days=500)
    assert dict(one.years) == {2026: 200_000, (TODAY - timedelta(days=500)).year: 1_000_000}
    assert [year for year, _ in one.years] == sorted((year for year, _ in one.years), reverse=True)


def test_currencies_are_never_mixed(db: Session) -> None:
    contact = make_contact(db)
    order(db, contact, 10, 500_000)
    order(db, contact, 10, 7_500, currency="USD")
    make_delivery(db, contact=contact)
    vnd, usd = read(db, contact)
    assert (vnd.currency, vnd.all.amount, usd.currency, usd.all.amount) == ("VND", 500_000, "USD", 7_500)
    # a letter is paid in đồng: nothing is taken off dollars
    assert (vnd.contact_cost, vnd.net) == (20, 200_000 - 20)
    assert (usd.contact_cost, usd.net) == (None, 3_000)


def test_profit_by_the_cost_on_the_order_before_the_houses_margin(db: Session) -> None:
    contact = make_contact(db)
    order(db, contact, 10, 100_000, cost=70_000)
    assert read(db, contact, Terms())[0].gross == 30_000
    order(db, contact, 11, 200_000)
    assert read(db, contact)[0].gross == 30_000 + 80_000
    unknown = read(db, contact, replace(TERMS, margin_percent=None))[0]
    assert (unknown.gross, unknown.net, unknown.expected, unknown.all.without_cost) == (None, None, None, 1)
    assert unknown.why_not == "no-margin"


def test_contact_cost_counts_what_went_out(db: Session) -> None:
    contact = make_contact(db)
    order(db, contact, 10, 1_000_000)
    mailing = make_mailing(db)
    make_delivery(db, mailing, contact)
    make_delivery(db, mailing, contact, channel=Channel.LETTER)
    make_delivery(db, make_mailing(db), contact, settled_at=NOW - timedelta(days=400))
    make_delivery(db, make_mailing(db), contact, state=DeliveryState.REJECTED)
    make_delivery(db, make_mailing(db), contact, state=DeliveryState.SUPPRESSED)
    found, touches = worth.of_contact(db, contact.id, TERMS, now=NOW, zone=ZONE)
    assert touches == Touches(emails=2, letters=1, recent_emails=1, recent_letters=1)
    assert found[0].contact_cost == 2 * 20 + 9_000
    # nobody said what a letter costs
    half = read(db, contact, replace(TERMS, letter_cost=None))[0]
    assert (half.contact_cost, half.net, half.gross) == (None, None, 400_000)
    of_people = worth.of_contact(db, make_contact(db).id, TERMS, now=NOW, zone=ZONE, people=[contact.id])
    assert of_people == ([], touches)


def test_expected_profit_is_last_years_times_the_factor(db: Session) -> None:
    contact = make_contact(db)
    order(db, contact, 10, 1_000_000)
    order(db, contact, 700, 9_000_000)
    expected = read(db, contact)[0].expected
    assert expected is not None
    assert expected.yearly == 400_000
    assert expected.factor == Decimal("0.8") / Decimal("0.32")
    assert expected.profit == 1_000_000


def test_of_the_future_nothing_is_said_without_a_reason_to(db: Session) -> None:
    lapsed, current = make_contact(db), make_contact(db)
    order(db, lapsed, 366, 1_000_000)
    order(db, current, 1, 1_000_000)
    assert read(db, lapsed)[0].why_not == "no-recent"
    for missing in ("retention_percent", "discount_percent"):
        assert read(db, current, replace(TERMS, **{missing: None}))[0].why_not == "no-terms"
    dead = read(db, current, alive=False)[0]
    assert (dead.expected, dead.why_not, dead.net) == (None, "deceased", 400_000)
    assert replace(TERMS, retention_percent=Decimal(100), discount_percent=Decimal(0)).factor is None


def test_nobody_who_bought_nothing_is_worth_anything(db: Session) -> None:
    assert read(db, make_contact(db)) == []


def test_what_is_bought_most(db: Session) -> None:
    contact = make_contact(db)
    for product, ago in (("sen", 9), ("nhài", 8), ("sen", 7), ("", 6)):
        order(db, contact, ago, 1, product=product)
    order(db, contact, 1, -1, product="nhài")
    assert worth.products(db, contact.id) == [("sen", 2), ("nhài", 1)]


def test_terms_are_kept_and_share_the_costs_of_the_exam(db: Session) -> None:
    assert worth_terms.read(db) == Terms()
    exam_settings.keep(db, exam_settings.ExamSettings(77, 5, 6), None, NOW)
    assert worth_terms.read(db) == Terms(email_cost=5, letter_cost=6)
    terms = Terms(Decimal("12.5"), Decimal(70), None, None, 8_000)
    worth_terms.keep(db, terms, None, NOW)
    assert worth_terms.read(db) == terms
    assert exam_settings.read(db) == exam_settings.ExamSettings(77, None, 8_000)


def test_who_stayed_is_counted_from_the_orders(db: Session) -> None:
    assert worth_terms.stayed(db, TODAY).percent is None
    stays, leaves, comes = (make_contact(db) for _ in range(3))
    for contact, ago in ((stays, 400), (stays, 500), (stays, 30), (leaves, 700), (comes, 3)):
        order(db, contact, ago, 100)
    order(db, leaves, 800, 100)
    found = worth_terms.stayed(db, TODAY)
    assert (found.bought, found.again, found.percent) == (2, 1, Decimal("50.0"))


@pytest.mark.parametrize("day", [date(2024, 2, 29), date(2024, 12, 31)])
def test_years_are_calendar_years(db: Session, day: date) -> None:
    contact = make_contact(db)
    make_order(db, contact, ordered_on=day, amount=5)
    assert read(db, contact)[0].years == ((2024, 5),)
