"""What the demo's tea house knows about its customers beyond names and orders: the customer card, filled.

Only some customers are known so well, as in any shop; drawn from the same seed, so each demo is the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaign.contacts import deceased, holds, in_charge, notes, profile, relationship, satisfaction
from campaign.contacts.satisfaction import Answer
from campaign.lab.company import CHANNELS, PRODUCTS
from campaign.lab.people import habit_of
from campaign.models import (
    Account,
    Channel,
    Consent,
    ConsentPurpose,
    Contact,
    ContactKind,
    HoldReason,
    LeavingReason,
    Order,
    RelationshipLevel,
    Role,
)
from campaign.report import worth_terms
from campaign.report.worth_terms import Terms

SEED = 1986
# what a box of tea costs the house, as a share of its price; every fourth order was entered without it
COST_SHARE = 0.58
EMAIL_COST, LETTER_COST = 15, 9_500
MARGIN, STAY, DISCOUNT = 38, 72, 11

ORIGINS = ("Nam Định", "Hà Nội", "Thái Bình", "Huế", "Hải Dương", "Nghệ An")
EDUCATION = ("đại học", "cao đẳng", "sau đại học", "trung học phổ thông")
INTERESTS = (
    "trà đạo, cây cảnh", "đọc sách, nghe nhạc xưa", "nấu ăn, làm bánh", "du lịch cùng gia đình",
    "thiền, yoga buổi sáng", "gốm sứ, đồ cổ",
)  # fmt: skip
VALUES = (
    "hàng thủ công, biết rõ người làm",
    "giao đúng hẹn",
    "gói quà trang nhã",
    "giá rõ ràng, không mặc cả",
)
WISHES = (
    "Khen trà sen thơm lâu; muốn có gói nhỏ 50 g để mang đi làm.",
    "Mong tiệm báo trước khi vào vụ sen mới.",
    "Góp ý: hộp đẹp nhưng nắp hơi chặt.",
    "Muốn có phiếu quà tặng để biếu người thân.",
)  # fmt: skip
TRADES = ("dịch vụ", "dịch vụ", "bán lẻ", "sản xuất", "dịch vụ", "dịch vụ", "dịch vụ", "bán lẻ")
SIZES = ("nhỏ, khoảng 15 người", "vừa, khoảng 60 người", "lớn, trên 200 người")
NOTES = (
    "Khách ghé tiệm, thử trà shan tuyết, khen vị đậm. Hẹn tháng sau quay lại.",
    "Gọi hỏi thăm sau khi giao hàng: trà về đủ, hộp nguyên vẹn.",
    "Khách nhắc: giao hàng sau 17 giờ, chuông cửa hỏng nên gọi điện trước.",
    "Đang tìm quà biếu bố mẹ dịp Tết, ngân sách khoảng 2 triệu.",
    "Khách kể con gái vừa đỗ đại học; nhớ chúc mừng.",
)
LEFT = (
    (LeavingReason.PRICE, "“Trà ngon nhưng dạo này hơi cao so với chỗ khác.”"),
    (LeavingReason.MOVED, "Gia đình chuyển vào Đà Lạt."),
    (LeavingReason.NO_NEED, "Bác sĩ khuyên bớt trà."),
    (LeavingReason.SERVICE, "“Hai lần giao chậm, tôi phải gọi mới có.”"),
)
SOURCES = ("phiếu hỏi sau mua hàng", "gọi điện chăm sóc", "khách nói tại tiệm")


class Chance(NamedTuple):
    """How many of a hundred customers are known in this way."""

    traits: int = 55
    satisfaction: int = 45
    level: int = 60
    note: int = 40


CHANCE = Chance()


@dataclass(frozen=True)
class House:
    """Who works here, and the present moment."""

    care: Account
    marketer: Account
    admin: Account
    now: datetime


def fill(db: Session, staff: dict[Role, Account], now: datetime) -> None:
    """Fill the cards of the customers that are there."""
    house = House(staff[Role.CARE], staff[Role.MARKETER], staff[Role.ADMIN], now)
    random = Random(SEED)
    _terms(db, house)
    contacts = list(db.scalars(select(Contact).order_by(Contact.id)))
    for contact in contacts:
        if contact.kind is ContactKind.ORGANISATION:
            _organisation(db, contact, random, house)
        else:
            _person(db, contact, random, house)
    _earlier_orders(db, contacts, random, now)
    _costs(db, random)
    people = [contact for contact in contacts if contact.kind is ContactKind.PERSON]
    _one_well_known(db, _who_buys_most(db, people), house)
    _one_who_died(db, people, house)
    db.flush()


def _terms(db: Session, house: House) -> None:
    margin, stay, discount = (Decimal(number) for number in (MARGIN, STAY, DISCOUNT))
    worth_terms.keep(db, Terms(margin, stay, discount, EMAIL_COST, LETTER_COST), house.admin, house.now)


def _person(db: Session, contact: Contact, random: Random, house: House) -> None:
    lucky = [random.randrange(100) < share for share in CHANCE]
    day = house.now - timedelta(days=random.randrange(20, 300))
    if lucky[0]:
        given = {
            "place_of_origin": random.choice(ORIGINS),
            "interests": random.choice(INTERESTS),
            "education": random.choice(EDUCATION),
            "values": random.choice(VALUES),
            "wishes": random.choice(WISHES) if random.random() < 0.5 else "",
        }
        source = random.choice(SOURCES)
        profile.change(db, contact, {"traits": given}, source=source, now=day, account=house.care)
    if lucky[1]:
        _answers(db, contact, random, house)
    if lucky[2]:
        level = random.choices(list(RelationshipLevel)[1:], (30, 30, 20, 15, 5))[0]
        relationship.set_level(db, contact, level, source="form", now=day, account=house.care)
    if lucky[3]:
        when = house.now - timedelta(days=random.randrange(1, 200), hours=random.randrange(8))
        notes.add(db, contact, random.choice(NOTES), now=when, account=house.care)
    if _last_bought(db, contact, house.now) > 420 and random.random() < 0.6:
        reason, words = random.choice(LEFT)
        on = (house.now - timedelta(days=random.randrange(200, 400))).date()
        relationship.left(
            db, contact, reason, note=words, on=on, source="gọi điện chăm sóc", now=day, account=house.care
        )


def _answers(db: Session, contact: Contact, random: Random, house: House) -> None:
    """One or two answers: stars on the card in the parcel, or 0 to 10 on the telephone."""
    for ago in sorted(random.sample(range(15, 400), random.randrange(1, 3)), reverse=True):
        stars = random.random() < 0.6
        score = random.choices((5, 4, 3, 2), (45, 35, 14, 6))[0]
        answer = Answer(score, 1, 5) if stars else Answer(2 * score, 0, 10)
        when = house.now - timedelta(days=ago)
        satisfaction.record(
            db, contact, answer, asked_on=when.date(), now=when, account=house.care,
            source="phiếu hỏi trong hộp hàng" if stars else "gọi điện chăm sóc",
        )  # fmt: skip


def _organisation(db: Session, contact: Contact, random: Random, house: House) -> None:
    charity = contact.line_of_business == "từ thiện"
    given = {
        "sector": "tổ chức từ thiện" if charity else "doanh nghiệp",
        "trade": random.choice(TRADES),
        "size": random.choice(SIZES),
        "region_served": contact.province,
    }
    people = contact.contact_persons
    facts = {"traits": given, "legal_representative": people[0].full_name if people else ""}
    day = house.now - timedelta(days=random.randrange(30, 300))
    profile.change(
        db, contact, facts, source="danh thiếp, trang web của công ty", now=day, account=house.marketer
    )
    level = random.choice((RelationshipLevel.PROACTIVE, RelationshipLevel.PARTNERSHIP))
    relationship.set_level(db, contact, level, source="form", now=day, account=house.marketer)
    _answers(db, contact, random, house)


def _earlier_orders(db: Session, contacts: Sequence[Contact], random: Random, now: datetime) -> None:
    """Most of those who buy now bought the year before as well."""
    today = now.date()
    recent = select(Order.contact_id).where(Order.ordered_on > today - timedelta(days=365)).distinct()
    buyers = set(db.scalars(recent))
    for contact in contacts:
        if contact.id not in buyers or random.random() < 0.35:
            continue
        for place in range(random.randrange(1, 5)):
            product, price = random.choice(PRODUCTS)
            on = today - timedelta(days=random.randrange(380, 800))
            db.add(
                Order(
                    contact_id=contact.id,
                    number=f"DC{contact.id:04d}-{place + 1:02d}",
                    ordered_on=on,
                    amount=price,
                    currency="VND",
                    product=product,
                    channel=random.choice(CHANNELS),
                )
            )
    db.flush()


def _costs(db: Session, random: Random) -> None:
    for order in db.scalars(select(Order).order_by(Order.id)):
        if random.randrange(4):
            order.cost = round(order.amount * COST_SHARE * random.uniform(0.92, 1.06) / 1000) * 1000


def _who_buys_most(db: Session, people: Sequence[Contact]) -> Contact:
    """Among those who will open the campaign's mail and follow it: their time line shows most."""
    agreed = set(
        db.scalars(
            select(Consent.contact_id).where(
                Consent.channel == Channel.EMAIL, Consent.purpose == ConsentPurpose.MARKETING
            )
        )
    )
    lively = {
        contact.id: contact
        for contact in people
        if contact.id in agreed and habit_of(contact.email).opens and habit_of(contact.email).clicks
    }
    most = (
        select(Order.contact_id)
        .where(Order.contact_id.in_(lively))
        .group_by(Order.contact_id)
        .order_by(func.count().desc(), Order.contact_id)
        .limit(1)
    )
    return lively[db.scalars(most).one()]


def _one_well_known(db: Session, contact: Contact, house: House) -> None:
    """One customer about whom the card knows everything."""
    now = house.now
    given = {
        "marital_status": "đã lập gia đình", "household_size": "5", "education": "sau đại học",
        "income": "30–50 triệu đồng mỗi tháng", "place_of_origin": "Nam Định",
        "interests": "trà đạo, cắm hoa, nhạc tiền chiến", "lifestyle": "dậy sớm, hay tiếp khách tại nhà",
        "values": "hàng thủ công, biết rõ người làm", "hopes": "mở một lớp trà nhỏ cho bạn bè",
        "worries": "sợ trà để lâu mất hương sen", "wishes": WISHES[1],
    }  # fmt: skip
    profile.change(
        db, contact, {"traits": given, "note": "Khách của tiệm từ ngày đầu; luôn mời trà mới trước."},
        source="khách nói tại tiệm", now=now - timedelta(days=210), account=house.care,
    )  # fmt: skip
    in_charge.hand_over(db, contact, house.marketer, source="form", now=now - timedelta(days=400))
    in_charge.hand_over(
        db, contact, house.care, source="form", now=now - timedelta(days=120), account=house.admin
    )
    relationship.set_level(
        db,
        contact,
        RelationshipLevel.PARTNERSHIP,
        source="form",
        now=now - timedelta(days=90),
        account=house.care,
    )
    last = contact.satisfaction_on
    if last is None or last <= (now - timedelta(days=8)).date():
        satisfaction.record(
            db, contact, Answer(5, 1, 5), asked_on=(now - timedelta(days=8)).date(),
            source="phiếu hỏi trong hộp hàng", now=now - timedelta(days=8), account=house.care,
        )  # fmt: skip
    rest = holds.place(
        db, contact, HoldReason.PAUSE, now=now - timedelta(days=260), until=now - timedelta(days=230),
        note="Khách đi nước ngoài một tháng.", account=house.care,
    )  # fmt: skip
    assert rest.ends_at is not None
    for ago, text in zip((180, 64, 3), NOTES, strict=False):
        notes.add(db, contact, text, now=now - timedelta(days=ago, hours=5), account=house.care)


def _one_who_died(db: Session, people: Sequence[Contact], house: House) -> None:
    """The oldest customer by the birth year, and somebody of the same house who rests for a while."""
    oldest = min(
        (contact for contact in people if contact.birth_year and contact.street),
        key=lambda contact: (contact.birth_year or 0, contact.id),
    )
    kin = next(one for one in people if one.id > oldest.id and one.organisation_id is None)
    same = {name: getattr(oldest, name) for name in ("street", "ward", "district", "province", "postal_code")}
    profile.change(db, kin, same, source="demo", now=house.now - timedelta(days=500))
    deceased.record(
        db, oldest, died_on=(house.now - timedelta(days=26)).date(), source="người nhà gọi điện báo tin",
        now=house.now - timedelta(days=21), account=house.care, resting=(kin.id,),
    )  # fmt: skip


def _last_bought(db: Session, contact: Contact, now: datetime) -> int:
    """Days since the last order, 0 without one."""
    last = db.scalar(select(func.max(Order.ordered_on)).where(Order.contact_id == contact.id))
    return (now.date() - last).days if last else 0
