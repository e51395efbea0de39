"""The people, orders and mail that rules of segments are tried on."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.contacts import consent, holds, profile, suppression, traits
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
    SuppressionReason,
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
from tests.segments.reference_mail import Mail
from tests.segments.rules import HOSTILE, PROVINCES

# days before today that orders were made, -1 being tomorrow
AGES = (-1, 0, 1, 20, 100, 200, 399, 700, 800)


@dataclass
class World:
    """Contacts and their orders, read once; the reference looks at nothing else but the ledgers."""

    db: Session
    contacts: list[Contact]
    orders: dict[int, list[Order]]
    mail: Mail = field(default_factory=Mail)


def make_world(db: Session) -> World:
    """Committed; the same in each run."""
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
    return World(db, contacts, orders, mail)


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
