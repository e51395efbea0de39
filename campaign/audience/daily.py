"""The law's limit of advertising e-mails to one address in a day, held over all mailings.

Vietnam allows three in 24 hours; the figures stand in the law packs. Asked when an audience is frozen, and
again for each delivery at claim: several mailings may go out at once, and none knows of the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, func, or_, select, text
from sqlalchemy.orm import Session

from campaign.audience.reach import Target
from campaign.db import as_pairs, pairs
from campaign.models import (
    AudienceMember,
    Channel,
    ConsentPurpose,
    Contact,
    Delivery,
    DeliveryState,
    Mailing,
    Message,
    Sender,
    Submission,
)
from lint_rules.packs import all_packs, packs_of

RULE = "daily-limit-exceeded"
# a number of our own among the locks of the database
_LOCK = 913_591
# may have arrived: nobody knows better, or it is on its way
_UNDER_WAY = DeliveryState.CLAIMED
_SENT = (DeliveryState.ACCEPTED, DeliveryState.UNKNOWN)


def limit_of(packs: Iterable[str]) -> tuple[int, timedelta] | None:
    """The strictest limit of those packs: so many e-mails, in such a time."""
    wanted = frozenset(packs)
    found = [
        pack.rules[RULE].values for name, pack in all_packs().items() if name in wanted and RULE in pack.rules
    ]
    if not found:
        return None
    strictest = min(found, key=lambda values: (values["emails"], -values["hours"]))
    return strictest["emails"], timedelta(hours=strictest["hours"])


def full(
    db: Session,
    targets: Sequence[Target],
    channel: Channel,
    purpose: ConsentPurpose | None,
    sender_id: int,
    now: datetime,
    besides: int | None = None,
    countries: Mapping[int, str] | None = None,
) -> set[Target]:
    """Those of the targets whose day is full already; `besides` is the mailing that asks, `countries` those
    of the contacts, where the caller knows them.

    Meant for chunks of some thousand: a handful of statements, whatever the size.
    """
    if channel is not Channel.EMAIL or purpose is not ConsentPurpose.MARKETING or not targets:
        return set()
    limits = _limits(db, targets, sender_id, countries)
    found: set[Target] = set()
    for limit in set(limits.values()):
        emails, within = limit
        ours = [target for target in targets if limits.get(target) == limit]
        counts = sent_to(db, {target.address_key for target in ours}, now - within, besides)
        found |= {target for target in ours if counts.get(target.address_key, 0) >= emails}
    return found


def may_be_full(db: Session, countries: Iterable[str], sender_id: int, now: datetime, besides: int) -> bool:
    """Whether anybody's day of those countries can be full: whether mailings besides that one advertise
    within the time of a limit. Mostly none does, and nobody needs to be counted one by one."""
    ask = db.connection().execute
    home = ask(_HOME, {"sender": sender_id}).scalar_one()
    limits = {limit_of(packs_of((country, home))) for country in set(countries)} - {None}
    return any(
        emails < 1 or ask(_ANY_BESIDES, {"since": now - within, "besides": besides}).first() is not None
        for emails, within in filter(None, limits)
    )


def sent_to(
    db: Session,
    keys: Iterable[str],
    since: datetime,
    besides: int | None = None,
    sender_id: int | None = None,
) -> dict[str, int]:
    """Advertising e-mails that each address had since then, or is having now; of all senders or of one."""
    advertising = _advertising(since, besides)
    if sender_id is not None:
        ours = select(Message.id).where(Message.sender_id == sender_id)
        advertising = advertising.where(Mailing.message_id.in_(ours))
    others = list(db.scalars(advertising))
    if not others:
        return {}
    asked = pairs(db.get_bind().dialect.name, "keys", "place", "address_key")
    sent = (
        select(func.count())
        .where(_had(since), Delivery.mailing_id.in_(others), Delivery.address_key == asked.c.address_key)
        .correlate(asked)
        .scalar_subquery()
    )
    found = db.execute(select(asked.c.address_key, sent), {"keys": as_pairs(enumerate(keys))})
    return {row[0]: row[1] for row in found if row[1]}


def take_turns(db: Session) -> None:
    """Until this transaction ends nobody else counts: two mailings must not both see room for the last one.

    SQLite has one writer at a time anyway.
    """
    if db.get_bind().dialect.name == "postgresql":
        db.connection().execute(_TURN, {"number": _LOCK})


def _advertising(
    since: datetime | BindParameter[datetime], besides: int | BindParameter[int] | None
) -> Select[int]:
    """Mailings that may have sent advertising since then: they lead to the index of their addresses."""
    advertising = (
        select(Mailing.id)
        .join(Submission, Submission.id == Mailing.submission_id)
        # no attempt is made after the deadline
        .where(
            Mailing.deadline >= since,
            Submission.content["purpose"].as_string() == ConsentPurpose.MARKETING.value,
        )
    )
    return advertising if besides is None else advertising.where(Mailing.id != besides)


# asked at each claim: to make them anew takes longer than to ask them
_TURN = text("SELECT pg_advisory_xact_lock(:number)")
_HOME = select(Sender.country).where(Sender.id == bindparam("sender"))
_ANY_BESIDES = _advertising(
    bindparam("since", type_=Mailing.deadline.type), bindparam("besides", type_=Mailing.id.type)
).limit(1)


def _had(since: datetime) -> ColumnElement[bool]:
    """E-mails that somebody had since then, or is having."""
    return and_(
        Delivery.channel == Channel.EMAIL,
        or_(
            Delivery.state == _UNDER_WAY,
            and_(Delivery.state.in_(_SENT), Delivery.settled_at > since),
        ),
    )


def _limits(
    db: Session, targets: Sequence[Target], sender_id: int, countries: Mapping[int, str] | None
) -> dict[Target, tuple[int, timedelta]]:
    """The limit that holds for each target, by the country of the reader and that of the sender."""
    home = db.scalars(select(Sender.country).where(Sender.id == sender_id)).one()
    if countries is None:
        ids = {target.contact_id for target in targets}
        found_in = db.execute(select(Contact.id, Contact.country).where(Contact.id.in_(ids)))
        countries = {row[0]: row[1] for row in found_in}
    by_country = {country: limit_of(packs_of((country, home))) for country in set(countries.values())}
    found: dict[Target, tuple[int, timedelta]] = {}
    for target in targets:
        limit = by_country.get(countries.get(target.contact_id, home))
        if limit is not None:
            found[target] = limit
    return found


def most_sent(db: Session, audience_id: int, sender_country: str, since: datetime) -> int:
    """The most that anybody of a frozen audience had since then, among those whom the law protects so."""
    people = (
        select(AudienceMember.address_key)
        .join(Contact, Contact.id == AudienceMember.contact_id)
        .where(AudienceMember.audience_id == audience_id, AudienceMember.channel == Channel.EMAIL)
    )
    if limit_of(packs_of([sender_country])) is None:
        people = people.where(Contact.country.in_(_countries()))
    counts = (
        select(func.count().label("sent"))
        .where(
            _had(since),
            Delivery.mailing_id.in_(_advertising(since, None)),
            Delivery.address_key.in_(people),
        )
        .group_by(Delivery.address_key)
        .subquery()
    )
    return db.scalar(select(func.max(counts.c.sent))) or 0


def _countries() -> list[str]:
    return sorted(
        country for pack in all_packs().values() if RULE in pack.rules for country in pack.countries
    )
