"""Put the demo's company in place, through the same functions as the pages use.

One finished campaign's deliveries are left for the workers to send, one message waits for the reviewer, one
draft for the reader; the birthday greeting has its standing approval. Everything in one
transaction: a start that is interrupted begins anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle

from sqlalchemy.orm import Session

from campaign.accounts import demo, people
from campaign.approval import checklist, standing
from campaign.campaigns import copy, edit, life
from campaign.compose.document import from_json, to_json
from campaign.contacts import consent, profile
from campaign.contacts.consent import Terms
from campaign.lab import company, company_cards, words
from campaign.lab.company import Customer
from campaign.models import (
    Account,
    Campaign,
    Channel,
    ConsentPurpose,
    Contact,
    Mailing,
    Message,
    MessageKind,
    MessageVariant,
    OfferType,
    Order,
    Role,
    Segment,
    Sender,
)
from campaign.segments import rule as rules
from campaign.segments.rule import And, Attribute, Birthday, Measure, Not, Op, Orders, Reachable, Tag

SOURCE = "demo"
BIRTHDAY = "birthday"
# the shop's old list of customers was brought in so long ago; what is known of them since came later
KNOWN_FOR = timedelta(days=600)
CONSENT_TERMS = {
    ConsentPurpose.MARKETING: Terms(
        wording="Tôi đồng ý nhận tin về trà mới và ưu đãi của Trà Sen Tây Hồ qua e-mail, "
        "tối đa hai lần mỗi tháng.",
        content_kind="trà mới, ưu đãi",
        frequency="tối đa hai lần mỗi tháng",
        method="phiếu tại cửa hàng",
    ),
    ConsentPurpose.GREETING: Terms(
        wording="Tôi vui lòng nhận lời chúc sinh nhật và lễ Tết của tiệm.",
        content_kind="lời chúc",
        frequency="vài lần mỗi năm",
        method="phiếu tại cửa hàng",
    ),
}


@dataclass(frozen=True)
class Seeded:
    """What the rest of the demo starts from."""

    contacts: int
    mailing_id: int
    staff: dict[Role, int]
    """Account ids by role."""


def seed(db: Session, now: datetime) -> Seeded:
    """Fill an empty database. `now` is the day the demo begins."""
    staff = _staff(db, now)
    sender = _sender(db, now)
    count = _customers(db, sender, staff, now)
    company_cards.fill(db, staff, now)
    segments = _segments(db, sender, staff[Role.MARKETER], now)
    _greetings(db, sender, staff, now)
    mailing = _running_campaign(db, sender, segments, staff, now)
    _waiting_campaign(db, sender, segments, staff, now)
    _draft(db, sender, segments, staff, now)
    return Seeded(count, mailing.id, {role: account.id for role, account in staff.items()})


def _staff(db: Session, now: datetime) -> dict[Role, Account]:
    made: dict[Role, Account] = {}
    admin = None
    for login in sorted(demo.LOGINS, key=lambda login: Role.ADMIN not in login.roles):
        account = people.create(
            db, admin, email=login.email, name=login.name, password=login.password, roles=login.roles, now=now
        )
        admin = admin or account
        made |= dict.fromkeys(login.roles, account)
    return made


def _sender(db: Session, now: datetime) -> Sender:
    sender = Sender(**company.SENDER, created_at=now)
    db.add(sender)
    db.flush()
    return sender


def _customers(db: Session, sender: Sender, staff: dict[Role, Account], now: datetime) -> int:
    owners = cycle((staff[Role.CARE], staff[Role.CARE], staff[Role.MARKETER]))
    count = 0
    known = now - KNOWN_FOR
    for customer in company.customers(now.date()):
        count += 1 + len(customer.contact_persons)
        owner = next(owners)
        organisation = _contact(db, customer, sender, owner, None, known)
        for person in customer.contact_persons:
            _contact(db, person, sender, owner, organisation, known)
    db.flush()
    return count


def _contact(
    db: Session,
    customer: Customer,
    sender: Sender,
    owner: Account,
    employer: Contact | None,
    now: datetime,
) -> Contact:
    facts = {**customer.facts, "tags": customer.tags, "owner_id": owner.id}
    if employer is not None:
        facts["organisation_id"] = employer.id
    contact = profile.create(db, facts, source=SOURCE, now=now)
    for purchase in customer.purchases:
        db.add(Order(contact_id=contact.id, currency="VND", **vars(purchase)))
    for word in customer.email_consents:
        purpose = ConsentPurpose(word)
        consent.grant(
            db, contact, sender.id, Channel.EMAIL, purpose, CONSENT_TERMS[purpose], source=SOURCE, now=now
        )
    return contact


def _segments(db: Session, sender: Sender, account: Account, now: datetime) -> dict[str, Segment]:
    writable = Reachable(Channel.EMAIL, ConsentPurpose.MARKETING, sender.id)
    bought = Orders(measure=Measure.COUNT, op=Op.AT_LEAST, value=1, days=365)
    wanted = {
        "Khách mua trong 12 tháng": And((bought,)),
        "Khách quý": And((Tag("khách quý"), bought)),
        "Hà Nội, nhận e-mail": And((Attribute("province", Op.IS, ("Hà Nội",)), writable)),
        "Lâu chưa ghé tiệm": And((Not(bought), Orders(measure=Measure.COUNT, op=Op.AT_LEAST, value=1))),
        "Sinh nhật trong 14 ngày": And((Birthday(14),)),
    }
    made = {}
    for name, rule in wanted.items():
        made[name] = Segment(
            name=name, rule=rules.to_json(rule), account_id=account.id, created_at=now, updated_at=now
        )
    db.add_all(made.values())
    db.flush()
    return made


def _running_campaign(
    db: Session, sender: Sender, segments: dict[str, Segment], staff: dict[Role, Account], now: datetime
) -> Mailing:
    """Signed and started: the workers send it as soon as they run."""
    campaign = _campaign(
        db, "Trà sen vụ mới", "both", sender, segments["Khách mua trong 12 tháng"], staff[Role.MARKETER], now
    )
    _write(db, campaign, words.LOTUS_VI, staff[Role.MARKETER], now)
    copy.add_language(db, campaign.message, "en", staff[Role.MARKETER], now)
    _write(db, campaign, words.LOTUS_EN, staff[Role.MARKETER], now, language="en")
    submission = life.submit(db, campaign, staff[Role.MARKETER], now, "Giá và hạn đã hỏi lại cửa hàng.")
    life.approve(db, submission, staff[Role.REVIEWER], now, ticked=checklist.QUESTIONS)
    return life.start(db, campaign, staff[Role.MARKETER], now)


def _waiting_campaign(
    db: Session, sender: Sender, segments: dict[str, Segment], staff: dict[Role, Account], now: datetime
) -> None:
    marketer = staff[Role.MARKETER]
    segment = segments["Hà Nội, nhận e-mail"]
    campaign = _campaign(db, "Trà nhài tặng ấm đất", "email", sender, segment, marketer, now)
    _write(db, campaign, words.JASMINE_VI, marketer, now)
    life.submit(db, campaign, marketer, now, "Nhờ chị xem giúp trước thứ Sáu.")


def _draft(
    db: Session, sender: Sender, segments: dict[str, Segment], staff: dict[Role, Account], now: datetime
) -> None:
    marketer = staff[Role.MARKETER]
    campaign = _campaign(db, "Hộp quà Tết An Khang", "both", sender, segments["Khách quý"], marketer, now)
    _write(db, campaign, words.DRAFT_VI, marketer, now)


def _campaign(
    db: Session, name: str, channels: str, sender: Sender, segment: Segment, account: Account, now: datetime
) -> Campaign:
    return life.create(
        db,
        account,
        now,
        name=name,
        goal="",
        kind=MessageKind.MARKETING,
        offer_type=OfferType.GOODS,
        sender=sender,
        channels=channels,
        segment=segment,
    )


def _write(
    db: Session, campaign: Campaign, parts: words.Parts, account: Account, now: datetime, language: str = "vi"
) -> None:
    variant = copy.variant_of(campaign.message, language)
    base = copy.version_of(from_json(variant.document))
    copy.save(db, campaign.message, variant, words.document(parts, now.date()), base, account, now)


def _greetings(db: Session, sender: Sender, staff: dict[Role, Account], now: datetime) -> None:
    """The birthday greeting in two languages, approved for a year."""
    message = Message(
        kind=MessageKind.GREETING,
        name="Chúc mừng sinh nhật",
        sender=sender,
        email_layout=edit.default_layout(Channel.EMAIL, MessageKind.GREETING),
        letter_layout=edit.default_layout(Channel.LETTER, MessageKind.GREETING),
        account_id=staff[Role.CARE].id,
        created_at=now,
        updated_at=now,
        variants=[
            MessageVariant(language=language, document=to_json(words.document(parts, now.date())))
            for language, parts in (("vi", words.BIRTHDAY_VI), ("en", words.BIRTHDAY_EN))
        ],
    )
    db.add(message)
    db.flush()
    ends_on = now.date() + timedelta(days=365)
    submission = standing.submit(db, message, staff[Role.CARE], BIRTHDAY, ends_on, now)
    standing.approve(db, submission, staff[Role.REVIEWER], now, ticked=checklist.QUESTIONS)
