"""A house with a million customers and a mailing to all of them, for a walk through its pages.

The company of the demo, so that every page shows something, the customers of `campaign bench send`, and three
campaigns to everybody: one on its way, one signed, one before its reviewer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, func, insert, literal, null, select, text, update
from sqlalchemy.orm import Session

from campaign import approval, migrations
from campaign.approval import checklist
from campaign.campaigns import life, people, states
from campaign.config import Settings
from campaign.db import Database
from campaign.dispatch import control, plan
from campaign.dispatch.print_letters import Press
from campaign.errors import SetupError
from campaign.lab import bench_company, seed, told
from campaign.lab.bench_message import DOCUMENT
from campaign.lab.bench_segments_data import Shop
from campaign.links import Addresses, Signer
from campaign.models import (
    Account,
    Campaign,
    Channel,
    Contact,
    CustomField,
    Delivery,
    DeliveryState,
    Event,
    EventKind,
    Link,
    Mailing,
    MessageKind,
    Reply,
    ReplyState,
    Role,
    Segment,
    Sender,
)
from campaign.segments import EVERYBODY
from campaign.segments import rule as rules
from campaign.storage import FileStore

NAMES = {"signed": "Thư ký rồi", "waiting": "Thư chờ duyệt", "going": "Thư đang gửi"}
EVERYBODY_NAME = "Mọi khách"
OWN_FIELDS = ("points", "last_day", "last_product", "shop", "tier", "discount", "clerk", "clerk_phone")
# of the mailing on its way: every second has left; one in so many was refused, is in doubt, waits again,
# opened it, answered
LEFT, REFUSED, DOUBTFUL, DEFERRED, OPENED, ANSWERED = 2, 201, 5_001, 301, 10, 100
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Made:
    """Ids of the large campaigns by their state: keys of `NAMES`."""

    campaigns: dict[str, int]


def fill(settings: Settings, database: Database, recipients: int, now: datetime, tell: Tell) -> Made:
    """Into an empty database, or find what an earlier fill has made in it."""
    migrations.upgrade(database)
    with database.read() as db:
        if made := _made(db):
            return made
        if db.scalar(select(func.count(Contact.id))):
            raise SetupError("The bench needs an empty database of its own; this one holds contacts.")
    tell("making the demo's company")
    with database.write() as db:
        seeded = seed.seed(db, now)
    addresses = Addresses(Signer(settings.secret_key), settings.base_url, settings.inbound_domain)
    told.story(Press(database, FileStore(settings.files_dir), addresses, lambda: now), seeded, now)
    tell(f"making {recipients} customers")
    with database.write() as db:
        # their codes make room
        db.execute(update(Contact).values(code=literal("T") + Contact.code))
        first = 1 + (db.scalar(select(func.max(Contact.id))) or 0)
        sender_id = bench_company.make_message(db, recipients, now, first).sender_id
        Shop(db.connection(), recipients, now.date(), now).orders(first, recipients)
        _count_on(db)
    _settle(database)
    for name in NAMES:
        tell(f"freezing everybody for “{NAMES[name]}”")
        with database.write() as db:
            campaign_id = _campaign(db, name, db.get_one(Sender, sender_id), seeded.staff, now).id
        if name == "going":
            _go(database, campaign_id, now, tell)
    _settle(database)
    with database.read() as db:
        made = _made(db)
    assert made is not None
    return made


def _made(db: Session) -> Made | None:
    found = {
        name: db.scalar(select(Campaign.id).where(Campaign.name == words)) for name, words in NAMES.items()
    }
    ids = {name: id_ for name, id_ in found.items() if id_ is not None}
    return Made(ids) if len(ids) == len(NAMES) else None


def _count_on(db: Session) -> None:
    """Numbers were given by hand: the next is behind them. The customers' own fields become the house's."""
    if db.get_bind().dialect.name == "postgresql":
        place = func.pg_get_serial_sequence("contact", "id")
        db.execute(select(func.setval(place, select(func.max(Contact.id)).scalar_subquery())))
    db.add_all(CustomField(key=key, label=key.replace("_", " ")) for key in OWN_FIELDS)


def _campaign(db: Session, name: str, sender: Sender, staff: dict[Role, int], now: datetime) -> Campaign:
    """To everybody, with its people frozen; signed, unless it waits."""
    marketer, reviewer = (db.get_one(Account, staff[role]) for role in (Role.MARKETER, Role.REVIEWER))
    campaign = life.create(
        db, marketer, now, name=NAMES[name], goal="", kind=MessageKind.MARKETING, sender=sender,
        channels="email", segment=_everybody(db, marketer, now),
    )  # fmt: skip
    campaign.message.variants[0].document = DOCUMENT
    db.flush()
    audience = people.freeze_for(db, campaign, now)
    content = approval.sealed.content_now(db, campaign.message, audience)
    submission = approval.signoff.put_up(db, content, marketer, audience, [], now, "")
    states.move(db, campaign, "submit", marketer, now, submission=submission.id)
    if name != "waiting":
        life.approve(db, submission, reviewer, now, ticked=checklist.QUESTIONS)
    return campaign


def _everybody(db: Session, account: Account, now: datetime) -> Segment:
    found = db.scalar(select(Segment).where(Segment.name == EVERYBODY_NAME))
    if found is None:
        rule = rules.to_json(EVERYBODY)
        found = Segment(name=EVERYBODY_NAME, rule=rule, account_id=account.id, created_at=now, updated_at=now)
        db.add(found)
        db.flush()
    return found


def _go(database: Database, campaign_id: int, now: datetime, tell: Tell) -> None:
    """Started an hour ago, and half of it has left."""
    began = now - timedelta(hours=1)
    with database.write() as db:
        campaign = db.get_one(Campaign, campaign_id)
        life.start(db, campaign, db.get_one(Account, campaign.account_id), began)
        mailing_id = life.mailings_of(db, campaign)[0].id
    tell("planning its deliveries")
    while True:  # as the beat does it: a transaction a chunk
        with database.write() as db:
            if plan.plan_chunk(db, db.get_one(Mailing, mailing_id)) == 0:
                break
    tell("sending half of them")
    with database.write() as db:
        control.run_when_complete(db, db.get_one(Mailing, mailing_id))
        _outcomes(db, mailing_id, began)
        _answers(db, mailing_id, began)


def _outcomes(db: Session, mailing_id: int, at: datetime) -> None:
    number = Delivery.id
    kind = Delivery.state.type
    state = case(
        (number % REFUSED == 0, literal(DeliveryState.REJECTED, kind)),
        (number % DOUBTFUL == 0, literal(DeliveryState.UNKNOWN, kind)),
        (number % DEFERRED == 0, literal(DeliveryState.DEFERRED, kind)),
        (number % LEFT == 0, literal(DeliveryState.ACCEPTED, kind)),
        else_=Delivery.state,
    )
    refused = number % REFUSED == 0
    left = (number % LEFT == 0) | refused | (number % DOUBTFUL == 0)
    moment = literal(at, Delivery.settled_at.type)
    values = {
        "state": state,
        "reason": case((refused, "bounced"), else_=""),
        "smtp_code": case((refused, 550), (left, 250), else_=null()),
        "attempt": 1,
        "dated_at": at.replace(microsecond=0),
        "settled_at": case((left, moment), else_=null()),
        "next_attempt_at": case((number % DEFERRED == 0, literal(at + timedelta(days=1), moment.type))),
    }
    mine = Delivery.mailing_id == mailing_id
    db.execute(update(Delivery).where(mine).values(values), execution_options={"synchronize_session": False})


def _answers(db: Session, mailing_id: int, at: datetime) -> None:
    """Opens, clicks on one link, and replies that nobody has answered yet."""
    message_id = db.get_one(Mailing, mailing_id).message_id
    link = Link(message_id=message_id, url="https://tramocan.example/doi-diem", url_sha256="0" * 64)
    db.add(link)
    db.flush()
    moment = literal(at, Event.at.type)
    left = (Delivery.mailing_id == mailing_id) & (Delivery.state == DeliveryState.ACCEPTED)
    for kind, one_in, link_id in ((EventKind.OPEN, OPENED, None), (EventKind.CLICK, OPENED * 5, link.id)):
        rows = select(
            Delivery.id, literal(kind, Event.kind.type), moment, literal(False),
            literal(link_id, Event.link_id.type), literal({}, Event.detail.type),
        ).where(left, Delivery.id % one_in == 0)  # fmt: skip
        columns = ["delivery_id", "kind", "at", "machine", "link_id", "detail"]
        db.execute(insert(Event).from_select(columns, rows))
    replies = select(
        literal(Channel.EMAIL, Reply.channel.type), Delivery.id, Delivery.contact_id, Delivery.address,
        literal("Re: điểm đổi được trà mới"), literal("Giữ cho tôi một hộp. " * 20), literal("x" * 2000),
        literal(ReplyState.OPEN, Reply.state.type), moment,
    ).where(left, Delivery.id % ANSWERED == 0)  # fmt: skip
    db.execute(
        insert(Reply).from_select(
            ["channel", "delivery_id", "contact_id", "from_address", "subject", "text", "full_text", "state",
             "received_at"],
            replies,
        )
    )  # fmt: skip


def _settle(database: Database) -> None:
    """What a server does by itself within a minute."""
    if database.is_sqlite:
        return
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
