"""The SQL of a rule finds exactly whom a plain reading of the rule finds, on each database."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.audience.reach import Target, skips
from campaign.contacts import consent, holds, profile, suppression, traits
from campaign.contacts.addresses import phone_key
from campaign.contacts.names import search_key
from campaign.db import Database
from campaign.models import (
    Campaign,
    Channel,
    Consent,
    ConsentPurpose,
    Contact,
    ContactImport,
    ContactKind,
    Delivery,
    DeliveryState,
    Event,
    EventKind,
    HoldReason,
    ImportTouch,
    LeavingReason,
    Mailing,
    Order,
    Segment,
    SuppressionReason,
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
from tests.factories import (
    make_account,
    make_consent,
    make_contact,
    make_delivery,
    make_mailing,
    make_message,
    make_order,
    make_organisation,
    make_segment,
    make_sender,
)
from tests.segments.reference import place_fits, value_fits
from tests.segments.reference_mail import (
    Mail,
    consent_fits,
    dated_fits,
    engagement_fits,
    imported_fits,
    order_day_fits,
    orders_fit,
)
from tests.segments.rules import HOSTILE, PROVINCES, new, orders, rules, values

# days before today that orders were made, -1 being tomorrow
AGES = (-1, 0, 1, 20, 100, 200, 399, 700, 800)


@dataclass
class World:
    """Contacts and their orders, read once; the reference looks at nothing else but the ledgers."""

    db: Session
    contacts: list[Contact]
    orders: dict[int, list[Order]]
    mail: Mail = field(default_factory=Mail)


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
            street=chance.choice(("", f"{index} Lê Lợi")),
            organisation_id=chance.choice((None, None, *(house.id for house in houses))),
            owner_id=chance.choice((None, owner.id)),
            birth_year=chance.choice((None, 1970, 1990)),
            tags=chance.sample(HOSTILE, 2),
            custom={"hoa": chance.choice(("", *HOSTILE))},
            traits=_traits(chance),
            phone=chance.choice(("", "0912345678", "+84 (912) 345-678", "0283 822 0000", "+1 202-555-0143")),
            leaving_reason=chance.choice(list(LeavingReason)),
            leaving_note=chance.choice(("", *HOSTILE)),
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
    _mail(db, contacts, chance)
    _named(db, contacts, chance)
    db.commit()
    orders: dict[int, list[Order]] = {contact.id: [] for contact in contacts}
    for order in db.scalars(select(Order)):
        orders[order.contact_id].append(order)
    mail = Mail(
        list(db.scalars(select(Delivery))), {one.id: one for one in db.scalars(select(Mailing))},
        list(db.scalars(select(Event))), list(db.scalars(select(Consent))),
        list(db.scalars(select(ImportTouch))),
    )  # fmt: skip
    yield World(db, contacts, orders, mail)
    db.close()


def _traits(chance: random.Random) -> dict[str, str]:
    """None, or some; numbers written as such and otherwise."""
    if chance.random() < 0.3:
        return {}
    sizes = ("1", "3", "08", "8", "99", "100", "-1", "2.0", "four", "4 người", "٣", " 3", "9" * 30)
    found = {name: chance.choice(HOSTILE) for name in traits.TRAITS if chance.random() < 0.6}
    return found | {"household_size": chance.choice(sizes)}


def _mail(db: Session, contacts: list[Contact], chance: random.Random) -> None:
    """Two campaigns and a mailing of none; people and machines, replies, and what came back."""
    campaigns = [_campaign(db) for _ in range(2)]
    mailings = [
        make_mailing(db, one.message, campaign_id=one.id) for one in campaigns
    ] + [make_mailing(db)]  # fmt: skip
    for contact in contacts:
        for mailing in mailings:
            for channel in Channel:
                there = contact.email if channel is Channel.EMAIL else contact.street
                if there and contact.kind is ContactKind.PERSON and chance.random() < 0.4:
                    _delivery(db, contact, mailing, channel, chance)


def _campaign(db: Session) -> Campaign:
    message = make_message(db)
    made = Campaign(
        name="Thử", message_id=message.id, account_id=message.account_id, created_at=NOW, updated_at=NOW
    )
    db.add(made)
    db.flush()
    return made


def _delivery(
    db: Session, contact: Contact, mailing: Mailing, channel: Channel, chance: random.Random
) -> None:
    sent = NOW - timedelta(days=chance.choice((0, 1, 20, 30, 100, 500)), hours=chance.randrange(24))
    state = chance.choice((DeliveryState.ACCEPTED, DeliveryState.ACCEPTED, DeliveryState.REJECTED))
    delivery = make_delivery(
        db, mailing, contact, channel=channel, state=state, settled_at=sent,
    )  # fmt: skip
    for kind in EventKind:
        if chance.random() < 0.25:
            at = min(NOW, sent + timedelta(days=chance.choice((0, 1, 15))))
            machine = kind in (EventKind.OPEN, EventKind.CLICK) and chance.random() < 0.5
            db.add(Event(delivery_id=delivery.id, kind=kind, at=at, machine=machine))
    db.flush()


def _named(db: Session, contacts: list[Contact], chance: random.Random) -> None:
    """Two files, and two segments of which one asks the other."""
    for number in (1, 2):
        file = ContactImport(file_name="a.csv", file_key="k", sha256="0" * 64, created_at=NOW)
        db.add(file)
        db.flush()
        assert file.id == number
        for contact in chance.sample(contacts, 12):
            db.add(
                ImportTouch(import_id=file.id, contact_id=contact.id, created=chance.choice((True, False)))
            )
    vip = make_segment(db, rule={"type": "tag", "tag": "vip"})
    asks = {"type": "not", "rule": {"type": "segment", "segment_id": vip.id}}
    tier = {"type": "house_tier", "tier": "vip"}
    assert (vip.id, make_segment(db, rule={"type": "or", "rules": [asks, tier]}).id) == (1, 2)
    for index, contact in enumerate(contacts):
        contact.created_at = NOW - timedelta(days=chance.choice((0, 20, 21, 400)), hours=index % 24)
        contact.satisfaction = chance.choice((None, 0, 75))
        for day in ("founded_on", "left_on", "satisfaction_on"):
            setattr(contact, day, chance.choice((None, date(2026, 2, 17), date(2025, 1, 1))))


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
