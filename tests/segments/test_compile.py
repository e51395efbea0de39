"""The SQL of a rule finds exactly whom a plain reading of the rule finds, on each database."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.audience.reach import Target, skips
from campaign.contacts import consent, holds, profile, suppression
from campaign.contacts.names import search_key
from campaign.db import Database
from campaign.models import (
    Channel,
    ConsentPurpose,
    Contact,
    ContactKind,
    HoldReason,
    Order,
    SuppressionReason,
)
from campaign.occasions.anniversaries import YearDay, next_on
from campaign.segments.columns import COLUMNS, Kind
from campaign.segments.compile import today, where
from campaign.segments.places import InRegion, ProvinceToday
from campaign.segments.rule import (
    And,
    Attribute,
    Birthday,
    ContactPersonOf,
    Custom,
    LifeStage,
    Measure,
    Not,
    Op,
    Or,
    Orders,
    Reachable,
    Rfm,
    RfmGroup,
    Rule,
    SalesTier,
    Tag,
)
from tests.conftest import NOW
from tests.factories import (
    make_account,
    make_consent,
    make_contact,
    make_order,
    make_organisation,
    make_sender,
)
from tests.segments.reference import place_fits, value_fits
from tests.segments.rules import HOSTILE, PROVINCES, rules, values

# days before today that orders were made, -1 being tomorrow
AGES = (-1, 0, 1, 20, 100, 200, 399, 700, 800)


@dataclass
class World:
    """Contacts and their orders, read once; the reference looks at nothing else but the ledgers."""

    db: Session
    contacts: list[Contact]
    orders: dict[int, list[Order]]


@pytest.fixture
def world(database: Database) -> World:
    db = database.session()
    chance = random.Random(7)
    senders = [make_sender(db), make_sender(db)]
    owner = make_account(db)
    for key in ("hoa", "x"):
        profile.add_custom_field(db, key, key)
    houses = [
        make_organisation(db, province=chance.choice(PROVINCES), tags=["vip"][: index % 2])
        for index in range(4)
    ]
    contacts = [*houses]
    for index in range(36):
        contact = make_contact(
            db,
            full_name=chance.choice(("Trần Văn Sen", "sen", "Đỗ % Ễn", "O'Neill _ \\")),
            province=chance.choice(PROVINCES),
            language=chance.choice(("vi", "en", "zh")),
            street=chance.choice(("", "1 Lê Lợi")),
            organisation_id=chance.choice((None, None, *(house.id for house in houses))),
            owner_id=chance.choice((None, owner.id)),
            birth_year=chance.choice((None, 1970, 1990)),
            tags=chance.sample(HOSTILE, 2),
            custom={"hoa": chance.choice(("", *HOSTILE))},
            **chance.choice(
                (
                    {},
                    {
                        "birth_day": 9 + index % 20,
                        "birth_month": 3,
                        "birth_calendar": ("solar", "lunar")[index % 2],
                    },
                )
            ),
        )
        contacts.append(contact)
        for _ in range(chance.randrange(4)):
            make_order(
                db, contact, amount=chance.choice((100_000, 300_000, 5_000_000, -50_000)),
                ordered_on=date(2026, 3, 9) - timedelta(days=chance.choice(AGES)),
                product=chance.choice(("Trà sen", "100%", "l'eau")), currency=chance.choice(("VND", "USD")),
                channel=chance.choice(("cửa hàng", "x")),
            )  # fmt: skip
        _consents(db, contact, senders, chance)
    db.commit()
    orders: dict[int, list[Order]] = {contact.id: [] for contact in contacts}
    for order in db.scalars(select(Order)):
        orders[order.contact_id].append(order)
    yield World(db, contacts, orders)
    db.close()


def _consents(db: Session, contact: Contact, senders: list, chance: random.Random) -> None:
    for sender in senders:
        if chance.random() < 0.6:
            make_consent(
                db, contact, sender, chance.choice(list(ConsentPurpose)), chance.choice(list(Channel))
            )
        if chance.random() < 0.2:
            consent.withdraw(
                db,
                contact,
                sender.id,
                chance.choice(list(Channel)),
                ConsentPurpose.MARKETING,
                source="x",
                now=NOW,
            )
    if chance.random() < 0.1:
        suppression.suppress(
            db, Channel.EMAIL, contact.email_key, SuppressionReason.BOUNCED, source="x", now=NOW
        )
    if chance.random() < 0.1:
        holds.place(db, contact, HoldReason.PAUSE, now=NOW - timedelta(days=1))


@settings(max_examples=150)
@given(rule=rules())
def test_sql_and_reference_find_the_same_people(world: World, rule: Rule) -> None:
    found = set(world.db.scalars(select(Contact.id).where(where(rule, NOW))))
    assert found == {contact.id for contact in world.contacts if fits(world, rule, contact, NOW)}


@settings(max_examples=150)
@given(rule=values)
def test_sql_and_reference_agree_on_value(world: World, rule: Rule) -> None:
    """Scores, groups, tiers and stages are rare among all the rules above."""
    found = set(world.db.scalars(select(Contact.id).where(where(rule, NOW))))
    assert found == {contact.id for contact in world.contacts if fits(world, rule, contact, NOW)}


def fits(world: World, rule: Rule, contact: Contact, now: datetime) -> bool:
    """The rule read plainly."""
    match rule:
        case And(parts):
            return all(fits(world, part, contact, now) for part in parts)
        case Or(parts):
            return any(fits(world, part, contact, now) for part in parts)
        case Not(inner):
            return not fits(world, inner, contact, now)
        case ContactPersonOf(inner):
            return contact.organisation is not None and fits(world, inner, contact.organisation, now)
    return _leaf_fits(world, rule, contact, now)


def _leaf_fits(world: World, rule: Rule, contact: Contact, now: datetime) -> bool:
    match rule:
        case Tag(tag):
            return tag in contact.tags
        case Custom(key, op, values):
            return _text_fits(contact.custom.get(key, ""), op, values)
        case Attribute():
            return _attribute_fits(rule, contact)
        case Orders():
            return _orders_fit(rule, world.orders[contact.id], today(now))
        case Birthday(days):
            return _birthday_fits(days, contact, today(now))
        case Rfm() | RfmGroup() | SalesTier() | LifeStage():
            return value_fits(rule, contact.id, world.orders, today(now))
        case ProvinceToday() | InRegion():
            return place_fits(rule, contact)
        case Reachable(channel, purpose, sender_id):
            key = contact.email_key if channel is Channel.EMAIL else contact.letter_key
            target = Target(contact.id, key)
            return (
                contact.kind is ContactKind.PERSON
                and key != ""
                and not skips(world.db, [target], channel, purpose, sender_id, now)
            )


def _attribute_fits(rule: Attribute, contact: Contact) -> bool:
    column = COLUMNS[rule.field]
    value = getattr(contact, column.attribute)
    if column.kind is Kind.NAME:
        return _text_fits(value, rule.op, tuple(search_key(str(text)) for text in rule.values))
    if column.kind is not Kind.NUMBER:
        return _text_fits(str(value), rule.op, rule.values)
    match rule.op:
        case Op.AT_LEAST:
            return value is not None and value >= rule.values[0]
        case Op.AT_MOST:
            return value is not None and value <= rule.values[0]
    return _text_fits("" if value is None else value, rule.op, rule.values)


def _text_fits(value: object, op: Op, values: tuple) -> bool:
    match op:
        case Op.EMPTY:
            return value == ""
        case Op.FILLED:
            return value != ""
        case Op.CONTAINS:
            return any(text in value for text in values)
        case Op.IS:
            return value in values
    return value not in values


def _orders_fit(rule: Orders, orders: list[Order], day: date) -> bool:
    kept = [
        order
        for order in orders
        if (rule.measure is Measure.COUNT or order.currency == rule.currency)
        and (not rule.days or day - timedelta(days=rule.days) <= order.ordered_on <= day)
        and rule.product in order.product
        and rule.channel in ("", order.channel)
    ]
    measured = len(kept) if rule.measure is Measure.COUNT else sum(order.amount for order in kept)
    return measured >= rule.value if rule.op is Op.AT_LEAST else measured <= rule.value


def _birthday_fits(days: int, contact: Contact, day: date) -> bool:
    if contact.birth_day is None or contact.birth_month is None:
        return False
    key = YearDay(contact.birth_calendar.value, contact.birth_month, contact.birth_day)
    return (next_on(key, day) - day).days <= days
