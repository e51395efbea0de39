"""The SQL of a rule finds exactly whom a plain reading of the rule finds, on each database."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from sqlalchemy import select

from campaign.audience.reach import Target, skips
from campaign.contacts.addresses import phone_key
from campaign.contacts.names import search_key
from campaign.db import Database
from campaign.models import (
    Channel,
    Contact,
    ContactKind,
    Segment,
)
from campaign.occasions.anniversaries import YearDay, next_on
from campaign.segments import bind, house_tiers
from campaign.segments.columns import COLUMNS, Kind
from campaign.segments.compile import today, where
from campaign.segments.house_tiers import By, Cuts, HouseTierName, Scheme
from campaign.segments.places import InRegion, ProvinceToday
from campaign.segments.rule import (
    And,
    Attribute,
    Birthday,
    Consented,
    ContactPersonOf,
    Custom,
    Dated,
    Engagement,
    HouseTier,
    Imported,
    InSegment,
    LifeStage,
    Not,
    Op,
    Or,
    OrderDay,
    Orders,
    Reachable,
    Rfm,
    RfmGroup,
    Rule,
    SalesTier,
    Tag,
    parse,
)
from tests.conftest import NOW
from tests.segments.reference import place_fits, value_fits
from tests.segments.reference_mail import (
    consent_fits,
    dated_fits,
    engagement_fits,
    imported_fits,
    order_day_fits,
    orders_fit,
)
from tests.segments.rules import new, orders, rules, values
from tests.segments.world import World, make_world


@pytest.fixture
def world(database: Database) -> Iterator[World]:
    with database.session() as db:
        yield make_world(db)


@settings(max_examples=150)
@given(rule=rules())
def test_sql_and_reference_find_the_same_people(world: World, rule: Rule) -> None:
    rule = bind(world.db, rule)
    found = set(world.db.scalars(select(Contact.id).where(where(rule, NOW))))
    assert found == {contact.id for contact in world.contacts if fits(world, rule, contact, NOW)}


@settings(max_examples=150)
@given(rule=values)
def test_sql_and_reference_agree_on_value(world: World, rule: Rule) -> None:
    """Scores, groups, tiers and stages are rare among all the rules above."""
    rule = bind(world.db, rule)
    found = set(world.db.scalars(select(Contact.id).where(where(rule, NOW))))
    assert found == {contact.id for contact in world.contacts if fits(world, rule, contact, NOW)}


@settings(max_examples=200)
@given(rule=new | orders())
def test_sql_and_reference_agree_on_mail_orders_and_dates(world: World, rule: Rule) -> None:
    rule = bind(world.db, rule)
    found = set(world.db.scalars(select(Contact.id).where(where(rule, NOW))))
    assert found == {contact.id for contact in world.contacts if fits(world, rule, contact, NOW)}


@pytest.mark.parametrize("by", By)
def test_own_tiers_by_each_measure(world: World, by: By) -> None:
    ends = (500_000, 300_000, 100_000) if by is By.SALES else (10, 40, 80)
    house_tiers.keep(world.db, dict.fromkeys(Scheme, Cuts(by, ends)), None, NOW)
    people = 0
    for tier in HouseTierName:
        rule = bind(world.db, HouseTier(tier))
        found = set(world.db.scalars(select(Contact.id).where(where(rule, NOW))))
        assert found == {contact.id for contact in world.contacts if fits(world, rule, contact, NOW)}
        people += len(found)
    assert people > 0


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
        case InSegment(segment_id):
            asked = world.db.get_one(Segment, segment_id)
            return fits(world, bind(world.db, parse(asked.rule)), contact, now)
    return _leaf_fits(world, rule, contact, now)


def _leaf_fits(world: World, rule: Rule, contact: Contact, now: datetime) -> bool:
    match rule:
        case Orders():
            return orders_fit(rule, world.orders[contact.id], today(now))
        case OrderDay():
            return order_day_fits(rule, world.orders[contact.id], today(now))
        case Engagement():
            return engagement_fits(rule, contact, world.mail, today(now))
        case Consented():
            return consent_fits(rule, contact, world.mail)
        case Rfm() | RfmGroup() | SalesTier() | LifeStage() | HouseTier():
            return value_fits(rule, contact.id, world.orders, today(now))
        case Reachable(channel, purpose, sender_id):
            key = contact.email_key if channel is Channel.EMAIL else contact.letter_key
            target = Target(contact.id, key)
            return (
                contact.kind is ContactKind.PERSON
                and key != ""
                and not skips(world.db, [target], channel, purpose, sender_id, now)
            )
    return _profile_fits(world, rule, contact, today(now))


def _profile_fits(world: World, rule: Rule, contact: Contact, day: date) -> bool:
    match rule:
        case Tag(tag):
            return tag in contact.tags
        case Custom(key, op, values):
            return _text_fits(contact.custom.get(key, ""), op, values)
        case Attribute():
            return _attribute_fits(rule, contact)
        case Birthday(days):
            return _birthday_fits(days, contact, day)
        case Dated():
            return dated_fits(rule, contact, day)
        case Imported():
            return imported_fits(rule, contact, world.mail)
        case ProvinceToday() | InRegion():
            return place_fits(rule, contact)
    raise AssertionError(f"no plain reading of {rule!r}")


def _attribute_fits(rule: Attribute, contact: Contact) -> bool:
    column = COLUMNS[rule.field]
    value = getattr(contact, column.attribute)
    if column.trait:
        return _trait_fits(rule, column.kind, contact.traits.get(column.trait, ""))
    if column.kind is Kind.PHONE:
        asked = [phone_key(str(text)) for text in rule.values]
        return _text_fits(value, rule.op, tuple(key for key in asked if key.strip("+")))
    if column.kind is Kind.NAME:
        return _text_fits(value, rule.op, tuple(search_key(str(text)) for text in rule.values))
    if rule.field == "organisation":
        return (value is None) == (rule.op is Op.EMPTY)
    if column.kind is not Kind.NUMBER:
        return _text_fits(str(value), rule.op, rule.values)
    return _number_fits(value, rule)


def _trait_fits(rule: Attribute, kind: Kind, text: str) -> bool:
    if kind is not Kind.NUMBER or rule.op in (Op.EMPTY, Op.FILLED):
        return _text_fits(text, rule.op, rule.values)
    number = int(text) if re.fullmatch("0|[1-9][0-9]?", text) else None
    return _number_fits(number, rule)


def _number_fits(value: int | None, rule: Attribute) -> bool:
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


def _birthday_fits(days: int, contact: Contact, day: date) -> bool:
    if contact.birth_day is None or contact.birth_month is None:
        return False
    key = YearDay(contact.birth_calendar.value, contact.birth_month, contact.birth_day)
    return (next_on(key, day) - day).days <= days
